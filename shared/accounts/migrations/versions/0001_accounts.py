"""Accounts, failed sign-ins, ended sessions; a database from before migrations has them already."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create what is missing."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("login", sa.String(40), nullable=False, unique=True),
        sa.Column("display_name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(100), nullable=False),
        sa.Column("service", sa.String(32)),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("login_digest", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "ended_sessions",
        sa.Column("session_id", sa.String(64), primary_key=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        if_not_exists=True,
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("ended_sessions", "sign_in_failures", "accounts"):
        op.drop_table(table)
