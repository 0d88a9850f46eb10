"""Cases, plans of measures, eliminations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _cases()
    _case_steps()
    _eliminations()
    _plans()
    _elimination_steps()
    _measures()
    _measure_answers()


def downgrade() -> None:
    op.drop_table("measure_answers")
    op.drop_table("measures")
    op.drop_table("elimination_steps")
    op.drop_table("plans")
    op.drop_table("eliminations")
    op.drop_table("case_steps")
    op.drop_table("cases")


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("open_household", sa.String(36), unique=True),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("risk_details", sa.Text(), nullable=False),
        sa.Column("clue_ids", sa.Text(), nullable=False),
        sa.Column("first_clue_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("last_compared_on", sa.Date()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("comparison", sa.String(16), nullable=False),
        sa.Column("hits", sa.Text(), nullable=False),
        sa.Column("authorised", sa.Boolean(), nullable=False),
        sa.Column("help_first", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("vote", sa.Text()),
        sa.Column("notice", sa.Text()),
        sa.Column("monitored_class", sa.String(9), nullable=False),
        sa.Column("identified_on", sa.Date()),
        sa.Column("announced_on", sa.Date()),
        sa.Column("eliminated_on", sa.Date()),
        sa.Column("helper_no", sa.String(40), nullable=False),
        sa.Column("helper_fixed_on", sa.Date()),
        sa.Column("previous", sa.String(36)),
        sa.Column("steps", sa.Integer(), nullable=False),
    )
    op.create_index("cases_by_state", "cases", ["state", "area_code"])
    op.create_index("ix_cases_area_code", "cases", ["area_code"])
    op.create_index("ix_cases_household_id", "cases", ["household_id"])


def _case_steps() -> None:
    op.create_table(
        "case_steps",
        sa.Column("case_id", sa.String(36), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("step", sa.String(24), nullable=False),
        sa.Column("from_state", sa.String(16), nullable=False),
        sa.Column("to_state", sa.String(16), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _eliminations() -> None:
    op.create_table(
        "eliminations",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(36), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("open_case", sa.String(36), unique=True),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("way", sa.String(2), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("findings", sa.Text()),
        sa.Column("vote", sa.Text()),
        sa.Column("notice", sa.Text()),
        sa.Column("snapshot", sa.Text()),
        sa.Column("county_reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
    )
    op.create_index("ix_eliminations_area_code", "eliminations", ["area_code"])
    op.create_index("ix_eliminations_case_id", "eliminations", ["case_id"])
    op.create_index("ix_eliminations_household_id", "eliminations", ["household_id"])


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.String(36), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
    )
    op.create_index("ix_plans_area_code", "plans", ["area_code"])
    op.create_index("ix_plans_household_id", "plans", ["household_id"])


def _elimination_steps() -> None:
    op.create_table(
        "elimination_steps",
        sa.Column("elimination_id", sa.String(36), sa.ForeignKey("eliminations.id"), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _measures() -> None:
    op.create_table(
        "measures",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case_id", sa.String(36), sa.ForeignKey("plans.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("risk", sa.String(9), nullable=False),
        sa.Column("category", sa.String(6), nullable=False),
        sa.Column("code", sa.String(3), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("service", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(36)),
        sa.Column("replaces", sa.String(36)),
        sa.Column("requested_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
    )
    op.create_index("ix_measures_case_id", "measures", ["case_id"])
    op.create_index("ix_measures_department", "measures", ["department"])


def _measure_answers() -> None:
    op.create_table(
        "measure_answers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("measure_id", sa.String(36), sa.ForeignKey("measures.id"), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_measure_answers_measure_id", "measure_answers", ["measure_id"])
