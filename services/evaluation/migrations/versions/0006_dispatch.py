"""Month-end dispatch, meetings, demonstration sites."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables of this subject."""


def downgrade() -> None:
    """Take them away again."""
