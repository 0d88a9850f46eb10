"""Tables of toilets, sewage facilities and the inspections of villages."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import DecimalText, JsonText

toilets = Table(
    "toilets",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("toilet_no", String(20), nullable=False, unique=True),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False, index=True),
    Column("kind", String(1), nullable=False),
    Column("place", String(8), nullable=False),
    Column("built_year", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("subsidy", BigInteger, nullable=False),
    Column("usable", Boolean, nullable=False),
    Column("recorded_on", Date, nullable=False),
)

toilet_problems = Table(
    "toilet_problems",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("toilet_id", ForeignKey("toilets.id"), nullable=False, index=True),
    Column("open_toilet", String(36), unique=True),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("state", String(24), nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("due_on", Date),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("kind", String(1), nullable=False),
    Column("tags", JsonText, nullable=False),
    Column("found_on", Date, nullable=False),
    Column("way", String(12), nullable=False),
    Column("plan", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("cost", BigInteger, nullable=False),
    Column("closed_on", Date),
    Column("reopened", Integer, nullable=False),
    Index("toilet_problems_by_state", "state", "area_code"),
)

public_toilets = Table(
    "public_toilets",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("state", String(24), nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("due_on", Date),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("site", String(100), nullable=False),
    Column("kind", String(2), nullable=False),
    Column("place", String(2), nullable=False),
    Column("caretaker", Boolean, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("opened_on", Date),
    Index("public_toilets_by_state", "state", "area_code"),
)

sewage_facilities = Table(
    "sewage_facilities",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("facility_no", String(20), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("area_code", String(12), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("households", Integer, nullable=False),
    Column("in_use", Boolean, nullable=False),
    Column("recorded_on", Date, nullable=False),
)

site_checks = Table(
    "site_checks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("site_id", String(36), nullable=False),
    Column("site_kind", String(16), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("checked_on", Date, nullable=False),
    Column("fine", Boolean, nullable=False),
    Column("checked_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Index("site_checks_of_site", "site_id", "checked_on"),
)

cleaning_inspections = Table(
    "cleaning_inspections",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("month", String(6), nullable=False),
    Column("inspected_on", Date, nullable=False),
    Column("failed", JsonText, nullable=False),
    Column("score", DecimalText, nullable=False),
    Column("inspected_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("month", "area_code", name="cleaning_inspections_of_month"),
)
