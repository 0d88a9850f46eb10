"""Tables of safe drinking water: works, tests, rounds, checks, problems."""

from sqlalchemy import (
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
from shared.messaging.columns import JsonText

water_works = Table(
    "water_works",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("works_no", String(20), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("area_code", String(12), nullable=False, index=True),
    Column("supply", String(1), nullable=False),
    Column("in_use", Boolean, nullable=False),
    Column("households", Integer, nullable=False),
    Column("population", Integer, nullable=False),
    Column("built_year", Integer),
    Column("pipes", String(12), nullable=False),
    Column("pipes_renovated_on", Date),
    Column("maintainer", String(40), nullable=False),
    Column("maintainer_phone", String(20), nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("note", Text, nullable=False),
)

water_tests = Table(
    "water_tests",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("works_id", ForeignKey("water_works.id"), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("state", String(24), nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("due_on", Date),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("tested_on", Date, nullable=False),
    Column("failed_items", String(200), nullable=False),
    Column("laboratory", String(100), nullable=False),
    Column("retest_of", String(36)),
    Index("water_tests_of_works", "works_id", "tested_on"),
    Index("water_tests_by_state", "state", "area_code"),
)

water_rounds = Table(
    "water_rounds",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    UniqueConstraint("year", "number", name="water_rounds_of_year"),
)

water_round_towns = Table(
    "water_round_towns",
    metadata,
    Column("round_id", ForeignKey("water_rounds.id"), primary_key=True),
    Column("town", String(9), primary_key=True),
    Column("households", Integer, nullable=False),
    Column("checked", Integer, nullable=False),
    Column("closed_on", Date, nullable=False),
)

water_checks = Table(
    "water_checks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("round_id", ForeignKey("water_rounds.id"), nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("checked_on", Date, nullable=False),
    Column("supply", String(1), nullable=False),
    Column("quantity", String(5), nullable=False),
    Column("quality", String(5), nullable=False),
    Column("convenience", String(5), nullable=False),
    Column("assurance", String(5), nullable=False),
    Column("safe", Boolean, nullable=False),
    Column("measured", JsonText, nullable=False),
    Column("checked_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Index("water_checks_of_round", "round_id", "area_code", "household_id"),
)

water_problems = Table(
    "water_problems",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("open_key", String(60), unique=True),
    Column("area_code", String(12), nullable=False),
    Column("state", String(24), nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("due_on", Date),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("criterion", String(16), nullable=False),
    Column("found_on", Date, nullable=False),
    Column("cause", String(60), nullable=False),
    Column("closed_on", Date),
    Index("water_problems_by_state", "state", "area_code"),
)
