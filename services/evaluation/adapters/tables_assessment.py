"""Tables of the year's assessment: its versions, the appeals against it, the marks people gave."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.evaluation.adapters.metadata import metadata
from shared.messaging.columns import DecimalText, JsonText, UtcDateTime

assessment = Table(
    "assessment",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("shown_on", Date),
    Column("appeals_until", Date),
    Column("period_confirmed", Boolean, nullable=False),
    Column("finalised_on", Date),
    Column("published_on", Date),
    Index("ix_assessment_year", "year"),
)

assessment_version = Table(
    "assessment_version",
    metadata,
    Column("assessment_id", ForeignKey("assessment.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("stage", String(16), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("known_at", Date, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_at", UtcDateTime()),
    Column("reason", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("board", JsonText, nullable=False),
    Column("lines", JsonText, nullable=False),
    Column("rules", JsonText, nullable=False),
    Column("difference", JsonText, nullable=False),
    Column("frozen", JsonText, nullable=False),
    Column("rulings", JsonText, nullable=False),
)
"""Append-only: the migration adds triggers that refuse every update and delete."""

appeal = Table(
    "appeal",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("assessment_id", ForeignKey("assessment.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("unit", String(64), nullable=False),
    Column("indicator", String(32), nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("accepted_on", Date),
    Column("decided_on", Date),
    Column("ruling", Text, nullable=False),
    Column("correction_id", String(64), nullable=False),
    Index("ix_appeal_assessment", "assessment_id", "unit", "indicator"),
    Index("ix_appeal_state", "state", "filed_on"),
    Index("ix_appeal_unit", "unit", "filed_on"),
)

mark = Table(
    "mark",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("unit", String(64), nullable=False),
    Column("item", String(32), nullable=False),
    Column("period", String(7), nullable=False),
    Column("value", DecimalText, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("judged_on", Date, nullable=False),
    Column("assessor", String(64), nullable=False),
    Column("judged_by", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_mark_unit", "unit", "item", "period"),
    Index("ix_mark_judged", "judged_on"),
)
