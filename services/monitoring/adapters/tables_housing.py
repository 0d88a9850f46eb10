"""Tables of safe housing, and of the steps that housing, water and toilet processes have taken."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import UtcDateTime

place_steps = Table(
    "place_steps",
    metadata,
    Column("process_id", String(36), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("step", String(24), nullable=False),
    Column("state", String(24), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

house_alerts = Table(
    "house_alerts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("open_household", String(36), unique=True),
    Column("area_code", String(12), nullable=False),
    Column("state", String(24), nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("due_on", Date),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("source", String(16), nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("grade", String(1), nullable=False),
    Column("appraised_on", Date),
    Column("repair_due_on", Date),
    Column("way", String(16), nullable=False),
    Column("safe_on", Date),
    Index("house_alerts_by_state", "state", "area_code"),
)

house_looks = Table(
    "house_looks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("danger", Boolean, nullable=False),
    Column("alert_id", String(36)),
    Column("made_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
)

rebuilds = Table(
    "rebuilds",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("open_household", String(36), unique=True),
    Column("area_code", String(12), nullable=False),
    Column("state", String(24), nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("due_on", Date),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("cause", String(16), nullable=False),
    Column("listed_on", Date, nullable=False),
    Column("alert_id", String(36)),
    Column("occupied_on", Date),
    Index("rebuilds_by_state", "state", "area_code"),
)
