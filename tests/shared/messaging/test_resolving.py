import hashlib
from datetime import timedelta

import pytest

from shared.messaging.intake import take_in
from shared.messaging.redrive import redrive
from shared.messaging.resolving import (
    NotReopenableError,
    NotSetAsideError,
    ReasonMissingError,
    expire,
    kept_for,
    reopen,
    resolve,
)
from shared.messaging.set_aside import count_all, find_one
from tests.shared.messaging.conftest import MESSAGES, NOW, LevelSet, level, set_levels

DAY = timedelta(days=1)
BAD, WORSE = level("b", 13), level("c", 14)


@pytest.fixture
def kept(new_example):
    example = new_example()
    take_in([BAD, WORSE], example.uow(), example.reader, at=NOW)
    return example


def in_one(example, act, *arguments, **named):
    with example.uow() as uow:
        result = act(uow.connection, *arguments, **named)
        uow.commit()
    return result


def row_of(example, event):
    with example.engine.connect() as connection:
        return find_one(connection, event.id)


def test_resolved_with_a_reason(kept):
    """It waits no longer; who and why are kept; what was resolved before is not resolved again."""
    done = [in_one(kept, resolve, [BAD.id], by="op", reason=" told by phone ", at=NOW) for _ in range(2)]
    row = row_of(kept, BAD)
    assert ([[BAD.id], []], "resolved", "op", "told by phone") == (
        done,
        row.resolution,
        row.resolved_by,
        row.note,
    )
    assert 1 == in_one(kept, count_all)


def test_without_a_reason(kept):
    """Nothing is resolved in silence."""
    with pytest.raises(ReasonMissingError):
        in_one(kept, resolve, [BAD.id], by="op", reason="", at=NOW)


def test_delivered_again_it_stays_resolved(kept):
    """The same fault coming once more is counted, and no officer has to look at it again."""
    in_one(kept, resolve, [BAD.id], by="op", reason="known", at=NOW)
    take_in([BAD], kept.uow(), kept.reader, at=NOW + DAY)
    assert ("resolved", NOW, 2) == (
        row_of(kept, BAD).resolution,
        row_of(kept, BAD).resolved_at,
        row_of(kept, BAD).times,
    )


def test_reopened(kept):
    """What an officer resolved by mistake waits again and can be taken in."""
    in_one(kept, resolve, [BAD.id], by="op", reason="known", at=NOW)
    in_one(kept, reopen, BAD.id, by="op2", reason="it was not")
    assert (2, "op2: it was not") == (in_one(kept, count_all), row_of(kept, BAD).note)
    with pytest.raises(NotSetAsideError):
        in_one(kept, reopen, BAD.id, by="op2")


def test_what_was_taken_in_is_not_reopened(kept):
    """An event that has had its effect never waits again."""
    kept.reader.handlers[LevelSet.type] = lambda events, uow: set_levels(
        [e for e in events if e.data["level"] < 13], uow
    )
    redrive(kept.uow(), kept.reader, [BAD.id], at=NOW)
    with pytest.raises(NotReopenableError):
        in_one(kept, reopen, BAD.id, by="op")


def test_bodies_expire(example):
    """In time the body of what was dealt with goes, its row and digest stay; waiting ones are left."""
    kept = example
    take_in([BAD, WORSE], kept.uow(), kept.reader, at=NOW)
    in_one(kept, resolve, [BAD.id], by="op", reason="known", at=NOW)
    assert 0 == in_one(kept, expire, at=NOW + 9 * DAY, older=10 * DAY).cleared
    done = in_one(kept, expire, at=NOW + 10 * DAY, older=10 * DAY)
    row = row_of(kept, BAD)
    assert (1, 0, "") == (done.cleared, done.ended, row.body)
    assert hashlib.sha256(BAD.to_json().encode()).hexdigest() == row.body_sha256
    assert WORSE.to_json() == row_of(kept, WORSE).body
    with pytest.raises(NotReopenableError):
        in_one(kept, reopen, BAD.id, by="op")
    assert 0 == in_one(kept, expire, at=NOW + 99 * DAY, older=10 * DAY).cleared


def test_waiting_ones_only_when_told(kept):
    """Only who says so gives up what still waits; the rows say by whom, and count no longer."""
    done = in_one(kept, expire, at=NOW + 10 * DAY, older=10 * DAY, waiting=True, by="op")
    row = row_of(kept, WORSE)
    assert (2, 2, 0) == (done.cleared, done.ended, in_one(kept, count_all))
    assert ("expired", "op", "") == (row.resolution, row.resolved_by, row.body)
    assert 2 == len(kept.rows(MESSAGES.set_aside))


def test_how_long_is_policy():
    """The time is a dated figure, two years as proposed."""
    assert timedelta(days=730) == kept_for(NOW)
