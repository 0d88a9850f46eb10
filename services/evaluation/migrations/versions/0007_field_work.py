"""Resident teams, training of cadres, publicity, services checked on the spot."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
