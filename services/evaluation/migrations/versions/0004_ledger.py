"""Problems and their rectification."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import JsonText

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables of this subject."""
    op.create_table(
        "problem",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("lead_unit", sa.String(64), nullable=False),
        sa.Column("supervising_unit", sa.String(64), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("household_id", sa.String(64), nullable=False),
        sa.Column("systemic", sa.Boolean, nullable=False),
        sa.Column("found_on", sa.Date, nullable=False),
        sa.Column("registered_on", sa.Date, nullable=False),
        sa.Column("handed_over_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("moved_on", sa.Date),
        sa.Column("next_node_on", sa.Date),
        sa.Column("due_stage", sa.String(16), nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("looked_back_on", sa.Date),
        sa.Column("recurred", sa.Integer, nullable=False),
        sa.Column("consequence", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("document_no", sa.String(100), nullable=False),
        sa.Column("particulars", JsonText, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("number", name="uq_problem_number"),
    )
    op.create_index("ix_problem_unit", "problem", ["unit", "category", "cause"])
    op.create_index("ix_problem_lead_unit", "problem", ["lead_unit"])
    op.create_index("ix_problem_supervising_unit", "problem", ["supervising_unit"])
    op.create_index("ix_problem_state", "problem", ["state", "due_on"])
    op.create_index("ix_problem_area", "problem", ["area_code"])
    op.create_table(
        "problem_list",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("document_no", sa.String(100), nullable=False),
        sa.Column("found_on", sa.Date, nullable=False),
        sa.Column("sent_on", sa.Date, nullable=False),
        sa.Column("sent_by", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("imported", sa.Integer, nullable=False),
        sa.Column("lines", JsonText, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("problem_list")
    op.drop_table("problem")
