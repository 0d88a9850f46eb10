"""Events by the time they were recorded: a running score reads only what is new."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("ix_journal_recorded", "journal", ["recorded_at"])


def downgrade() -> None:
    op.drop_index("ix_journal_recorded", "journal")
