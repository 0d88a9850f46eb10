"""The servers of a measurement, and what each process has used."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from sqlalchemy import create_engine

from tests.support.chain import METADATA
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq import RabbitMQ


@dataclass
class Servers:
    """Where the servers are, and how a fresh pair of databases and a vhost is made."""

    rabbitmq: RabbitMQ
    postgresql: PostgreSQL
    _runs: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def usage(self) -> dict[str, dict[str, float]]:
        """Return the processor seconds used so far by each server and its children."""
        return {
            server.program: {"cpu": sum(usage_of(process.pid)["cpu"] for process in _family(server.pid))}
            for server in (self.rabbitmq, self.postgresql)
        }

    @contextlib.contextmanager
    def fresh(self) -> Iterator[tuple[str, dict[str, str]]]:
        run = f"run{next(self._runs)}"
        broker = self.rabbitmq.create_vhost(run)
        names = {name: f"{run}_{name}" for name in ("first", "second", "last")}
        databases = {name: self.postgresql.create_database(database) for name, database in names.items()}
        for url in databases.values():
            engine = create_engine(url)
            METADATA.create_all(engine)
            engine.dispose()
        yield broker, databases
        self.rabbitmq.delete_vhost(run)
        for database in names.values():
            self.postgresql.drop_database(database)


def _family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def usage_of(pid: int) -> dict[str, float]:
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    return {"peak_mb": int(peak.split()[1]) / 1024, "cpu": ticks / os.sysconf("SC_CLK_TCK")}
