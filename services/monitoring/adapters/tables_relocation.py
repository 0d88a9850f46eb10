"""Tables of resettlement sites and of what is found at relocated households."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from services.monitoring.adapters.metadata import metadata
from services.monitoring.adapters.tables_matter import matter_table
from shared.messaging.columns import JsonText

_OPEN = text("closed_on IS NULL")

resettlement_sites = Table(
    "resettlement_sites",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(60), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("address", String(200), nullable=False),
    Column("invented", Boolean, nullable=False),
    Column("needs", JsonText, nullable=False),
    Column("planned_on", Date),
    Column("duties", JsonText, nullable=False),
    Column("duties_signed_on", Date),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    UniqueConstraint("area_code", "name", name="resettlement_sites_name"),
)

facility_tasks = matter_table(
    "facility_tasks",
    Column("site_id", ForeignKey("resettlement_sites.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
)

# Of each kind a household has one open matter: the database itself keeps it so.
relocation_returns = matter_table(
    "relocation_returns",
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("site_id", String(36), nullable=False),
    Column("kind", String(16), nullable=False),
    Index(
        "relocation_returns_open",
        "household_id",
        "kind",
        unique=True,
        postgresql_where=_OPEN,
        sqlite_where=_OPEN,
    ),
)

housing_shortages = matter_table(
    "housing_shortages",
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("site_id", String(36), nullable=False),
    Column("persons", Integer, nullable=False),
    Column("floor_area", Integer, nullable=False),
    Index("housing_shortages_open", "household_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
)

zero_employments = matter_table(
    "zero_employments",
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("willing", Integer, nullable=False),
    Index("zero_employments_open", "household_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
)

labour_surveys = Table(
    "labour_surveys",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("half", String(5), nullable=False),
    Column("labourers", Integer, nullable=False),
    Column("surveyed", Integer, nullable=False),
    Column("willing", Integer, nullable=False),
    Column("surveyed_on", Date, nullable=False),
    Column("surveyed_by", String(64), nullable=False),
    Index("labour_surveys_by_half", "half", "area_code"),
    Index("labour_surveys_of_household", "household_id", "surveyed_on"),
)

# One row for each spell of work employment told of; the days come in any order.
work_seen = Table(
    "work_seen",
    metadata,
    Column("spell_id", String(64), primary_key=True),
    Column("household_id", String(36), nullable=False),
    Column("person_id", String(36), nullable=False),
    Column("started_on", Date),
    Column("ended_on", Date),
    Column("place", String(12), nullable=False),
    Index("work_seen_of_household", "household_id", "ended_on"),
)
