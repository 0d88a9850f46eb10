import itertools
import threading
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.broker.consume import Batch, BatchReader, read_until_quiet
from shared.broker.link import Depth, Message, open_link
from shared.broker.outage import Outage
from shared.broker.relay import OutboxRelay
from shared.contracts.envelope import BATCH_MEDIA_TYPE, Envelope
from shared.messaging.pause import pause_reader, resume_reader
from shared.persistence.unit_of_work import SqlUnitOfWork
from tests.support.chain import ChainService, counted
from tests.support.chain_county import wait_until
from tests.support.messages import event_json, garbage, several, single, without

_numbers = itertools.count()


def recording(url: str, taken: list[Batch], size: int = 200) -> BatchReader:
    """Return an open reader of ``second`` that notes its batches."""
    reader = BatchReader(url, "second", ["first"], lambda batch: taken.append(list(batch)), size=size)
    reader.open()
    return reader


def ids(batch: Batch) -> list[str]:
    return [event.id for event in batch]


def test_what_is_there_is_one_batch(first: ChainService) -> None:
    """A step takes what is there, single events and batches, in one delivery, and then nothing."""
    url, taken = first.settings.broker_url, list[Batch]()
    reader = recording(url, taken)
    open_link(url).publish([single("e1"), several("e2", "e3"), single("e4")])
    assert 4 == reader.step()
    assert 0 == reader.step()
    assert [["e1", "e2", "e3", "e4"]] == [ids(batch) for batch in taken]


def test_size_counts_events(first: ChainService) -> None:
    """A batch ends with the message that fills it; the rest is for the next step."""
    url, taken = first.settings.broker_url, list[Batch]()
    reader = recording(url, taken, size=3)
    open_link(url).publish([several("e1", "e2"), several("e3", "e4"), single("e5")])
    assert [4, 1, 0] == [reader.step() for _ in range(3)]


def test_an_empty_batch_is_acknowledged(first: ChainService) -> None:
    """A message that holds no event is done with."""
    url, taken = first.settings.broker_url, list[Batch]()
    reader = recording(url, taken)
    open_link(url).publish([Message("m", "first.batch", BATCH_MEDIA_TYPE, b"[]")])
    assert 0 == reader.step()
    reader.close()
    assert 0 == recording(url, taken).step()
    assert [] == taken


def test_a_delivery_that_failed_is_given_again(first: ChainService) -> None:
    """What *deliver* raised is raised; the same events come again, to it or to its successor."""
    url = first.settings.broker_url
    failing = BatchReader(url, "second", ["first"], lambda _batch: 1 / 0)
    failing.open()
    open_link(url).publish([single("e1")])
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            failing.step()
    failing.abandon()
    taken = list[Batch]()
    assert 1 == recording(url, taken).step()
    assert [["e1"]] == [ids(batch) for batch in taken]


def test_nothing_is_acknowledged_before_it_is_delivered(first: ChainService) -> None:
    """While a batch is at work the broker would give it to somebody else if we died."""
    url = first.settings.broker_url
    seen = list[Batch]()

    def die(_batch: Batch) -> None:
        reader.abandon()
        recording(url, seen).step()

    reader = BatchReader(url, "second", ["first"], die)
    reader.open()
    open_link(url).publish([single("e1")])
    reader.step()
    assert [["e1"]] == [ids(batch) for batch in seen]


def test_run(first: ChainService) -> None:
    """The loop tries again after failures and ends when it is told to."""
    url, taken, stopping = first.settings.broker_url, list[str](), threading.Event()

    def deliver(batch: Batch) -> None:
        taken.extend(ids(batch))
        if len(taken) < 3:
            raise OSError

    reader = BatchReader(url, "second", ["first"], deliver)
    reader.open()
    open_link(url).publish([single("e1")])
    thread = threading.Thread(target=reader.run, args=(stopping,), daemon=True)
    thread.start()
    wait_until(lambda: len(taken) == 3, 10)
    stopping.set()
    thread.join(10)
    assert not thread.is_alive()
    assert ["e1", "e1", "e1"] == taken


