"""Problems and their rectification."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
