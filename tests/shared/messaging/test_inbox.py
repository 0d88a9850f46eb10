"""What has been taken in, and what could not be."""

from datetime import UTC, datetime

NOW = datetime(2022, 6, 1, tzinfo=UTC)


def aside(inbox, reason="because"):
    """Set one event aside."""
    inbox.set_aside("e1", type_="t", subject="s", body="{}", kind="refused", code="no", reason=reason, at=NOW)


def test_an_event_is_admitted_once(example, level):
    """What was taken in before, or twice in one batch, is not given again."""
    with example.uow() as uow:
        first = uow.inbox.admit([level("a", 1), level("a", 1)], at=NOW)
        uow.commit()
    with example.uow() as uow:
        second = uow.inbox.admit([level("a", 1), level("b", 2)], at=NOW)
        uow.commit()
    assert ["a"] == [event.subject for event in first]
    assert ["b"] == [event.subject for event in second]


def test_an_admission_not_committed_did_not_happen(example, level):
    """Inbox and effects stand or fall together."""
    with example.uow() as uow:
        uow.inbox.admit([level("a", 1)], at=NOW)
    with example.uow() as uow:
        assert [level("a", 1)] == uow.inbox.admit([level("a", 1)], at=NOW)


def test_a_repeat_of_what_was_set_aside_is_counted(example, messages):
    """The officer sees one row and how often it came, not many rows."""
    for _ in range(2):
        with example.uow() as uow:
            aside(uow.inbox)
            uow.commit()
    (row,) = example.rows(messages.set_aside)
    assert 2 == row[8]


def test_resolved_events_wait_no_longer(example):
    """What an officer has dealt with is not counted, and counts again when it comes back."""
    with example.uow() as uow:
        aside(uow.inbox)
        assert 1 == uow.inbox.count_set_aside()
        uow.inbox.resolve(["e1"], at=NOW)
        assert 0 == uow.inbox.count_set_aside()
        aside(uow.inbox)
        assert 1 == uow.inbox.count_set_aside()
