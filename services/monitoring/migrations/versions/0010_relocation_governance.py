"""Resettlement sites, relocated households, grids, village decisions, disputes."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
