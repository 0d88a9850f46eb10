"""Indexes for tables that are in use: built beside the work, which a plain index would make wait."""

from collections.abc import Sequence

from alembic import op
from alembic.migration import MigrationContext


def create_index_concurrently(name: str, table: str, columns: Sequence[str], *, unique: bool = False) -> None:
    """Build an index in a migration of its own, on PostgreSQL without keeping writers waiting.

    It leaves the migration's transaction: nothing else belongs into the same
    migration. A build that broke off leaves an invalid index, which the next try removes.
    """
    context = op.get_context()
    if context.dialect.name != "postgresql":
        op.create_index(name, table, list(columns), unique=unique)
        return
    with context.autocommit_block():
        # It waits for older transactions and holds up nobody: time-outs would only break it off.
        op.execute("SET lock_timeout = 0")
        op.execute("SET statement_timeout = 0")
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.create_index(name, table, list(columns), unique=unique, postgresql_concurrently=True)
        for statement in _limits(context):
            op.execute(statement)


def _limits(context: MigrationContext) -> Sequence[str]:
    """Return the statements that set the time-outs of the upgrade again; offline there are none."""
    config = context.config
    return () if config is None else config.attributes.get("limits", ())
