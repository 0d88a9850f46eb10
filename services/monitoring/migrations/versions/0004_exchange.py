"""Files that came in or go out, their rows, what a preview found."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
