"""One consistent copy of a database into a file, and back, for SQLite and for PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL

from deploy.backup.manifest import Figures, figures_of
from shared.kernel.errors import ConflictError, Problem
from shared.persistence.engine import open_engine

_LAST_LINES = 3


class DumpFailedError(Problem):
    """Raised when PostgreSQL's own program failed; its last lines say why."""

    code = "dump_failed"
    zh = "{program} 失败：{why}"
    en = "{program} failed: {why}"


class ProgramMissingError(ConflictError):
    """Raised when PostgreSQL's client programs are not on this machine."""

    code = "program_missing"
    zh = "本机没有 {program}：请安装 postgresql-client"
    en = "There is no {program} on this machine: install postgresql-client"


def copy_out(engine: Engine, version_table: str, directory: Path) -> tuple[str, Figures]:
    """Write the database into *directory* as of one moment; return the file's name and its figures."""
    if engine.dialect.name == "sqlite":
        return "database.sqlite", _sqlite_out(engine, version_table, directory / "database.sqlite")
    return "database.dump", _postgresql_out(engine, version_table, directory / "database.dump")


def copy_in(engine: Engine, file: Path) -> None:
    """Fill the database, which must be empty, from *file*."""
    if engine.dialect.name == "sqlite":
        # Page by page through SQLite itself: a reader sees the old county or the new one.
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(_path(engine))) as target:
            source.backup(target)
        engine.dispose()
        return
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", engine.url, *options, str(file))


def is_empty(engine: Engine) -> bool:
    """Say whether the database has no table at all."""
    return not inspect(engine).get_table_names()


def empty(engine: Engine) -> None:
    """Remove every table and function of the database: everything in it is lost."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        for ending in ("", "-wal", "-shm"):
            Path(f"{_path(engine)}{ending}").unlink(missing_ok=True)
        return
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
        ours = (
            "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace "
            "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for name in connection.execute(text(ours)).scalars().all():
            connection.execute(text(f"DROP FUNCTION {name} CASCADE"))


def list_dump(file: Path) -> None:
    """Read the table of contents of a PostgreSQL dump; raises DumpFailedError when it cannot be read."""
    _run("pg_restore", None, "--list", str(file))


def _sqlite_out(engine: Engine, version_table: str, file: Path) -> Figures:
    with closing(sqlite3.connect(_path(engine))) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    copy = open_engine(f"sqlite:///{file}")
    try:
        with copy.connect() as connection:
            figures = figures_of(connection, version_table)
    finally:
        copy.dispose()
    with closing(sqlite3.connect(file)) as target:
        target.execute("PRAGMA journal_mode=DELETE")
    return figures


def _postgresql_out(engine: Engine, version_table: str, file: Path) -> Figures:
    with engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        # It stands still while the dump runs, however long that takes.
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        figures = figures_of(connection, version_table)
        _run("pg_dump", engine.url, "--format=custom", f"--snapshot={snapshot}", f"--file={file}")
        _still_there(connection)
    return figures


def _still_there(connection: Connection) -> None:
    """Fail if the transaction that held the snapshot has ended: figures and dump might differ."""
    connection.execute(text("SELECT 1"))


def _run(name: str, url: URL | None, *options: str) -> None:
    where: list[str] = []
    environment = {**os.environ, "PGOPTIONS": ""}
    if url is not None:
        # The password goes by the environment: a command line is read by everybody on the machine.
        plain = URL.create(
            "postgresql", url.username, host=url.host, port=url.port, database=url.database, query=url.query
        )
        where = [f"--dbname={plain.render_as_string(hide_password=False)}"]
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(
        [_program(name), *where, *options], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        why = " / ".join(done.stderr.strip().splitlines()[-_LAST_LINES:])
        raise DumpFailedError(program=name, why=why)


def _program(name: str) -> str:
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: path.parts[-3])
    found = str(newest[-1]) if newest else shutil.which(name)
    if found is None:
        raise ProgramMissingError(program=name)
    return found


def _path(engine: Engine) -> str:
    return str(engine.url.database)