def test_garbage_is_set_aside(second: ChainService) -> None:
    """Garbage is kept with its reason; the events around it have their effects."""
    reader = BatchReader.of(second)
    reader.open()
    open_link(second.settings.broker_url).publish(
        [single("e1"), garbage("m1", b"{"), garbage("m2", without("e9", "id")), single("e2")]
    )
    assert 4 == reader.step()
    assert ["e1", "e2"] == second.effects()
    assert [("garbage", "not_an_event")] * 2 == second.set_aside()


def test_an_outage_in_the_middle_of_a_batch(second: ChainService) -> None:
    """An outage after the inbox was written and before the commit leaves nothing; the next try does all."""
    reader = BatchReader.of(second)
    reader.open()
    open_link(second.settings.broker_url).publish([several("e1", "e2")])
    with patch.object(SqlUnitOfWork, "commit", side_effect=ConnectionError), pytest.raises(ConnectionError):
        reader.step(5.0)
    assert [] == second.effects()
    assert 2 == reader.step(5.0)
    assert ["e1", "e2"] == second.effects()
    reader.close()


def test_an_outage_sets_nothing_aside(second: ChainService) -> None:
    """What fails because something is away is no fault of the event: it is tried again, not set aside."""
    reader = BatchReader.of(second)
    reader.open()
    open_link(second.settings.broker_url).publish([several("e1", "e2")])
    with patch("tests.support.chain.note", side_effect=ConnectionError), pytest.raises(ConnectionError):
        reader.step()
    assert [] == second.set_aside()
    assert 2 == reader.step()
    assert ["e1", "e2"] == second.effects()


def test_a_bad_event_in_a_batch(second: ChainService) -> None:
    """One refused event in a batch is set aside; the others have their effects."""
    reader = BatchReader.of(second)
    reader.open()
    body = b"[" + b",".join([event_json("e1"), event_json("bad", number=-1), event_json("e2")]) + b"]"
    open_link(second.settings.broker_url).publish([Message("m", "first.batch", BATCH_MEDIA_TYPE, body)])
    assert 3 == reader.step()
    assert ["e1", "e2"] == second.effects()
    assert [("refused", "negative_income")] == second.set_aside()


