"""Tables of cases with their steps, of plans with their measures and answers, and of eliminations."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import JsonText, UtcDateTime

cases = Table(
    "cases",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False, index=True),
    # The household while the case is open, else null: the database itself keeps one open case per household.
    Column("open_household", String(36), unique=True),
    Column("risks", JsonText, nullable=False),
    Column("risk_details", JsonText, nullable=False),
    Column("clue_ids", JsonText, nullable=False),
    Column("first_clue_on", Date, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("last_compared_on", Date),
    Column("state", String(16), nullable=False),
    Column("comparison", String(16), nullable=False),
    Column("hits", JsonText, nullable=False),
    Column("authorised", Boolean, nullable=False),
    Column("help_first", Boolean, nullable=False),
    Column("round", Integer, nullable=False),
    Column("vote", JsonText),
    Column("notice", JsonText),
    Column("monitored_class", String(9), nullable=False),
    Column("identified_on", Date),
    Column("announced_on", Date),
    Column("eliminated_on", Date),
    Column("helper_no", String(40), nullable=False),
    Column("helper_fixed_on", Date),
    Column("previous", String(36)),
    Column("steps", Integer, nullable=False),
    Index("cases_by_state", "state", "area_code"),
)

case_steps = Table(
    "case_steps",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("step", String(24), nullable=False),
    Column("from_state", String(16), nullable=False),
    Column("to_state", String(16), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", ForeignKey("cases.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False, index=True),
)

measures = Table(
    "measures",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("case_id", ForeignKey("plans.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("risk", String(9), nullable=False),
    Column("category", String(6), nullable=False),
    Column("code", String(3), nullable=False),
    Column("department", String(40), nullable=False, index=True),
    Column("service", String(16), nullable=False),
    Column("person_id", String(36)),
    Column("replaces", String(36)),
    Column("requested_on", Date),
    Column("due_on", Date),
)

measure_answers = Table(
    "measure_answers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("measure_id", ForeignKey("measures.id"), nullable=False, index=True),
    Column("status", String(12), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("note", Text, nullable=False),
)

eliminations = Table(
    "eliminations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    # The case while the elimination is open, else null: one at a time.
    Column("open_case", String(36), unique=True),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False, index=True),
    Column("way", String(2), nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("last_step_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("findings", JsonText),
    Column("vote", JsonText),
    Column("notice", JsonText),
    Column("snapshot", JsonText),
    Column("county_reason", Text, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("steps", Integer, nullable=False),
)

elimination_steps = Table(
    "elimination_steps",
    metadata,
    Column("elimination_id", ForeignKey("eliminations.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)
