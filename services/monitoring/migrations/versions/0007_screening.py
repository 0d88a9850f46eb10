"""Screening rounds, check-lists of methods, samples, return visits."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("visits", sa.Column("round_id", sa.String(36)))
    op.create_index("visits_of_round", "visits", ["round_id", "household_id"])
    _screening_rounds()
    _judgements()
    _sample_inspections()
    _sample_lists()
    _sampled_households()
    _verification_sheets()
    _applications()
    _informant_answers()
    _reopenings()
    _return_visits()
    _escalations()
    _method_versions()
    _method_records()


def downgrade() -> None:
    op.drop_table("method_records")
    op.drop_table("method_versions")
    op.drop_table("escalations")
    op.drop_table("return_visits")
    op.drop_table("reopenings")
    op.drop_table("informant_answers")
    op.drop_table("applications")
    op.drop_table("verification_sheets")
    op.drop_table("sampled_households")
    op.drop_table("sample_lists")
    op.drop_table("sample_inspections")
    op.drop_table("judgements")
    op.drop_table("screening_rounds")
    op.drop_index("visits_of_round", "visits")
    op.drop_column("visits", "round_id")


def _screening_rounds() -> None:
    op.create_table(
        "screening_rounds",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(200), nullable=False),
        sa.Column("opened_by", sa.String(64), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("households", sa.Integer()),
        sa.Column("reached", sa.Integer()),
    )
    op.create_index("ix_screening_rounds_first_on", "screening_rounds", ["first_on"])


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("round_id", sa.String(36)),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("income_band", sa.String(2), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("able_to_cope", sa.Boolean(), nullable=False),
        sa.Column("unable_reason", sa.String(2), nullable=False),
        sa.Column("include", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_judgements_household_id", "judgements", ["household_id"])
    op.create_index("ix_judgements_round_id", "judgements", ["round_id"])


def _sample_inspections() -> None:
    op.create_table(
        "sample_inspections",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.Column("policy_confirmed", sa.Boolean(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("list_digest", sa.String(64), nullable=False),
        sa.Column("frozen_by", sa.String(64), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("drawn_on", sa.Date()),
        sa.Column("drawn_by", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date()),
    )


def _sample_lists() -> None:
    op.create_table(
        "sample_lists",
        sa.Column("inspection_id", sa.String(36), primary_key=True),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
    )


def _sampled_households() -> None:
    op.create_table(
        "sampled_households",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("stratum", sa.String(12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("inspected_on", sa.Date()),
        sa.Column("inspected_by", sa.String(64), nullable=False),
        sa.Column("answers", sa.Text()),
        sa.Column("finding", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_sampled_households_household_id", "sampled_households", ["household_id"])
    op.create_index("sampled_of_inspection", "sampled_households", ["inspection_id", "area_code"])


def _verification_sheets() -> None:
    op.create_table(
        "verification_sheets",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clue_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("visitors", sa.Text(), nullable=False),
        sa.Column("income_above_line", sa.Boolean()),
        sa.Column("self_paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("difficulties", sa.Text(), nullable=False),
        sa.Column("able_to_cope", sa.Boolean()),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
    )
    op.create_index("ix_verification_sheets_clue_id", "verification_sheets", ["clue_id"])
    op.create_index("ix_verification_sheets_household_id", "verification_sheets", ["household_id"])


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("clue_id", sa.String(36), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("labourers", sa.Integer(), nullable=False),
        sa.Column("students", sa.Integer(), nullable=False),
        sa.Column("chronically_ill", sa.Integer(), nullable=False),
        sa.Column("seriously_ill", sa.Integer(), nullable=False),
        sa.Column("disabled", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("income_fen", sa.BigInteger(), nullable=False),
        sa.Column("difficulties", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.Column("supplement", sa.Text(), nullable=False),
    )
    op.create_index("ix_applications_household_id", "applications", ["household_id"])
    op.create_index("ix_applications_clue_id", "applications", ["clue_id"])


def _informant_answers() -> None:
    op.create_table(
        "informant_answers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clue_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("answered_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_informant_answers_clue_id", "informant_answers", ["clue_id"])


def _reopenings() -> None:
    op.create_table(
        "reopenings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("origin", sa.String(60), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("settled_on", sa.Date()),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("settled_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_reopenings_household_id", "reopenings", ["household_id"])
    op.create_index("ix_reopenings_case_id", "reopenings", ["case_id"])
    op.create_index("reopenings_due", "reopenings", ["settled_on", "due_on"])


def _return_visits() -> None:
    op.create_table(
        "return_visits",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("income_above_line", sa.Boolean(), nullable=False),
        sa.Column("safeguards_hold", sa.Boolean(), nullable=False),
        sa.Column("risk_gone", sa.Boolean(), nullable=False),
        sa.Column("spending_solved", sa.Boolean(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_return_visits_household_id", "return_visits", ["household_id"])
    op.create_index("return_visits_of_case", "return_visits", ["case_id", "made_on"])


def _escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("timer_kind", sa.String(24), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("from_level", sa.String(12), nullable=False),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("path", sa.String(120), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answered_by", sa.String(64), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("escalations_waiting", "escalations", ["level", "answered_on", "ended_on"])


def _method_versions() -> None:
    op.create_table(
        "method_versions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("zh", sa.String(60), nullable=False),
        sa.Column("en", sa.String(120), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("edited_by", sa.String(64), nullable=False),
    )
    op.create_index("method_versions_once", "method_versions", ["method", "number"], unique=True)


def _method_records() -> None:
    op.create_table(
        "method_records",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id")),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("ticked", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_method_records_household_id", "method_records", ["household_id"])
    op.create_index("method_records_of_method", "method_records", ["method", "area_code", "made_on"])
