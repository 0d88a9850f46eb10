"""The accounts' own audit trail: sign-ins, and what was done to accounts."""

from shared.audit.migration_1 import create_audit, drop_audit

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create_audit()


def downgrade() -> None:
    drop_audit()
