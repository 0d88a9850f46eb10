"""Inspections, orders, accountability."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
