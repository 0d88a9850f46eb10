"""An event in the outbox knows the trace it was caused in."""

from shared.messaging import migration_2

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    migration_2.expand()


def downgrade() -> None:
    migration_2.contract()
