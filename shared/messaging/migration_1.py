"""What message operations added to every service's tables. Frozen: four numbered migrations stand on it."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import UtcDateTime


def _added_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("reader", sa.String(32), nullable=False, server_default=""),
        sa.Column("first_at", UtcDateTime()),
        sa.Column("resolution", sa.String(16)),
        sa.Column("resolved_by", sa.String(64)),
        sa.Column("note", sa.Text()),
        sa.Column("replaced_by", sa.String(64)),
        sa.Column("corrects", sa.String(64)),
        sa.Column("body_sha256", sa.String(64)),
    )


def expand() -> None:
    """Add columns, tables and indexes; a release that knows none of them goes on writing its own."""
    for column in _added_columns():
        op.add_column("set_aside", column)
    waiting = sa.text("resolved_at IS NULL")
    op.create_index("set_aside_waiting", "set_aside", ["at"], postgresql_where=waiting, sqlite_where=waiting)
    op.create_table(
        "delayed_event",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("reader", sa.String(32), nullable=False),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("subject", sa.String(96), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
    )
    op.create_index("delayed_event_next", "delayed_event", ["next_at"])
    op.create_table(
        "reader_pause",
        sa.Column("reader", sa.String(32), primary_key=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("paused_by", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )


def contract() -> None:
    """Take it all away again. What is delayed must have been taken in or set aside before."""
    op.drop_table("reader_pause")
    op.drop_table("delayed_event")
    op.drop_index("set_aside_waiting", "set_aside")
    with op.batch_alter_table("set_aside") as set_aside:
        for column in reversed(_added_columns()):
            set_aside.drop_column(column.name)
