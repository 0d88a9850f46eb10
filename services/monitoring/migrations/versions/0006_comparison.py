"""Departments' lists, differences, warnings, pushes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _department_lists()
    _department_list_rows()
    _department_warnings()
    _comparison_differences()
    _pushes()
    _case_comparisons()


def downgrade() -> None:
    op.drop_table("case_comparisons")
    op.drop_table("pushes")
    op.drop_table("comparison_differences")
    op.drop_table("department_warnings")
    op.drop_table("department_list_rows")
    op.drop_table("department_lists")


def _department_lists() -> None:
    op.create_table(
        "department_lists",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(64), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Integer(), nullable=False),
        sa.Column("unmatched", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("superseded_by", sa.String(36)),
        sa.Column("current", sa.String(27), unique=True),
    )
    op.create_index("department_lists_of_month", "department_lists", ["month", "kind"])
    op.create_index("department_lists_of_department", "department_lists", ["department", "month"])


def _department_list_rows() -> None:
    op.create_table(
        "department_list_rows",
        sa.Column("list_id", sa.String(36), sa.ForeignKey("department_lists.id"), primary_key=True),
        sa.Column("line", sa.Integer(), primary_key=True),
        sa.Column("matched", sa.String(9), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(36)),
        sa.Column("household_id", sa.String(36)),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("masked_number", sa.String(24), nullable=False),
    )
    op.create_index("department_list_rows_by_match", "department_list_rows", ["list_id", "matched"])
    op.create_index("department_list_rows_of_person", "department_list_rows", ["person_id", "list_id"])


def _department_warnings() -> None:
    op.create_table(
        "department_warnings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(8), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("list_id", sa.String(36), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("risk", sa.String(9), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("threshold_confirmed", sa.Boolean(), nullable=False),
        sa.Column("clue_id", sa.String(36)),
        sa.Column("case_id", sa.String(36)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("push_id", sa.String(36)),
    )
    op.create_index("ix_department_warnings_household_id", "department_warnings", ["household_id"])
    op.create_index("ix_department_warnings_clue_id", "department_warnings", ["clue_id"])
    op.create_index("ix_department_warnings_case_id", "department_warnings", ["case_id"])
    op.create_index("ix_department_warnings_push_id", "department_warnings", ["push_id"])
    op.create_index("department_warnings_by_rule", "department_warnings", ["rule", "raised_on"])
    op.create_index("department_warnings_by_area", "department_warnings", ["area_code", "state"])
    op.create_index("department_warnings_of_department", "department_warnings", ["department", "ended_on"])
    op.create_index("department_warnings_of_list", "department_warnings", ["list_id"])


def _comparison_differences() -> None:
    op.create_table(
        "comparison_differences",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.String(36), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("listed", sa.String(40), nullable=False),
        sa.Column("registered", sa.String(40), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("side", sa.String(12), nullable=False),
        sa.Column("how", sa.String(24), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("open_person", sa.String(53), unique=True),
        sa.Column("push_id", sa.String(36)),
    )
    op.create_index("ix_comparison_differences_household_id", "comparison_differences", ["household_id"])
    op.create_index("ix_comparison_differences_push_id", "comparison_differences", ["push_id"])
    op.create_index("comparison_differences_by_area", "comparison_differences", ["area_code", "side"])
    op.create_index("comparison_differences_of_department", "comparison_differences", ["department", "side"])
    op.create_index("comparison_differences_of_person", "comparison_differences", ["person_id", "about"])


def _pushes() -> None:
    op.create_table(
        "pushes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.String(64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answered_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("pushes_of_department", "pushes", ["department", "answered_on"])


def _case_comparisons() -> None:
    op.create_table(
        "case_comparisons",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_by", sa.String(64), nullable=False),
    )
    op.create_index("ix_case_comparisons_case_id", "case_comparisons", ["case_id"])
    op.create_index("ix_case_comparisons_household_id", "case_comparisons", ["household_id"])
    op.create_index("case_comparisons_of_department", "case_comparisons", ["department", "state"])
