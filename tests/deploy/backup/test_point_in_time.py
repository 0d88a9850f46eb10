"""The route of docs/operations.md for PostgreSQL: a base backup and archived WAL, to any moment."""

import subprocess
import time

import pytest

from tests.support.postgresql import PostgreSQL
from tests.support.server import hand_over, unprivileged

pytestmark = [pytest.mark.connected, pytest.mark.chaos, pytest.mark.long]


class Archiving(PostgreSQL):
    """A server with settings of its own beside those of all."""

    def __init__(self, **settings: str) -> None:
        super().__init__()
        self._settings = self._settings | settings

    def ask(self, statement: str) -> str:
        with self._connect() as connection:
            row = connection.execute(statement).fetchone()
            return str(row[0]) if row else ""

    def do(self, statement: str) -> None:
        with self._connect() as connection:
            connection.execute(statement)


def test_a_server_is_brought_back_to_a_moment():
    """Everything committed before the moment is there again, the accident after it is not."""
    archive, base = "archive", "base"
    with Archiving(wal_level="replica", archive_mode="on") as server:
        place = server.directory / archive
        place.mkdir()
        hand_over(place)
        server.do(f"ALTER SYSTEM SET archive_command = 'test ! -f {place}/%f && cp %p {place}/%f'")
        server.do("SELECT pg_reload_conf()")
        server.do("CREATE TABLE wells (id int)")
        subprocess.run(
            [
                str(server._bin / "pg_basebackup"),
                *("--host=127.0.0.1", f"--port={server.port}", "--username=postgres"),
                *("--checkpoint=fast", "--wal-method=stream", f"--pgdata={server.directory / base}"),
            ],
            check=True,
            capture_output=True,
            cwd=server.directory,
            **unprivileged(),
        )
        server.do("INSERT INTO wells VALUES (1)")
        moment = server.ask("SELECT clock_timestamp()")
        time.sleep(0.2)
        server.do("DROP TABLE wells")
        server.do("SELECT pg_switch_wal()")
        until = time.monotonic() + 30
        while (
            server.ask("SELECT archived_count > 0 AND last_archived_wal IS NOT NULL FROM pg_stat_archiver")
            != "True"
        ):
            assert time.monotonic() < until
            time.sleep(0.1)
        server.stop()
        again = Archiving(
            restore_command=f"cp {place}/%f %p",
            recovery_target_time=moment,
            recovery_target_action="promote",
            archive_mode="off",
        )
        again._data = server.directory / base
        (again._data / "recovery.signal").touch()
        hand_over(again._data / "recovery.signal")
        with again:
            until = time.monotonic() + 60
            while again.ask("SELECT pg_is_in_recovery()") != "False":
                assert time.monotonic() < until
                time.sleep(0.1)
            assert "1" == again.ask("SELECT count(*) FROM wells")
