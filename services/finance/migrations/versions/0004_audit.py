"""The audit trail: what was done by whom, each entry sealed by the one before."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Filled by the change that brings the tables."""


def downgrade() -> None:
    """Nothing yet."""
