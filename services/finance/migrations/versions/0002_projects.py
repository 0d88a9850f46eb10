"""Funds, projects, assets and their keepers."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
