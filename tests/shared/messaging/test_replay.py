import random
from typing import Any

import pytest

from shared.contracts.envelope import Envelope
from shared.kernel.retry_policy import RetryPolicy
from shared.messaging.aftermath import FromBroker
from shared.messaging.intake import Reader, take_in
from shared.messaging.replay import ReplayAgainError, missing_events, outbox_events, replay
from shared.testing.readers import final_state
from tests.shared.messaging.conftest import LEVELS, MESSAGES, METADATA, NOW, LevelSet, level

OTHER: Reader[Any] = Reader("employment", ("monitoring",), {})


def told():
    return [level(f"h{n % 7}", n + 20, n + 1) for n in range(30)]


def test_only_what_was_missed_has_an_effect(example):
    """Known events are left alone, those never taken in are taken, and a second replay finds nothing."""
    events = told()
    take_in(events[::2], example.uow(), example.reader, at=NOW)
    first = replay(events, example.uow(), example.reader, at=NOW)
    second = replay(events, example.uow(), example.reader, at=NOW)
    assert (30, 15, 15) == (first.offered, first.known, first.taken)
    assert (30, 30, 0) == (second.offered, second.known, second.taken)
    assert 30 == len(example.rows(MESSAGES.outbox))


@pytest.mark.parametrize("seed", range(5))
def test_a_restored_reader_catches_up(new_example, seed):
    """A database restored to any earlier state ends, after a replay, as if it had never been lost."""
    chance, events = random.Random(seed), told()
    never_lost, restored = new_example(), new_example()
    for event in events:
        take_in([event], never_lost.uow(), never_lost.reader, at=NOW)
    take_in(chance.sample(events, 11), restored.uow(), restored.reader, at=NOW)
    chance.shuffle(events)
    replay(events, restored.uow(), restored.reader, at=NOW)
    assert final_state(never_lost.engine, METADATA) == final_state(restored.engine, METADATA)


def test_what_waits_is_left_to_the_officer(new_example):
    """An event that was set aside or delayed has arrived: a replay neither repeats nor hides it."""
    example = new_example()
    aside, later = level("a", 13), level("b", 14)
    take_in([aside], example.uow(), example.reader, at=NOW)
    with_delays = FromBroker(RetryPolicy())
    take_in([later], example.uow(), example.reader, at=NOW, after=with_delays)
    done = replay([aside, later], example.uow(), example.reader, at=NOW)
    assert (2, 2, 0, 0) == (done.offered, done.known, done.taken, done.set_aside)


def test_narrowed(new_example):
    """By types and by the time at which it was told; what the reader does not take is not offered."""
    example = new_example()
    events = told()
    assert 0 == replay(events, example.uow(), OTHER, at=NOW).offered
    assert 0 == replay(events, example.uow(), example.reader, at=NOW, types=["another.type.v1"]).offered
    early = Envelope.seal(
        LevelSet(household_id="x", occurred_on=NOW.date(), level=1), ids=lambda: "e", at=NOW
    )
    late = NOW.replace(year=NOW.year + 1)
    assert 0 == replay([early], example.uow(), example.reader, at=NOW, since=late).offered
    assert 1 == replay([early], example.uow(), example.reader, at=NOW, since=NOW, types=[LevelSet.type]).taken


def test_again_is_refused(new_example):
    """Effects are never done a second time, whatever somebody wishes."""
    example = new_example()
    with pytest.raises(ReplayAgainError):
        replay(told(), example.uow(), example.reader, at=NOW, again=True)


def test_what_is_missing(example):
    """Asked beforehand, it names exactly what a replay would take in, and takes nothing."""
    events = told()
    take_in(events[:10], example.uow(), example.reader, at=NOW)
    with example.engine.connect() as connection:
        missing = list(missing_events(connection, example.reader, events))
    assert events[10:] == missing
    assert 10 == len(example.rows(MESSAGES.inbox))


def test_an_outbox_is_a_source(example, new_example):
    """What a publisher ever told, published or not, is read from its outbox in its order."""
    with example.uow() as uow:
        sent = [
            uow.publish(LevelSet(household_id=f"h{n}", occurred_on=NOW.date(), level=n)) for n in range(5)
        ]
        uow.commit()
    reader = new_example()
    with example.engine.connect() as connection:
        assert sent == list(outbox_events(connection))
        assert [] == list(outbox_events(connection, since=NOW.replace(year=NOW.year + 1)))
        done = replay(outbox_events(connection), reader.uow(), reader.reader, at=NOW)
    assert 5 == done.taken
    assert 5 == len(reader.rows(LEVELS))
