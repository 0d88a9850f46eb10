"""Tables of data quality: errors and their history, cycles through the gates, runs, rounds, villages."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import JsonText, UtcDateTime

data_errors = Table(
    "data_errors",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("origin", String(10), nullable=False),
    Column("rule", String(8), nullable=False),
    Column("severity", Integer, nullable=False),
    # Empty for what belongs to a village as a whole.
    Column("household_id", String(36), nullable=False, index=True),
    Column("person_id", String(36), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("responsible", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("found_by", String(64), nullable=False),
    Column("found_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("answered_on", Date),
    Column("answered_by", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    # One row for what a rule finds wrong now, open or explained; NULL once it is over.
    Column("standing", String(90), unique=True),
    Index("data_errors_due", "state", "due_on"),
    Index("data_errors_of_area", "area_code", "state", "due_on"),
    Index("data_errors_of_rule", "rule", "state"),
    Index("data_errors_of_responsible", "responsible", "state"),
)

data_error_steps = Table(
    "data_error_steps",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("error_id", String(36), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

record_cycles = Table(
    "record_cycles",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", String(36), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("entered_by", String(64), nullable=False),
    Column("state", String(14), nullable=False),
    Column("changes", Integer, nullable=False),
    Column("sampled", Boolean),
    Column("seed", String(64), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("open_household", String(36), unique=True),
    Index("record_cycles_waiting", "state", "area_code", "last_on"),
)

record_cycle_steps = Table(
    "record_cycle_steps",
    metadata,
    Column("cycle_id", String(36), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("gate", String(14), nullable=False),
    Column("returned", Boolean, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

quality_runs = Table(
    "quality_runs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("area_code", String(9), nullable=False),
    Column("ran_on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    Column("records", Integer, nullable=False),
    Column("rules", Integer, nullable=False),
    Column("open_errors", Integer, nullable=False),
    Column("found", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    # How many records each rule was asked about, and how many broke it.
    Column("asked", JsonText, nullable=False),
    Column("broken", JsonText, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Index("quality_runs_of_area", "area_code", "ran_on"),
)

cleaning_rounds = Table(
    "cleaning_rounds",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("month", String(6), nullable=False, unique=True),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", String(64), nullable=False),
    Column("closed_on", Date),
    Column("closed_by", String(64), nullable=False),
    Column("found", Integer, nullable=False),
    Column("fixed", Integer, nullable=False),
    Column("note", Text, nullable=False),
)

village_records = Table(
    "village_records",
    metadata,
    Column("area_code", String(12), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("fields", JsonText, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", String(64), nullable=False),
)
