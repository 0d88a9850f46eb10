"""Versions of the year-end assessment, and appeals."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
