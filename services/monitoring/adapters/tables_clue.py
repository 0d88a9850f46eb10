"""Tables of clues and their reports, of the county's own findings, and of a household's timeline."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import JsonText, UtcDateTime

clues = Table(
    "clues",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("risk", String(9), nullable=False),
    Column("month", String(6), nullable=False),
    Column("round", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("first_reported_on", Date, nullable=False),
    Column("last_reported_on", Date, nullable=False),
    Column("verify_due_on", Date, nullable=False),
    Column("outcome", String(20)),
    Column("verified_on", Date),
    Column("verified_by", String(64), nullable=False),
    Column("case_id", String(36)),
    Column("note", Text, nullable=False),
    Index("clues_due", "is_open", "verify_due_on"),
)

clue_reports = Table(
    "clue_reports",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("clue_id", String(36), nullable=False, index=True),
    Column("source", String(2), nullable=False),
    Column("reported_on", Date, nullable=False),
    Column("verify_due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("cause", String(100), nullable=False),
    Column("detail", String(3), nullable=False),
    Column("reported_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

sample_checks = Table(
    "sample_checks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("finding", String(16), nullable=False),
    Column("checked_on", Date, nullable=False),
    Column("checked_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
)

relapses = Table(
    "relapses",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("cause", String(9), nullable=False),
    Column("found_on", Date, nullable=False),
    Column("found_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
)

timeline = Table(
    "timeline",
    metadata,
    Column("event_id", String(64), primary_key=True),
    Column("household_id", String(36), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("type", String(96), nullable=False),
    Column("data", JsonText, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Index("timeline_of_household", "household_id", "occurred_on"),
)
