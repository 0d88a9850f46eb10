"""Reports and the responsibility list."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
