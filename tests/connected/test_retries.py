"""Delays and pauses are kept in SQL: any number of workers share them, and none is lost with its worker."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from shared.broker.queues import queue_depths
from shared.messaging.delayed import count_delayed
from shared.messaging.pause import pause_reader, resume_reader
from tests.support.chain import MESSAGES, counted
from tests.support.chain_county import ChainCounty, wait_until

pytestmark = pytest.mark.connected

RETRIES = '{"refused": {"negative_income": {"after_seconds": [2, 1]}}}'
ENVIRONMENT: Mapping[str, str] = {"CHAIN_RETRIES": RETRIES}


def test_two_workers_count_the_tries_of_an_event_together(chain: ChainCounty) -> None:
    """Of three tries none is lost and none made twice, whoever makes it, even if one worker is killed."""
    processes = [chain.start("first", "second", "last", environment=ENVIRONMENT) for _ in range(2)]
    chain.first.tell([counted(-n, household=f"bad{n}") for n in range(1, 41)])

    def delayed() -> int:
        with chain.second.engine.connect() as connection:
            return count_delayed(connection)

    wait_until(lambda: delayed() == 40, 20, "the delays")
    assert [] == chain.second.set_aside()
    processes[0].kill()
    chain.tell(3)
    wait_until(lambda: len(chain.second.set_aside()) == 40, 20, "giving up")
    aside = MESSAGES.set_aside
    with chain.second.engine.connect() as connection:
        assert {3} == set(connection.execute(select(aside.c.times)).scalars())
    assert 0 == delayed()
    wait_until(lambda: len(chain.last.effects()) == 3, 10, "the good ones")


@pytest.mark.chaos
@pytest.mark.long
def test_every_worker_of_a_paused_reader_leaves_the_queue(chain: ChainCounty) -> None:
    """On RabbitMQ too: in two seconds nobody consumes, the queue keeps what comes, resumed all arrives."""
    for _ in range(2):
        chain.start("first", "second", "last")
    chain.tell(5)
    chain.settle()

    def consumers() -> int:
        depth = queue_depths(chain.broker_url, ["second"])["second"]
        return -1 if depth is None else depth.consumers

    assert 2 == consumers()
    with chain.second.uow() as uow:
        pause_reader(uow.connection, "second", by="op", reason="a look", at=chain.second.clock())
        uow.commit()
    wait_until(lambda: consumers() == 0, 2, "leaving the queue")
    before = len(chain.second.effects())
    chain.tell(30)
    wait_until(lambda: not chain.first.waiting(), 5, "the relay")
    assert before == len(chain.second.effects())
    with chain.second.uow() as uow:
        resume_reader(uow.connection, "second")
        uow.commit()
    wait_until(lambda: consumers() == 2, 3, "coming back")
    chain.settle()
