"""Data errors, gates, runs of the rules, cleaning rounds, the villages' own records."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables of data quality."""
    _data_errors()
    _data_error_steps()
    _record_cycles()
    _record_cycle_steps()
    _quality_runs()
    _cleaning_rounds()
    _village_records()


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("village_records")
    op.drop_table("cleaning_rounds")
    op.drop_table("quality_runs")
    op.drop_table("record_cycle_steps")
    op.drop_table("record_cycles")
    op.drop_table("data_error_steps")
    op.drop_table("data_errors")


def _data_errors() -> None:
    op.create_table(
        "data_errors",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("rule", sa.String(8), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("responsible", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("found_by", sa.String(64), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answered_by", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(90), unique=True),
    )
    op.create_index("data_errors_due", "data_errors", ["state", "due_on"])
    op.create_index("data_errors_of_area", "data_errors", ["area_code", "state", "due_on"])
    op.create_index("data_errors_of_responsible", "data_errors", ["responsible", "state"])
    op.create_index("data_errors_of_rule", "data_errors", ["rule", "state"])
    op.create_index("ix_data_errors_household_id", "data_errors", ["household_id"])


def _data_error_steps() -> None:
    op.create_table(
        "data_error_steps",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("error_id", sa.String(36), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_data_error_steps_error_id", "data_error_steps", ["error_id"])


def _record_cycles() -> None:
    op.create_table(
        "record_cycles",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(64), nullable=False),
        sa.Column("state", sa.String(14), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Boolean()),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("open_household", sa.String(36), unique=True),
    )
    op.create_index("ix_record_cycles_household_id", "record_cycles", ["household_id"])
    op.create_index("record_cycles_waiting", "record_cycles", ["state", "area_code", "last_on"])


def _record_cycle_steps() -> None:
    op.create_table(
        "record_cycle_steps",
        sa.Column("cycle_id", sa.String(36), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("gate", sa.String(14), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _quality_runs() -> None:
    op.create_table(
        "quality_runs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("area_code", sa.String(9), nullable=False),
        sa.Column("ran_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("open_errors", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("broken", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("quality_runs_of_area", "quality_runs", ["area_code", "ran_on"])


def _cleaning_rounds() -> None:
    op.create_table(
        "cleaning_rounds",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(6), nullable=False, unique=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(64), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_by", sa.String(64), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("fixed", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _village_records() -> None:
    op.create_table(
        "village_records",
        sa.Column("area_code", sa.String(12), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
    )
