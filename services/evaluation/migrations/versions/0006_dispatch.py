"""Month-end dispatch, meetings, demonstration sites."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import JsonText

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables of this subject."""
    _progress_reports()
    _meeting_duties()
    _quarterly_meetings()
    _demonstration_sites()
    _undertakings()


def _progress_reports() -> None:
    op.create_table(
        "progress_reports",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("filings", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date()),
        sa.Column("filed_by", sa.String(64), nullable=False),
        sa.Column("tasks_due", sa.Integer(), nullable=False),
        sa.Column("tasks_done", sa.Integer(), nullable=False),
        sa.Column("money_fen", sa.BigInteger(), nullable=False),
        sa.Column("problems", JsonText(), nullable=False),
        sa.Column("next_month", sa.Text(), nullable=False),
        sa.Column("help_asked", sa.Text(), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
    )
    op.create_index("progress_reports_of_month", "progress_reports", ["month", "scope"])
    op.create_index("progress_reports_of_unit", "progress_reports", ["unit", "state", "due_on"])


def _meeting_duties() -> None:
    op.create_table(
        "meeting_duties",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("meeting_id", sa.String(36), nullable=False),
        sa.Column("held_on", sa.Date()),
    )
    op.create_index("meeting_duties_of_quarter", "meeting_duties", ["quarter", "action"])


def _quarterly_meetings() -> None:
    op.create_table(
        "quarterly_meetings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("actions", JsonText(), nullable=False),
        sa.Column("attended", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
    )
    op.create_index("quarterly_meetings_of_quarter", "quarterly_meetings", ["quarter"])


def _demonstration_sites() -> None:
    op.create_table(
        "demonstration_sites",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("lead", sa.String(40), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("town", sa.String(9), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(80), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("finish_on", sa.Date()),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("chosen_on", sa.Date()),
        sa.Column("withdraw_reason", sa.Text(), nullable=False),
    )
    op.create_index("demonstration_sites_of_year", "demonstration_sites", ["year", "level", "action", "town"])
    op.create_index("demonstration_sites_of_town", "demonstration_sites", ["town", "state"])


def _undertakings() -> None:
    op.create_table(
        "undertakings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("lead", sa.String(40), nullable=False),
        sa.Column("source_id", sa.String(36), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("order_id", sa.String(36), nullable=False),
    )
    op.create_index("undertakings_of_kind", "undertakings", ["kind", "state", "due_on"])
    op.create_index("undertakings_of_unit", "undertakings", ["unit", "state", "due_on"])
    op.create_index("undertakings_of_source", "undertakings", ["source_id"])


def downgrade() -> None:
    """Take them away again."""
    for table in (
        "undertakings",
        "demonstration_sites",
        "quarterly_meetings",
        "meeting_duties",
        "progress_reports",
    ):
        op.drop_table(table)
