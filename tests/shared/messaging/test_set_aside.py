from shared.contracts.cloudevents import decode
from shared.messaging.bulk import upsert
from shared.messaging.intake import Reader, take_in
from shared.messaging.set_aside import try_again, waiting
from tests.shared.messaging.conftest import LEVELS, NOW, LevelSet, level


def _repaired(example):
    """The example's reader once its rule is gone."""

    def take_every_level(events, uow):
        rows = [{"id": e.subject, "level": e.data["level"], "version": e.data["version"]} for e in events]
        upsert(uow.connection, LEVELS, rows, newer="version")

    return Reader("employment", ("monitoring",), {LevelSet.type: take_every_level})


def _waiting(example):
    with example.uow() as uow:
        return waiting(uow.connection)


def test_what_waits_is_taken_in_once_the_cause_is_gone(example):
    """After the repair the event has its effect and waits no longer; trying again does nothing more."""
    refused = level("b", 13)
    take_in([level("a", 1), refused], example.uow(), example.reader, at=NOW)
    assert [(refused.id, "level_refused")] == [(each.event_id, each.code) for each in _waiting(example)]

    repaired = _repaired(example)
    taken = [try_again(example.uow(), repaired, at=NOW).admitted for _ in range(2)]
    assert [1, 0] == taken
    assert ([], [("a", 1, 1), ("b", 13, 1)]) == (_waiting(example), sorted(example.rows(LEVELS)))


def test_what_is_still_at_fault_goes_on_waiting(example):
    """Without a repair the event waits on, with its reason, and is counted once more."""
    take_in([level("b", 13), level("c", 14)], example.uow(), example.reader, at=NOW)
    try_again(example.uow(), example.reader, at=NOW)
    assert {("refused", 2), ("defect", 2)} == {(each.kind, each.times) for each in _waiting(example)}


def test_garbage_stays(example):
    """What is no event is not tried again."""
    take_in(decode(b"{", "application/cloudevents+json"), example.uow(), example.reader, at=NOW)
    assert 0 == try_again(example.uow(), example.reader, at=NOW).admitted
    assert ["garbage"] == [each.kind for each in _waiting(example)]
