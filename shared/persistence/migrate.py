"""Bring one database to the newest migration, or say how far it is from it. Why so: docs/migrations.md."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, text
from sqlalchemy.exc import OperationalError

from shared.kernel.errors import ConflictError, Problem

VERSION_TABLE = "alembic_version"
_ADVISORY_LOCK = 6_103_27
_LOCK_NOT_AVAILABLE = "55P03"


class DatabaseNewerError(ConflictError):
    """Raised when an old release is asked to upgrade a database that a newer one has migrated."""

    code = "database_newer"
    zh = "数据库（{current}）比本程序（{head}）新：请用新版本程序升级"
    en = "The database ({current}) is newer than this release ({head}): upgrade with the newer release"


class MigrationLockedOutError(Problem):
    """Raised when every try met somebody who held a table for longer than the lock time-out."""

    code = "migration_locked_out"
    zh = "数据库升级未能取得表锁，已试 {tries} 次；已完成的步骤保留，可重新执行"
    en = "The migration did not get its lock in {tries} tries; what was done stays, run it again"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a migration may hold up others, on PostgreSQL.

    A statement that waits for a lock lets everybody after it wait too: so it gives
    up after *lock_seconds* and tries again *tries* times in all, *pause_seconds* apart.
    """

    lock_seconds: float = 5.0
    statement_seconds: float = 600.0
    tries: int = 12
    pause_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """How a database stands to the code. *missing* is oldest first, and empty for a newer database."""

    current: str | None
    head: str
    missing: tuple[str, ...]
    newer: bool


def upgrade(
    engine: Engine, migrations: Path, limits: Limits | None = None, *, version_table: str = VERSION_TABLE
) -> None:
    """Apply what is missing; two at once wait for each other.

    On PostgreSQL each migration is a transaction of its own, so that no lock is held
    for longer than its own step; on SQLite all are one. Raises DatabaseNewerError
    and MigrationLockedOutError.
    """
    limits = limits or Limits()
    if engine.dialect.name != "postgresql":
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            _apply(connection, migrations, version_table)
        return
    for attempt in range(1, limits.tries + 1):
        try:
            with _alone(engine, limits), _limited(engine, limits) as connection:
                _apply(connection, migrations, version_table, limits)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                raise
            if attempt == limits.tries:
                raise MigrationLockedOutError(tries=limits.tries) from error
            time.sleep(limits.pause_seconds)
        else:
            return


def state_of(engine: Engine, migrations: Path, *, version_table: str = VERSION_TABLE) -> DatabaseState:
    """Return how the database stands to the migrations; reads only."""
    with engine.connect() as connection:
        return _state(connection, migrations, version_table)


def pending(engine: Engine, migrations: Path) -> list[str]:
    """Return the revisions not yet applied, oldest first."""
    return list(state_of(engine, migrations).missing)


def sql_of(migrations: Path, since: str, until: str = "head") -> str:
    """Return the PostgreSQL statements of the migrations after *since*, as they would be sent."""
    written = StringIO()
    config = _config(migrations)
    config.output_buffer = written
    command.upgrade(config, f"{since}:{until}", sql=True)
    return written.getvalue()


def run_env(target: MetaData, *, version_table: str = VERSION_TABLE) -> None:
    """Be the body of a ``migrations/env.py``: migrate on the connection given by ``upgrade``."""
    from alembic import context  # noqa: PLC0415  (alembic fills this proxy only while a migration runs)

    if context.is_offline_mode():
        context.configure(
            dialect_name="postgresql",
            target_metadata=target,
            version_table=version_table,
            literal_binds=True,
        )
        context.run_migrations()
        return
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=target,
        render_as_batch=True,
        version_table=version_table,
        transaction_per_migration=context.config.attributes["apart"],
    )
    context.run_migrations()


def _apply(connection: Connection, migrations: Path, version_table: str, apart: Limits | None = None) -> None:
    """Migrate on *connection*; with the limits of *apart* each migration is a transaction of its own."""
    state = _state(connection, migrations, version_table)
    if apart is not None:
        connection.rollback()  # what reading began: each migration begins a transaction of its own
    if state.newer:
        raise DatabaseNewerError(current=state.current, head=state.head)
    if not state.missing:
        return
    config = _config(migrations)
    config.attributes.update(connection=connection, apart=apart is not None)
    if apart is not None:
        config.attributes["limits"] = _settings(apart)
    command.upgrade(config, "head")


def _state(connection: Connection, migrations: Path, version_table: str) -> DatabaseState:
    script = ScriptDirectory(str(migrations))
    known = [revision.revision for revision in script.walk_revisions()][::-1]
    context = MigrationContext.configure(connection, opts={"version_table": version_table})
    current = context.get_current_revision()
    newer = current is not None and current not in known
    done = known.index(current) + 1 if current is not None and not newer else 0
    return DatabaseState(current, known[-1], () if newer else tuple(known[done:]), newer)


@contextmanager
def _alone(engine: Engine, limits: Limits) -> Iterator[None]:
    """Hold this database's advisory lock for as long as a whole upgrade may take."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(_settings(limits)[1]))
        connection.execute(text(f"SELECT pg_advisory_lock({_ADVISORY_LOCK})"))
        try:
            yield
        finally:
            connection.invalidate()  # closes it: the lock goes, the settings do not return to the pool


@contextmanager
def _limited(engine: Engine, limits: Limits) -> Iterator[Connection]:
    with engine.connect() as connection:
        for setting in _settings(limits):
            connection.execute(text(setting))
        connection.commit()
        try:
            yield connection
        finally:
            connection.invalidate()


def _settings(limits: Limits) -> tuple[str, str]:
    lock, statement = (round(seconds * 1000) for seconds in (limits.lock_seconds, limits.statement_seconds))
    return f"SET lock_timeout = {lock}", f"SET statement_timeout = {statement}"


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    return config
