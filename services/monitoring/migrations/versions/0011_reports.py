"""Reports with what each submission counted; who maintains which information."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables of this subject."""
    _reports()
    _submissions()
    _responsibilities()


def downgrade() -> None:
    """Take them away again."""
    for table in ("responsibilities", "report_figures", "report_submissions", "reports"):
        op.drop_table(table)


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("locked_on", sa.Date()),
        sa.Column("return_reason", sa.String(16), nullable=False),
        sa.Column("return_note", sa.Text(), nullable=False),
    )
    op.create_index("reports_of_period", "reports", ["kind", "period"])
    op.create_index("reports_of_unit", "reports", ["unit", "state", "due_on"])


def _submissions() -> None:
    op.create_table(
        "report_submissions",
        sa.Column("report_id", sa.String(36), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("submitted_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_table(
        "report_figures",
        sa.Column("report_id", sa.String(36), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("code", sa.String(60), primary_key=True),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
    )


def _responsibilities() -> None:
    op.create_table(
        "responsibilities",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(16), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("person", sa.String(60), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("within_days", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date()),
        sa.Column("approved_by", sa.String(64), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.Column("until", sa.Date()),
    )
    op.create_index("responsibilities_of_area", "responsibilities", ["area_code", "item", "until"])
