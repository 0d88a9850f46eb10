"""A private PostgreSQL: own cluster and port; apart from any that the system runs."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.certificates import Authority
from tests.support.server import Server, ServerError, find_program, free_port, hand_over, unprivileged

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # a killed server loses nothing by it, only a machine without power would
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "jit": "off",
    "log_min_messages": "warning",
}


class PostgreSQL(Server):
    """A database server for tests. ``create_database`` gives each test one to itself.

    With *tls* it is called localhost and speaks TLS to who asks for it.
    """

    program = "postgresql"
    _stop_signal = signal.SIGINT  # "fast": closes connections instead of waiting for them

    def __init__(self, directory: Path | None = None, *, tls: Authority | None = None) -> None:
        super().__init__(directory)
        self.port = free_port()
        self._bin = find_program("initdb", "/usr/lib/postgresql/*/bin").parent
        self._data = self.directory / "data"
        self._settings = _SETTINGS | {"port": str(self.port)}
        hand_over(self.directory)
        if tls is not None:
            made = tls.issue("localhost", self.directory)
            hand_over(made.key)
            self._settings |= {"ssl": "on", "ssl_cert_file": str(made.path), "ssl_key_file": str(made.key)}

    @property
    def url(self) -> str:
        """The maintenance database."""
        return self.url_of("postgres")

    def url_of(self, name: str) -> str:
        """Return the address of database *name*, for SQLAlchemy."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def create_database(self, name: str, *, tablespace: str = "pg_default") -> str:
        """Create an empty database and return its address."""
        command = sql.SQL("CREATE DATABASE {} TABLESPACE {}")
        self._run(command.format(sql.Identifier(name), sql.Identifier(tablespace)))
        return self.url_of(name)

    def create_tablespace(self, name: str, place: Path) -> None:
        """Let databases lie at *place*, an empty directory of the server's user."""
        self._run(sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(sql.Identifier(name), str(place)))

    def drop_tablespace(self, name: str) -> None:
        """Forget it again; no database may lie there any more."""
        self._run(sql.SQL("DROP TABLESPACE {}").format(sql.Identifier(name)))

    def drop_database(self, name: str) -> None:
        """Remove a database; its connections are closed."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        )

    def _command(self) -> Sequence[str | Path]:
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        return [self._bin / "postgres", "-D", self._data, *settings]

    def _environment(self) -> Mapping[str, str]:
        return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "TZ": "UTC"}

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), self._connect():
            return True
        return False

    def _prepare(self) -> None:
        if self._data.exists():
            return
        done = subprocess.run(
            [
                str(self._bin / "initdb"),
                *("--pgdata", str(self._data), "--username=postgres", "--auth=trust"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"),
            ],
            env=dict(self._environment()),
            cwd=self.directory,
            capture_output=True,
            text=True,
            check=False,
            **unprivileged(),
        )
        if done.returncode:
            raise ServerError(f"initdb failed: {done.stderr}")
