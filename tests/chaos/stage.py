"""What all cells of the matrix share: brokers, a database server, the wires to them, a nursery of workers."""

import itertools
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from tests.chaos.county import TrialCounty
from tests.support.chain_county import NAMES
from tests.support.network import Network
from tests.support.nursery import Nursery
from tests.support.postgresql import PostgreSQL
from tests.support.rabbitmq_cluster import RabbitMQCluster
from tests.support.small_disk import SmallDisk, can_mount

BROKERS = ("broker1", "broker2", "broker3")
DATABASE = "database"
SMALL = "small"
_MEGABYTES = 64


class Stage:
    """Servers that are disturbed, and made whole again after every cell."""

    def __init__(self, postgresql: PostgreSQL, place: Path) -> None:
        self.postgresql = postgresql
        self.place = place
        self.cluster = RabbitMQCluster()
        self.can_fill_disks = can_mount(postgresql.directory / "trial")
        self.disk: SmallDisk | None = None
        self._numbers = itertools.count(1)
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as ending:
            ending.enter_context(self.cluster)
            ports = dict(zip(BROKERS, (node.port for node in self.cluster.nodes), strict=True))
            self.network = ending.enter_context(Network({**ports, DATABASE: self.postgresql.port}))
            self._nursery = ending.enter_context(Nursery(self.place / "workers.log"))
            self._ending = ending.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def heal(self) -> None:
        """Make everything whole, whatever was done to it."""
        self.network.mend(*BROKERS, DATABASE)
        self.postgresql.start()
        self.cluster.heal()
        if self.disk is not None:
            self.disk.free()

    @contextmanager
    def county(self, workers: int, *, on_small_disk: bool = False) -> Iterator[TrialCounty]:
        """A county of its own: an empty vhost, three empty databases, no process yet."""
        self.heal()
        with ExitStack() as ending:
            self.vhost = f"trial{next(self._numbers)}"
            self.cluster.running.create_vhost(self.vhost)
            ending.callback(lambda: self.cluster.running.delete_vhost(self.vhost))
            tablespace = ending.enter_context(self._small_disk()) if on_small_disk else "pg_default"
            databases = {}
            for name in NAMES:
                database = f"{self.vhost}_{name}"
                databases[name] = self.postgresql.create_database(database, tablespace=tablespace)
                ending.callback(self.postgresql.drop_database, database)
            ending.callback(self.heal)
            county = TrialCounty(
                self._broker_url(), databases, self._wired(databases), self._nursery, workers
            )
            ending.callback(county.close)
            yield county

    @contextmanager
    def _small_disk(self) -> Iterator[str]:
        place = self.postgresql.directory / "small"
        with SmallDisk(place, megabytes=_MEGABYTES) as self.disk:
            self.postgresql.create_tablespace(SMALL, place)
            yield SMALL
            self.disk.free()
            self.postgresql.drop_tablespace(SMALL)
        self.disk = None

    def _broker_url(self) -> str:
        """Every node, each behind its wire."""
        nodes = ",".join(f"127.0.0.1:{self.network.ports[name]}" for name in BROKERS)
        return f"amqp://guest:guest@{nodes}/{self.vhost}"

    def _wired(self, databases: dict[str, str]) -> dict[str, str]:
        real, wire = f":{self.postgresql.port}/", f":{self.network.ports[DATABASE]}/"
        return {name: url.replace(real, wire) for name, url in databases.items()}


def wait_a_moment(seconds: float = 1.0) -> None:
    """Let things happen: what is asserted afterwards never depends on how many did."""
    time.sleep(seconds)
