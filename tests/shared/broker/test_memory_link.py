import itertools
import threading

import pytest

from shared.broker.link import open_link
from shared.broker.memory_link import MemoryLink
from tests.support.messages import single

_numbers = itertools.count()


@pytest.fixture
def url() -> str:
    """The address of a broker of this test alone."""
    return f"memory://link{next(_numbers)}"


def reading(url: str, reader: str, *publishers: str, prefetch: int = 10) -> MemoryLink:
    """Return a link that takes the deliveries of *reader*."""
    link = MemoryLink(url)
    link.declare_queue(reader, publishers)
    link.consume(reader, prefetch=prefetch)
    return link


def bodies(link: MemoryLink) -> list[bytes]:
    """Return what is there."""
    found = []
    while (delivery := link.receive(0)) is not None:
        found.append(delivery.body)
    return found


def test_every_reader_gets_it_once(url: str) -> None:
    """What a publisher tells is in the queue of each of its readers, and of nobody else."""
    second, last, other = (
        reading(url, "second", "first"),
        reading(url, "last", "first"),
        reading(url, "x", "y"),
    )
    message = single("e1")
    assert set() == open_link(url).publish([message])
    assert [message.body] == bodies(second)
    assert [message.body] == bodies(last)
    assert [] == bodies(other)


def test_no_queue_takes_it(url: str) -> None:
    """A message without a queue is refused, not dropped."""
    assert {0} == open_link(url).publish([single("e1")])


def test_has_queue(url: str) -> None:
    """A queue is there once its reader has declared it."""
    link = open_link(url)
    assert not link.has_queue("second")
    link.declare_queue("second", ["first"])
    assert link.has_queue("second")


def test_what_was_not_acknowledged_comes_again(url: str) -> None:
    """A link that ends gives back what it had not acknowledged, in order, to its own queue only."""
    second, last = reading(url, "second", "first"), reading(url, "last", "first")
    messages = [single(f"e{n}") for n in range(4)]
    second.publish(messages)
    assert 4 == len(bodies(last))
    deliveries = [second.receive(0) for _ in range(3)]
    assert deliveries[0] is not None
    second.acknowledge(deliveries[0])
    second.close()
    again = reading(url, "second", "first")
    assert [message.body for message in messages[1:]] == bodies(again)
    assert [] == bodies(last)


def test_prefetch(url: str) -> None:
    """No more than *prefetch* deliveries are out unacknowledged."""
    link = reading(url, "second", "first", prefetch=2)
    link.publish([single(f"e{n}") for n in range(3)])
    assert link.receive(0) is not None
    second = link.receive(0)
    assert second is not None
    assert link.receive(0) is None
    link.acknowledge(second)
    assert link.receive(0) is not None


def test_waiting_ends_with_a_message(url: str) -> None:
    """Who waits gets the message when it comes."""
    link = reading(url, "second", "first")
    timer = threading.Timer(0.05, lambda: MemoryLink(url).publish([single("e1")]))
    timer.start()
    assert link.receive(10) is not None
    timer.join()


def test_waiting_ends_without_a_message(url: str) -> None:
    """Who waits for nothing gets None in the end."""
    assert reading(url, "second", "first").receive(0.01) is None
