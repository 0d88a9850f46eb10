"""What message operations keep: attempts to come, readers paused, who dealt with what was set aside."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Filled by the change that brings the tables."""


def downgrade() -> None:
    """Nothing yet."""
