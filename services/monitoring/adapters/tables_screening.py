"""Tables of screening rounds, of judgements made in them, and of sample inspections."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import JsonText

screening_rounds = Table(
    "screening_rounds",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(60), nullable=False),
    Column("first_on", Date, nullable=False, index=True),
    Column("last_on", Date, nullable=False),
    Column("focus", JsonText, nullable=False),
    Column("paper", String(200), nullable=False),
    Column("opened_by", String(64), nullable=False),
    Column("closed_on", Date),
    Column("households", Integer),
    Column("reached", Integer),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("round_id", String(36), index=True),
    Column("made_on", Date, nullable=False),
    Column("focus", JsonText, nullable=False),
    Column("income_band", String(2), nullable=False),
    Column("risks", JsonText, nullable=False),
    Column("able_to_cope", Boolean, nullable=False),
    Column("unable_reason", String(2), nullable=False),
    Column("include", Boolean, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
)

sample_inspections = Table(
    "sample_inspections",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(60), nullable=False),
    Column("frozen_on", Date, nullable=False),
    Column("shares", JsonText, nullable=False),
    Column("policy_confirmed", Boolean, nullable=False),
    Column("population", Integer, nullable=False),
    Column("list_digest", String(64), nullable=False),
    Column("frozen_by", String(64), nullable=False),
    Column("seed", String(64), nullable=False),
    Column("drawn_on", Date),
    Column("drawn_by", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("closed_on", Date),
)

sample_lists = Table(
    "sample_lists",
    metadata,
    # The frozen list, compressed: sixty thousand lines that are only ever read whole.
    Column("inspection_id", String(36), primary_key=True),
    Column("lines", LargeBinary, nullable=False),
)

sampled_households = Table(
    "sampled_households",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("inspection_id", String(36), nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("stratum", String(12), nullable=False),
    Column("position", Integer, nullable=False),
    Column("inspected_on", Date),
    Column("inspected_by", String(64), nullable=False),
    Column("answers", JsonText),
    Column("finding", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Index("sampled_of_inspection", "inspection_id", "area_code"),
)

verification_sheets = Table(
    "verification_sheets",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("clue_id", String(36), nullable=False, index=True),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("visitors", JsonText, nullable=False),
    Column("income_above_line", Boolean),
    Column("self_paid_fen", BigInteger, nullable=False),
    Column("difficulties", JsonText, nullable=False),
    Column("able_to_cope", Boolean),
    Column("outcome", String(20), nullable=False),
    Column("made_by", String(64), nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("clue_id", String(36), nullable=False, index=True),
    Column("applied_on", Date, nullable=False),
    Column("members", Integer, nullable=False),
    Column("labourers", Integer, nullable=False),
    Column("students", Integer, nullable=False),
    Column("chronically_ill", Integer, nullable=False),
    Column("seriously_ill", Integer, nullable=False),
    Column("disabled", Integer, nullable=False),
    Column("recipients", Integer, nullable=False),
    Column("income_fen", BigInteger, nullable=False),
    Column("difficulties", JsonText, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("supplement", Text, nullable=False),
)

informant_answers = Table(
    "informant_answers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("clue_id", String(36), nullable=False, index=True),
    Column("household_id", ForeignKey("households.id"), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("round", Integer, nullable=False),
    Column("answered_on", Date, nullable=False),
    Column("way", String(12), nullable=False),
    Column("answered_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
)
