"""Bring one service's database to the newest migration, or say how far it is behind."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text

_LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'"
_STATEMENT_TIMEOUT = "SET LOCAL statement_timeout = '10min'"
_ADVISORY_LOCK = 6_103_27


def upgrade(engine: Engine, migrations: Path) -> None:
    """Apply what is missing, in one transaction; two at once wait for each other."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
            connection.execute(text(_LOCK_TIMEOUT))
            connection.execute(text(_STATEMENT_TIMEOUT))
        command.upgrade(_config(migrations, connection), "head")


def pending(engine: Engine, migrations: Path) -> list[str]:
    """Return the revisions not yet applied, oldest first."""
    script = ScriptDirectory(str(migrations))
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    newer = list(script.iterate_revisions("head", current)) if current != script.get_current_head() else []
    return [revision.revision for revision in reversed(newer)]


def _config(migrations: Path, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    return config


def run_env(target: MetaData) -> None:
    """Be the body of a service's ``migrations/env.py``: migrate on the connection given by ``upgrade``."""
    from alembic import context  # noqa: PLC0415  (alembic fills this proxy only while a migration runs)

    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection, target_metadata=target, render_as_batch=True, transaction_per_migration=False
    )
    context.run_migrations()
