"""A key per person, so that a person can be erased and digests stay."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Filled by the change that brings the tables."""


def downgrade() -> None:
    """Nothing yet."""
