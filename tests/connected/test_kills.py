"""``kill -9`` of workers at random moments, and two of each at work on one queue."""

import random
import time

import pytest

from tests.support.chain_county import ChainCounty, wait_until

pytestmark = [pytest.mark.connected, pytest.mark.chaos]


@pytest.mark.parametrize(
    "seed", [1, pytest.param(2, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)]
)
def test_workers_killed_at_random_moments(chain: ChainCounty, seed: int) -> None:
    """However often workers are killed under load, every accepted change has its effects exactly once."""
    chance = random.Random(seed)
    for names in (("first",), ("second",), ("second",), ("last",)):
        chain.start(*names)
    with chain.under_load():
        time.sleep(2)
        for _ in range(6):
            time.sleep(chance.uniform(0.3, 1.6))
            chain.kill_one(chance)
        time.sleep(1)
    chain.settle(40)
    chain.stop()  # whatever the code: one may have been killed a moment ago and not be up yet


def test_two_workers_share_a_queue(chain: ChainCounty) -> None:
    """Two workers of one service both take part, and nothing is done twice."""
    chain.start("first", "last")
    workers = [chain.start("second"), chain.start("second")]
    wait_until(lambda: chain.backends("second") >= 2, 20, "both workers at the database")
    with chain.under_load(2000):
        time.sleep(3)
    chain.settle(40)
    assert all(worker.poll() is None for worker in workers)
    assert [0, 0, 0, 0][: len(workers) + 1] == chain.stop()


@pytest.mark.long
def test_a_worker_stopped_under_load(chain: ChainCounty) -> None:
    """SIGTERM lets a worker finish what it is doing, exits 0 within 20 s, and its successor continues."""
    chain.start("first", "second", "last")
    chain.tell(1)
    wait_until(lambda: len(chain.last.effects()) == 1, 20, "the first event")
    with chain.under_load(1000):
        time.sleep(1)
        started = time.monotonic()
        assert [0] == chain.stop()
        assert time.monotonic() - started < 20
        chain.start("first", "second", "last")
        time.sleep(1)
    chain.settle(40)
