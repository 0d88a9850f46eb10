"""Who an account is at the county's own sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; a local account has none."""
    op.add_column("accounts", sa.Column("subject", sa.String(255)))
    op.create_index("accounts_by_subject", "accounts", ["subject"], unique=True)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("accounts_by_subject", "accounts")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("subject")
