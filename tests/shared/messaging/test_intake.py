"""How a batch is taken in."""

import json
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from shared.contracts.cloudevents import decode
from shared.kernel.errors import StaleVersionError
from shared.messaging.intake import Reader, take_in
from tests.shared.messaging.conftest import LEVELS, MESSAGES, METADATA, NOW, LevelSet, level, set_levels


def outbox(example):
    """Return the levels told of, sorted."""
    return sorted(row[3] for row in example.rows(MESSAGES.outbox))


def test_effects_inbox_and_consequences_commit_together(example):
    """A batch leaves its rows, its inbox and its new events, once, however often it comes."""
    batch = [level("a", 1), level("b", 2)]
    for _ in range(2):
        taken = take_in(batch, example.uow(), example.reader, at=NOW)
    assert (0, 2) == (taken.admitted, taken.repeated)
    assert [("a", 1, 1), ("b", 2, 1)] == sorted(example.rows(LEVELS))
    assert ["a", "b"] == outbox(example)


def test_a_refused_event_is_set_aside_and_the_others_are_handled(example):
    """One event at fault is found by halving; its neighbours are not lost, and the reason is kept."""
    batch = [level("a", 1), level("b", 13), level("c", 3), level("d", 14)]
    taken = take_in(batch, example.uow(), example.reader, at=NOW)

    assert ["a", "c"] == sorted(row[0] for row in example.rows(LEVELS))
    assert {level("b", 13).id, level("d", 14).id} == set(taken.set_aside)
    reasons = {(row[4], row[5], row[6]) for row in example.rows(MESSAGES.set_aside)}
    assert {("refused", "level_refused", "不接受13"), ("defect", "defect", "KeyError")} == reasons


def test_garbage_is_set_aside(example):
    """A body that is no event is kept with its reason; an event beside it in the message is handled."""
    good = level("a", 1).to_json()
    batch = decode(f'[{good}, {{"id": 1}}]'.encode(), "application/cloudevents-batch+json")
    taken = take_in(batch, example.uow(), example.reader, at=NOW)
    assert (1, 1) == (taken.admitted, len(taken.set_aside))
    assert ["garbage"] == [row[4] for row in example.rows(MESSAGES.set_aside)]


@pytest.mark.parametrize(
    "outage", [OperationalError("x", {}, OSError()), StaleVersionError(), ConnectionError()]
)
def test_an_outage_is_never_a_refusal(example, outage):
    """When the database is away or somebody saved first, nothing is kept and nothing is set aside."""

    def fail(events, uow):
        set_levels(events, uow)
        raise outage

    reader = Reader("employment", ("monitoring",), {LevelSet.type: fail})
    with pytest.raises(type(outage)):
        take_in([level("a", 1)], example.uow(), reader, at=NOW)
    assert [] == example.rows(LEVELS) + example.rows(MESSAGES.inbox) + example.rows(MESSAGES.set_aside)


def test_types_nobody_reads_leave_no_trace(example):
    """An event of a type this reader does not take costs no row."""
    reader: Reader[Any] = Reader("employment", ("monitoring",), {})
    take_in([level("a", 1)], example.uow(), reader, at=NOW)
    assert [] == example.rows(MESSAGES.inbox)


@pytest.mark.parametrize("seed", range(25))
def test_order_repetition_and_batching_change_nothing(new_example, seed):
    """Shuffled, repeated and cut anyhow, a year of events ends in the same rows and the same new events."""
    from shared.testing.readers import same_whatever_the_delivery

    sent = [level(household, version * 20, version) for household in "abc" for version in (1, 2, 3)]
    same_whatever_the_delivery(new_example, METADATA, sent, seed=seed)


def test_an_event_too_long_to_keep_is_set_aside_like_garbage(example):
    """A valid event with an id longer than the county keeps does not stop the queue on any database."""
    long = level("a", 1).attributes() | {"id": "x" * 65}
    batch = decode(json.dumps([long, level("b", 2).attributes()]), "application/cloudevents-batch+json")
    taken = take_in(batch, example.uow(), example.reader, at=NOW)
    assert (1, 1) == (taken.admitted, len(taken.set_aside))
