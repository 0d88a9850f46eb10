"""What units report themselves: tasks, submissions, files, sampled checks."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import DecimalText, JsonText

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of this subject."""
    _task()
    op.create_table(
        "report_submission",
        sa.Column("task_id", sa.String(64), sa.ForeignKey("reporting_task.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("submitted_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("figures", JsonText(), nullable=False),
        sa.Column("files", JsonText(), nullable=False),
    )
    op.create_table(
        "report_file",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "report_sample",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("share", DecimalText(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("listed", JsonText(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("drawn_on", sa.Date()),
        sa.Column("drawn", JsonText(), nullable=False),
    )


def _task() -> None:
    op.create_table(
        "reporting_task",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(16), nullable=False),
        sa.Column("reporter", sa.String(64), nullable=False),
        sa.Column("about", JsonText(), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("shape", sa.String(16), nullable=False),
        sa.Column("evidence", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("overdue_on", sa.Date()),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("figures", JsonText(), nullable=False),
        sa.Column("files", JsonText(), nullable=False),
        sa.Column("drawn_by", sa.String(80), nullable=False),
        sa.Column("checked_on", sa.Date()),
        sa.Column("found", JsonText(), nullable=False),
    )
    op.create_index(
        "ix_reporting_task_owed", "reporting_task", ["indicator", "reporter", "period"], unique=True
    )
    op.create_index("ix_reporting_task_unit", "reporting_task", ["reporter", "state", "due_on"])
    op.create_index("ix_reporting_task_state", "reporting_task", ["state", "due_on"])
    op.create_index("ix_reporting_task_drawn", "reporting_task", ["drawn_by"])


def downgrade() -> None:
    """Take them away again."""
    for table in ("report_sample", "report_file", "report_submission", "reporting_task"):
        op.drop_table(table)
