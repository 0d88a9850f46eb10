"""Tables of what follows: reopenings, return visits, escalations, and check-lists of methods."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import JsonText

reopenings = Table(
    "reopenings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("case_id", String(36), nullable=False, index=True),
    Column("reason", String(16), nullable=False),
    Column("origin", String(60), nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("settled_on", Date),
    Column("outcome", String(12), nullable=False),
    Column("settled_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Index("reopenings_due", "settled_on", "due_on"),
)

return_visits = Table(
    "return_visits",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("case_id", String(36), nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("income_above_line", Boolean, nullable=False),
    Column("safeguards_hold", Boolean, nullable=False),
    Column("risk_gone", Boolean, nullable=False),
    Column("spending_solved", Boolean, nullable=False),
    Column("risks", JsonText, nullable=False),
    Column("result", String(16), nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Index("return_visits_of_case", "case_id", "made_on"),
)

escalations = Table(
    "escalations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("timer_kind", String(24), nullable=False),
    Column("subject_id", String(36), nullable=False),
    Column("household_id", String(36), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("from_level", String(12), nullable=False),
    Column("unit", String(60), nullable=False),
    Column("level", String(12), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("path", String(120), nullable=False),
    Column("answered_on", Date),
    Column("answered_by", String(64), nullable=False),
    Column("ended_on", Date),
    Column("note", Text, nullable=False),
    Index("escalations_waiting", "level", "answered_on", "ended_on"),
)

method_versions = Table(
    "method_versions",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("method", String(24), nullable=False),
    Column("number", Integer, nullable=False),
    Column("zh", String(60), nullable=False),
    Column("en", String(120), nullable=False),
    Column("items", JsonText, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("source", String(300), nullable=False),
    Column("since", Date, nullable=False),
    Column("edited_by", String(64), nullable=False),
    Index("method_versions_once", "method", "number", unique=True),
)

method_records = Table(
    "method_records",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("method", String(24), nullable=False),
    Column("number", Integer, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("household_id", ForeignKey("households.id"), index=True),
    Column("made_on", Date, nullable=False),
    Column("ticked", JsonText, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Index("method_records_of_method", "method", "area_code", "made_on"),
)
