"""Tables of the registry's history: every version of a household, and who took a person over."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, false

from services.monitoring.adapters.metadata import metadata
from services.monitoring.adapters.personal import SealedJson
from shared.messaging.columns import UtcDateTime

household_versions = Table(
    "household_versions",
    metadata,
    Column("household_id", ForeignKey("households.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("recorded_on", Date, nullable=False),
    Column("known_at", UtcDateTime(), nullable=False),
    Column("until_at", UtcDateTime()),
    Column("by", String(64), nullable=False),
    Column("household_no", String(32), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("household_type", String(9), nullable=False),
    Column("lifted_out", Boolean, nullable=False),
    Column("relocated", Boolean, nullable=False),
    Column("persons", Integer, nullable=False),
    Column("head_name", String(60), nullable=False),
    # Sealed for each person inside it: the same household never gives the same value twice.
    Column("snapshot", SealedJson("household_version.snapshot"), nullable=False, info={"random": True}),
    # Whether what says who somebody is was sealed with that person's key inside the snapshot.
    Column("by_person", Boolean, nullable=False, server_default=false()),
    Index("household_versions_by_village", "area_code", "known_at"),
)

takeovers = Table(
    "takeovers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("from_household_id", ForeignKey("households.id"), nullable=False),
    Column("from_person_id", String(36), nullable=False),
    Column("to_household_id", ForeignKey("households.id"), nullable=False),
    Column("to_person_id", String(36), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Index("takeovers_from", "from_household_id"),
    Index("takeovers_to", "to_household_id"),
)
