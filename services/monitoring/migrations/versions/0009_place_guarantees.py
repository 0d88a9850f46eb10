"""Housing, water, toilets, sewage, clean villages."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
