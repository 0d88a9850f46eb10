"""The audit trail: what was done by whom, each entry sealed by the one before."""

from shared.audit.migration_1 import create_audit, drop_audit

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    create_audit()


def downgrade() -> None:
    drop_audit()
