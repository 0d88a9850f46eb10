"""Inspections, orders, interviews, accountability; notices say under which number and about what.

Expand only: the running release writes notices without the new columns, hence their defaults.
"""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import JsonText, UtcDateTime

revision = "0005"
down_revision = "0004"

_ADDED = (("document_no", 64), ("about_kind", 16), ("about_id", 64))


def upgrade() -> None:
    """Add the tables of this subject."""
    _inspections()
    _orders()
    _accountability()
    with op.batch_alter_table("notice") as notice:
        for name, length in _ADDED:
            notice.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("notice") as notice:
        for name, _length in reversed(_ADDED):
            notice.drop_column(name)
    op.drop_table("accountability_trigger")
    op.drop_table("interview")
    op.drop_table("order_reply")
    op.drop_table("supervision_order")
    op.drop_table("inspection_sample_household")
    op.drop_table("inspection_sample")
    op.drop_table("inspection")


def _inspections() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("planned_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("members", sa.Text, nullable=False),
        sa.Column("items", JsonText, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started_on", sa.Date),
        sa.Column("filed_on", sa.Date),
        sa.Column("problems", sa.Integer, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
    )
    op.create_index("ix_inspection_due", "inspection", ["due_on", "state"])
    op.create_index("ix_inspection_unit", "inspection", ["unit", "due_on"])
    op.create_table(
        "inspection_sample",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("month", sa.String(6), nullable=False, unique=True),
        sa.Column("seed", sa.String(200), nullable=False),
        sa.Column("drawn_on", sa.Date, nullable=False),
        sa.Column("villages", JsonText, nullable=False),
    )
    op.create_table(
        "inspection_sample_household",
        sa.Column("sample_id", sa.String(64), sa.ForeignKey("inspection_sample.id"), primary_key=True),
        sa.Column("household_id", sa.String(64), primary_key=True),
        sa.Column("village", sa.String(12), nullable=False),
        sa.Column("registered", sa.Boolean, nullable=False),
    )


def _orders() -> None:
    op.create_table(
        "supervision_order",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("origin_id", sa.String(64), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("matter", sa.Text, nullable=False),
        sa.Column("requirement", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("replies", sa.Integer, nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("review_note", sa.Text, nullable=False),
    )
    op.create_index("ix_supervision_order_due", "supervision_order", ["state", "due_at"])
    op.create_index("ix_supervision_order_unit", "supervision_order", ["unit", "state"])
    op.create_index("ix_supervision_order_origin", "supervision_order", ["origin", "origin_id"])
    op.create_table(
        "order_reply",
        sa.Column("order_id", sa.String(64), sa.ForeignKey("supervision_order.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("answered_by", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _accountability() -> None:
    op.create_table(
        "interview",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("about_kind", sa.String(16), nullable=False),
        sa.Column("about_id", sa.String(64), nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("matter", sa.Text, nullable=False),
        sa.Column("responsible", sa.Text, nullable=False),
    )
    op.create_index("ix_interview_unit", "interview", ["unit", "held_on"])
    op.create_index("ix_interview_about", "interview", ["about_kind", "about_id"])
    op.create_table(
        "accountability_trigger",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("cause_events", JsonText, nullable=False),
        sa.Column("rule_confirmed", sa.Boolean, nullable=False),
        sa.Column("proposed_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("decided_on", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("referred_on", sa.Date),
        sa.Column("concluded_on", sa.Date),
        sa.Column("outcome", sa.String(32), nullable=False),
    )
    op.create_index("ix_accountability_trigger_state", "accountability_trigger", ["state", "proposed_on"])
    op.create_index("ix_accountability_trigger_subject", "accountability_trigger", ["kind", "subject"])
    op.create_index("ix_accountability_trigger_unit", "accountability_trigger", ["unit", "state"])
