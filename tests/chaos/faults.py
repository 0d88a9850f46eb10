"""What is done to the servers. Each begins, lasts while the workers are disturbed as well, and ends."""

from abc import ABC, abstractmethod
from contextlib import suppress
from typing import ClassVar

from shared.broker.topology import queue_of
from tests.chaos.county import READER, SETTLE_SECONDS
from tests.chaos.stage import BROKERS, DATABASE, Stage, wait_a_moment
from tests.support.chain_county import wait_until
from tests.support.rabbitmq_cluster import Node

SLOW_SECONDS = 0.05
"""What every message to the slow database waits; a query is one or two, a batch some twenty."""


class Fault(ABC):
    """One way to disturb. Those that can be done gently or hard are done hard to five workers."""

    name: ClassVar[str]
    on_small_disk: ClassVar[bool] = False
    county_goes_on: ClassVar[bool] = False
    """Whether events must arrive while it lasts, and not only afterwards."""

    def __init__(self, stage: Stage, *, hard: bool) -> None:
        self.stage = stage
        self.hard = hard

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def end(self) -> None: ...


class BrokerNodeDown(Fault):
    """The node that leads the reader's queue is stopped (or killed), and comes back."""

    name = "broker_node"
    county_goes_on = True

    def begin(self) -> None:
        self._node = self._leader()
        if self.hard:
            self._node.kill()
        else:
            self._node.stop()
        wait_a_moment()

    def end(self) -> None:
        self._node.start()

    def _leader(self) -> Node:
        """Return the leader of the reader's queue; of one that starts late, that of the next service's."""
        found: list[Node] = []

        def find() -> bool:
            for reader in (READER, "last"):
                with suppress(OSError, KeyError):
                    found.append(self.stage.cluster.leader_of(self.stage.vhost, queue_of(reader)))
            return bool(found)

        wait_until(find, SETTLE_SECONDS, "a queue")
        return found[0]


class BrokerCutOff(Fault):
    """No node can be reached: first silence, then connections break and new ones are refused."""

    name = "broker_cut_off"

    def begin(self) -> None:
        self.stage.network.freeze(*BROKERS)
        wait_a_moment(2)
        self.stage.network.cut(*BROKERS)
        wait_a_moment()

    def end(self) -> None:
        self.stage.network.mend(*BROKERS)


class BrokerDiskFull(Fault):
    """One node's disk is full: the cluster takes nothing from publishers any more."""

    name = "broker_disk_full"

    def begin(self) -> None:
        self.stage.cluster.fill_disk(self.stage.cluster.nodes[1])
        wait_a_moment(2)

    def end(self) -> None:
        self.stage.cluster.free_disk()


class DatabaseDiskFull(Fault):
    """The disk of all three databases is full, to the last byte."""

    name = "database_disk_full"
    on_small_disk = True

    def begin(self) -> None:
        assert self.stage.disk is not None
        self.stage.disk.fill()
        wait_a_moment(2)

    def end(self) -> None:
        assert self.stage.disk is not None
        self.stage.disk.free()


class DatabaseRestart(Fault):
    """The database server is stopped (or killed), and comes back."""

    name = "database"

    def begin(self) -> None:
        if self.hard:
            self.stage.postgresql.kill()
        else:
            self.stage.postgresql.stop()
        wait_a_moment()

    def end(self) -> None:
        self.stage.postgresql.start()


class SlowDatabase(Fault):
    """Everything a worker asks of its database takes long."""

    name = "slow_database"
    county_goes_on = True

    def begin(self) -> None:
        self.stage.network.slow(SLOW_SECONDS, DATABASE)
        wait_a_moment(2)

    def end(self) -> None:
        self.stage.network.mend(DATABASE)


FAULTS: dict[str, type[Fault]] = {
    fault.name: fault
    for fault in (
        BrokerNodeDown,
        BrokerCutOff,
        BrokerDiskFull,
        DatabaseDiskFull,
        DatabaseRestart,
        SlowDatabase,
    )
}
