"""Placements by their end: what has run out is found without looking at all of them."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("ix_placement_ending", "placement", ["ended_on", "ends_on"])


def downgrade() -> None:
    op.drop_index("ix_placement_ending", "placement")
