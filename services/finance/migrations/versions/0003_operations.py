"""What message operations keep: attempts to come, readers paused, who dealt with what was set aside."""

from shared.messaging import migration_1

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    migration_1.expand()


def downgrade() -> None:
    migration_1.contract()
