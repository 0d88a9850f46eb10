"""What units report themselves: tasks, files, reviews, sampled checks."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
