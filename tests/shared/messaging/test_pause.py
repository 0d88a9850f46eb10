from datetime import timedelta

import pytest

from shared.kernel.retry_policy import RetryPolicy
from shared.messaging.aftermath import FromBroker
from shared.messaging.intake import take_in
from shared.messaging.pause import Pause, ReaderPausedError, pause_of, pause_reader, resume_reader
from shared.messaging.resolving import ReasonMissingError
from shared.messaging.state import state_of
from tests.shared.messaging.conftest import NOW, LevelSet, level


def paused(example, reason="a look"):
    with example.uow() as uow:
        pause_reader(uow.connection, "employment", by="op", reason=reason, at=NOW)
        uow.commit()


def test_paused_and_resumed(example):
    """A pause says since when, by whom and why; only its reader has it; resuming ends it once."""
    paused(example)
    with example.uow() as uow:
        assert Pause("employment", NOW, "op", "a look") == pause_of(uow.connection, "employment")
        assert None is pause_of(uow.connection, "finance")
        assert [True, False] == [resume_reader(uow.connection, "employment") for _ in range(2)]


def test_paused_twice(new_example):
    """The second is told since when it is paused; the first one's reason stays."""
    example = new_example()
    paused(example)
    with pytest.raises(ReaderPausedError, match="2022-06-01"):
        paused(example, reason="another")


def test_a_reason_is_asked_for(new_example):
    """Nobody stops a department's work in silence."""
    example = new_example()
    with pytest.raises(ReasonMissingError):
        paused(example, reason="")


def test_the_state_of_a_service(example):
    """What waits to leave, what arrived, what is delayed or set aside, since when, and who has paused it."""
    with example.engine.connect() as connection:
        empty = state_of(connection, "employment")
    assert (0, None, None, 0, None, 0, None, None) == (
        *(empty.outbox_waiting, empty.outbox_oldest, empty.inbox_last, empty.delayed),
        *(empty.next_try, empty.set_aside, empty.set_aside_oldest, empty.pause),
    )
    policy = FromBroker(RetryPolicy(jitter=0))
    events = [level("a", 1), level("b", 13), level("c", 14)]
    take_in(events, example.uow(), example.reader, at=NOW, after=policy)
    with example.uow() as uow:
        uow.publish(LevelSet(household_id="x", occurred_on=NOW.date(), level=1))
        uow.commit()
    paused(example)
    with example.engine.connect() as connection:
        state = state_of(connection, "employment")
    assert (2, NOW, NOW) == (state.outbox_waiting, state.outbox_oldest, state.inbox_last)
    assert (1, NOW + timedelta(seconds=10), 1, NOW) == (
        *(state.delayed, state.next_try),
        *(state.set_aside, state.set_aside_oldest),
    )
    assert state.pause is not None
    assert "op" == state.pause.paused_by
