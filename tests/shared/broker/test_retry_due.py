from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from shared.broker.consume import BatchReader, read_until_quiet
from shared.broker.link import open_link
from shared.broker.relay import OutboxRelay
from shared.broker.retry_due import is_due, retry_all_due
from shared.kernel.clock import SetClock
from shared.messaging.pause import pause_reader
from tests.support import chain
from tests.support.chain import ChainService, counted
from tests.support.messages import several

START = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def second(second: ChainService, clock: SetClock) -> ChainService:
    """The second service, by a clock that stands still."""
    return ChainService(second.name, second.settings, second.reader, clock)


def failed_once(second: ChainService) -> None:
    reader = BatchReader.of(second)
    reader.open()
    open_link(second.settings.broker_url).publish([several("e1", "e2")])
    with patch("tests.support.chain.note", side_effect=KeyError):
        assert 2 == reader.step()
    reader.close()


def test_acknowledged_once_it_lies_in_sql(second: ChainService) -> None:
    """The broker is done with an event that is delayed; it comes back by the service's own clock alone."""
    failed_once(second)
    reader = BatchReader.of(second)
    assert 0 == reader.step()
    assert ([], []) == (second.effects(), second.set_aside())
    assert (False, 0) == (is_due(second), retry_all_due(second))


def test_due_by_the_clock_of_the_service(second: ChainService, clock: SetClock) -> None:
    """A simulated day has no seconds to wait for: when its clock has moved on, what was delayed is due."""
    failed_once(second)
    clock.set(START + timedelta(hours=1))
    assert is_due(second)
    assert 2 == retry_all_due(second)
    assert ["e1", "e2"] == second.effects()
    assert not is_due(second)


def test_not_while_paused(second: ChainService, clock: SetClock) -> None:
    """A paused reader does not take in what is due either."""
    failed_once(second)
    clock.set(START + timedelta(hours=1))
    with second.uow() as uow:
        pause_reader(uow.connection, "second", by="op", reason="a look", at=START)
        uow.commit()
    assert (False, 0, []) == (is_due(second), retry_all_due(second), second.effects())


def test_the_embedded_county_carries_it_to_its_end(
    services: dict[str, ChainService], clock: SetClock
) -> None:
    """With the other turns, what is due is taken in, and its consequences arrive in the same round."""
    first, second, last = (ChainService(s.name, s.settings, s.reader, clock) for s in services.values())
    relays = [OutboxRelay.of(first), OutboxRelay.of(second)]
    readers = [BatchReader.of(second), BatchReader.of(last)]
    due = [lambda: retry_all_due(second)]
    first.tell([counted(1), counted(2)])
    with patch.object(chain, "note", side_effect=KeyError):
        read_until_quiet(relays, readers, due)
    assert ([], []) == (second.effects(), last.effects())
    clock.set(START + timedelta(minutes=1))
    read_until_quiet(relays, readers, due)
    assert 2 == len(last.effects())
