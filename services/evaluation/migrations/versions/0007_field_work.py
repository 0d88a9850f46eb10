"""Training, resident teams, publicity, services checked on the spot."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import DecimalText, JsonText

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables of this subject."""
    _cadres()
    _training_classes()
    _class_attendance()
    _point_accounts()
    _point_entries()
    _work_entries()


def _cadres() -> None:
    op.create_table(
        "cadres",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("train_by", sa.Date()),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("left_on", sa.Date()),
    )
    op.create_index("cadres_of_unit", "cadres", ["unit", "kind", "left_on"])
    op.create_index("cadres_by_number", "cadres", ["number"])


def _training_classes() -> None:
    op.create_table(
        "training_classes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("method", sa.String(12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("held_on", sa.Date()),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("tested", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
    )
    op.create_index("training_classes_by_day", "training_classes", ["state", "due_on"])


def _class_attendance() -> None:
    op.create_table(
        "class_attendance",
        sa.Column("class_id", sa.String(36), sa.ForeignKey("training_classes.id"), primary_key=True),
        sa.Column("cadre_id", sa.String(36), sa.ForeignKey("cadres.id"), primary_key=True),
        sa.Column("passed", sa.Boolean()),
    )
    op.create_index("class_attendance_of_cadre", "class_attendance", ["cadre_id"])


def _point_accounts() -> None:
    op.create_table(
        "point_accounts",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("opening", DecimalText(), nullable=False),
        sa.Column("balance", DecimalText(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("reached", JsonText(), nullable=False),
    )
    op.create_index("point_accounts_of_area", "point_accounts", ["year", "area_code"])


def _point_entries() -> None:
    op.create_table(
        "point_entries",
        sa.Column("account_id", sa.String(36), sa.ForeignKey("point_accounts.id"), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("points", DecimalText(), nullable=False),
        sa.Column("balance", DecimalText(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _work_entries() -> None:
    op.create_table(
        "work_entries",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("about", sa.String(36), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("field", sa.String(16), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date()),
    )
    op.create_index("work_entries_of_kind", "work_entries", ["kind", "done_on"])
    op.create_index("work_entries_of_unit", "work_entries", ["unit", "kind", "done_on"])
    op.create_index("work_entries_about", "work_entries", ["about", "month"])


def downgrade() -> None:
    """Take them away again."""
    for table in (
        "work_entries",
        "point_entries",
        "point_accounts",
        "class_attendance",
        "training_classes",
        "cadres",
    ):
        op.drop_table(table)
