"""Tables of inspections, orders, interviews and triggers."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.evaluation.adapters.metadata import metadata
from shared.messaging.columns import JsonText, UtcDateTime

inspection = Table(
    "inspection",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("team", String(64), nullable=False),
    Column("members", Text, nullable=False),
    Column("items", JsonText, nullable=False),
    Column("state", String(16), nullable=False),
    Column("started_on", Date),
    Column("filed_on", Date),
    Column("problems", Integer, nullable=False),
    Column("summary", Text, nullable=False),
    Index("ix_inspection_due", "due_on", "state"),
    Index("ix_inspection_unit", "unit", "due_on"),
)

inspection_sample = Table(
    "inspection_sample",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("month", String(6), nullable=False, unique=True),
    Column("seed", String(200), nullable=False),
    Column("drawn_on", Date, nullable=False),
    Column("villages", JsonText, nullable=False),
)

inspection_sample_household = Table(
    "inspection_sample_household",
    metadata,
    Column("sample_id", ForeignKey("inspection_sample.id"), primary_key=True),
    Column("household_id", String(64), primary_key=True),
    Column("village", String(12), nullable=False),
    Column("registered", Boolean, nullable=False),
)

supervision_order = Table(
    "supervision_order",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", String(64), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("origin_id", String(64), nullable=False),
    Column("issued_at", UtcDateTime(), nullable=False),
    Column("due_at", UtcDateTime(), nullable=False),
    Column("matter", Text, nullable=False),
    Column("requirement", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("replies", Integer, nullable=False),
    Column("answered_at", UtcDateTime()),
    Column("closed_at", UtcDateTime()),
    Column("review_note", Text, nullable=False),
    Index("ux_supervision_order_number", "number", unique=True),
    Index("ix_supervision_order_due", "state", "due_at"),
    Index("ix_supervision_order_unit", "unit", "state"),
    Index("ix_supervision_order_origin", "origin", "origin_id"),
)

order_reply = Table(
    "order_reply",
    metadata,
    Column("order_id", ForeignKey("supervision_order.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("answered_at", UtcDateTime(), nullable=False),
    Column("answered_by", String(64), nullable=False),
    Column("text", Text, nullable=False),
)

interview = Table(
    "interview",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("about_kind", String(16), nullable=False),
    Column("about_id", String(64), nullable=False),
    Column("due_on", Date),
    Column("matter", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Index("ix_interview_unit", "unit", "held_on"),
    Index("ix_interview_about", "about_kind", "about_id"),
)

accountability_trigger = Table(
    "accountability_trigger",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("times", Integer, nullable=False),
    Column("cause_events", JsonText, nullable=False),
    Column("rule_confirmed", Boolean, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("decided_on", Date),
    Column("reason", Text, nullable=False),
    Column("referred_on", Date),
    Column("concluded_on", Date),
    Column("outcome", String(32), nullable=False),
    Index("ix_accountability_trigger_state", "state", "proposed_on"),
    Index("ix_accountability_trigger_subject", "kind", "subject"),
    Index("ix_accountability_trigger_unit", "unit", "state"),
)
