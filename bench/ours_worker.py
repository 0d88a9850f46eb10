"""A worker of ours, to be measured: ``python -m bench.ours_worker first|second|last``."""

import shared.broker.patched  # noqa: F401, I001  (first of all)

import os
import sys

from bench.chain import open_service
from bench.latency import Latencies
from shared.broker import topology
from shared.broker.bootstrapped import Bootstrapped
from shared.broker.consume import Batch
from shared.broker.consume_batch import consume_batch
from shared.broker.relay import EVENTS_IN_A_MESSAGE, OutboxRelay
from shared.broker.relay_outbox import relay_outbox
from shared.broker.worker import ServiceWorker, run_worker
from shared.contracts.envelope import Envelope
from shared.messaging.intake import Taken
from tests.support.chain import ChainService

NAME = sys.argv[1]
LATENCIES = Latencies(NAME)
topology.QUEUE_ARGUMENTS["x-queue-type"] = os.environ.get("BENCH_QUEUE_TYPE") or "quorum"
IN_A_MESSAGE = int(os.environ.get("BENCH_IN_A_MESSAGE", str(EVENTS_IN_A_MESSAGE)))


def opened() -> ChainService:
    """Return the service that the environment describes."""
    return open_service(
        NAME,
        os.environ["BENCH_DATABASE_URL"],
        os.environ["BENCH_BROKER_URL"],
        batch_size=int(os.environ["BENCH_BATCH_SIZE"]),
    )


class Worker(ServiceWorker):
    """The worker of any service, with its latencies noted and its messages cut as asked."""

    name = NAME
    service = Bootstrapped(opened)

    @consume_batch
    def take(self, batch: Batch) -> Taken:
        taken = super().take(batch)
        LATENCIES.note(event.data for event in batch if isinstance(event, Envelope))
        return taken

    @relay_outbox
    def relay(self, relay: OutboxRelay) -> int:
        relay._events_in_a_message = IN_A_MESSAGE  # noqa: SLF001  (nobody but a measurement wants it)
        return relay.drain()


if __name__ == "__main__":
    run_worker(Worker)
    LATENCIES.write()