def test_until_quiet(services: dict[str, ChainService]) -> None:
    """In one thread, relays and readers carry everything to its end, consequences included."""
    first, second, last = services.values()
    told = first.tell([counted(n, household=f"h{n % 7}", version=n) for n in range(1200)])
    relays = [OutboxRelay.of(service) for service in (first, second)]
    readers = [BatchReader.of(service) for service in (second, last)]
    assert 2400 == read_until_quiet(relays, readers)
    assert 0 == read_until_quiet(relays, readers)
    assert sorted(envelope.id for envelope in told) == second.effects()
    assert second.outbox_ids() == last.effects()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_order_repetition_and_batching_do_not_matter(
    services: dict[str, ChainService], data: st.DataObject
) -> None:
    """However messages are cut, repeated and reordered, each event has its effect once."""
    second = services["second"]
    prefix = f"x{next(_numbers)}-"
    events = [f"{prefix}{n}" for n in range(data.draw(st.integers(1, 8)))]
    sent = data.draw(st.permutations(events + events[: len(events) // 2]))
    reader = BatchReader.of(second)
    reader.open()
    link = open_link(second.settings.broker_url)
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        part, sent = sent[:size], sent[size:]
        link.publish([single(part[0]) if size == 1 else several(*part)])
        if data.draw(st.booleans()):
            reader.step()
    while reader.step():
        pass
    reader.close()
    assert sorted(events) == [event_id for event_id in second.effects() if event_id.startswith(prefix)]


def test_envelopes_survive_the_way(first: ChainService) -> None:
    """What arrives is what was told, in every attribute."""
    taken = list[Batch]()
    reader = recording(first.settings.broker_url, taken)
    told = first.tell([counted(n) for n in range(10)])
    OutboxRelay.of(first).drain()
    reader.step()
    arrived = [event for batch in taken for event in batch if isinstance(event, Envelope)]
    assert told == arrived


def running(reader: BatchReader, stopping: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=reader.run, args=(stopping,), daemon=True)
    thread.start()
    return thread


def test_a_paused_reader_leaves_its_queue_alone(second: ChainService, first: ChainService) -> None:
    """Within two seconds it takes nothing more and holds nothing; the queue keeps all; resumed it goes on."""
    url, stopping = second.settings.broker_url, threading.Event()
    thread = running(BatchReader.of(second), stopping)
    link = open_link(url)
    wait_until(lambda: link.has_queue("second"), 5)
    link.publish([single("e1")])
    wait_until(lambda: second.effects() == ["e1"], 5)
    with second.uow() as uow:
        pause_reader(uow.connection, "second", by="op", reason="a look", at=second.clock())
        uow.commit()
    wait_until(lambda: link.depth("second") == Depth(0, 0, 0), 2, "leaving the queue")
    link.publish([single("e2"), several("e3", "e4")])
    first.tell([counted(1)])
    assert 1 == OutboxRelay.of(first).drain()
    threading.Event().wait(1.2)
    assert (["e1"], Depth(3, 0, 0)) == (second.effects(), link.depth("second"))
    with second.uow() as uow:
        resume_reader(uow.connection, "second")
        uow.commit()
    wait_until(lambda: len(second.effects()) == 5, 2, "going on")
    stopping.set()
    thread.join(5)


def test_paused_at_its_start(second: ChainService) -> None:
    """After a restart it is still paused; its queue is there all the same, so that others can publish."""
    with second.uow() as uow:
        pause_reader(uow.connection, "second", by="op", reason="a look", at=second.clock())
        uow.commit()
    link, stopping = open_link(second.settings.broker_url), threading.Event()
    thread = running(BatchReader.of(second), stopping)
    wait_until(lambda: link.has_queue("second"), 5)
    assert set() == link.publish([single("e1")])
    threading.Event().wait(0.3)
    stopping.set()
    thread.join(5)
    assert ([], Depth(1, 0, 0)) == (second.effects(), link.depth("second"))


def test_an_outage_is_probed_with_one_event(first: ChainService) -> None:
    """After three failures one event goes ahead of its batch, until it succeeds; then batches are whole."""
    url, sizes, stopping = first.settings.broker_url, list[int](), threading.Event()
    told = list[bool]()

    def deliver(batch: Batch) -> None:
        sizes.append(len(batch))
        if len(sizes) < 6:
            raise OSError

    reader = BatchReader(url, "second", ["first"], deliver)
    reader.open()
    open_link(url).publish([several("e1", "e2", "e3")])
    with patch.object(Outage, "failed", autospec=True, side_effect=_without_pause(Outage.failed)):
        thread = threading.Thread(target=reader.run, args=(stopping, lambda: None, told.append), daemon=True)
        thread.start()
        wait_until(lambda: told == [True, False], 10)
    open_link(url).publish([several("e4", "e5")])
    wait_until(lambda: len(sizes) == 8, 10)
    stopping.set()
    thread.join(10)
    assert [3, 3, 3, 1, 1, 1, 3, 2] == sizes


def _without_pause(failed: Callable[[Outage, BaseException], float]) -> Callable[..., float]:
    def failed_at_once(self: Outage, error: BaseException) -> float:
        failed(self, error)
        return 0.0

    return failed_at_once


def test_the_database_is_probed_before_anything_is_taken(second: ChainService) -> None:
    """While the database is away nothing is even asked of the broker: one small query finds that out."""
    asked = []

    def away() -> bool:
        asked.append(1)
        raise ConnectionError

    reader = BatchReader(second.settings.broker_url, "second", ["first"], lambda _batch: None, paused=away)
    stopping = threading.Event()
    thread = running(reader, stopping)
    wait_until(lambda: len(asked) >= 3, 5)
    stopping.set()
    thread.join(10)
    assert not open_link(second.settings.broker_url).has_queue("second")
