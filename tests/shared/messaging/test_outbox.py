"""Events waiting to leave."""

import pytest


def waiting(example):
    """Return the ids that wait, in order."""
    with example.uow() as uow:
        return [row.id for row in uow.outbox.take(100)]


def test_events_wait_only_when_committed(example, level):
    """Without the commit there is neither change nor event."""
    with example.uow() as uow:
        uow.outbox.add([level("a", 1)])
    assert [] == waiting(example)

    with example.uow() as uow:
        uow.outbox.add([level("a", 1)])
        uow.commit()
    assert [level("a", 1).id] == waiting(example)


def test_the_same_event_waits_once(example, level):
    """A consequence derived again from its cause is the same event."""
    for _ in range(2):
        with example.uow() as uow:
            uow.outbox.add([level("a", 1), level("a", 1)])
            uow.commit()
    assert [level("a", 1).id] == waiting(example)


def test_published_events_wait_no_longer(example, level):
    """What the broker confirmed is not taken again."""
    with example.uow() as uow:
        uow.outbox.add([level("a", 1), level("b", 2)])
        uow.commit()
    with example.uow() as uow:
        first = uow.outbox.take(1)[0]
        uow.outbox.mark_published([first.position], at=example.clock())
        uow.commit()
    assert [level("b", 2).id] == waiting(example)


@pytest.mark.connected
def test_two_relays_never_take_the_same_row(database, level):
    """While one relay holds an event, another takes the next one instead of waiting or taking it too."""
    from shared.persistence.engine import open_engine
    from tests.shared.messaging.conftest import METADATA, Example

    engine = open_engine(database)
    METADATA.create_all(engine)
    example = Example(engine)
    with example.uow() as uow:
        uow.outbox.add([level("a", 1), level("b", 2)])
        uow.commit()
    with example.uow() as one, example.uow() as other:
        mine = {row.id for row in one.outbox.take(1)}
        others = {row.id for row in other.outbox.take(2)}
    engine.dispose()
    assert {level("a", 1).id} == mine
    assert {level("b", 2).id} == others
