from shared.contracts.cloudevents import decode
from shared.messaging import redrive as redriving
from shared.messaging.bulk import upsert
from shared.messaging.intake import Reader, take_in
from shared.messaging.redrive import redrive_matching
from shared.messaging.set_aside import count_all, find_all, find_one
from tests.shared.messaging.conftest import LEVELS, NOW, LevelSet, level


def _repaired(example):
    """The example's reader once its rule is gone."""

    def take_every_level(events, uow):
        rows = [{"id": e.subject, "level": e.data["level"], "version": e.data["version"]} for e in events]
        upsert(uow.connection, LEVELS, rows, newer="version")

    return Reader("employment", ("monitoring",), {LevelSet.type: take_every_level})


def _waiting(example):
    with example.uow() as uow:
        return find_all(uow.connection)


def test_what_waits_is_taken_in_once_the_cause_is_gone(example):
    """After the repair the event has its effect and waits no longer; trying again does nothing more."""
    refused = level("b", 13)
    take_in([level("a", 1), refused], example.uow(), example.reader, at=NOW)
    assert [(refused.id, "level_refused")] == [(each.event_id, each.code) for each in _waiting(example)]

    repaired = _repaired(example)
    taken = [redrive_matching(example.uow(), repaired, at=NOW).admitted for _ in range(2)]
    assert [1, 0] == taken
    assert ([], [("a", 1, 1), ("b", 13, 1)]) == (_waiting(example), sorted(example.rows(LEVELS)))


def test_what_is_still_at_fault_goes_on_waiting(example):
    """Without a repair the event waits on, with its reason, and is counted once more."""
    take_in([level("b", 13), level("c", 14)], example.uow(), example.reader, at=NOW)
    redrive_matching(example.uow(), example.reader, at=NOW)
    assert {("refused", 2), ("defect", 2)} == {(each.kind, each.times) for each in _waiting(example)}


def test_garbage_stays(example):
    """What is no event is not tried again."""
    take_in(decode(b"{", "application/cloudevents+json"), example.uow(), example.reader, at=NOW)
    assert 0 == redrive_matching(example.uow(), example.reader, at=NOW).admitted
    assert ["garbage"] == [each.kind for each in _waiting(example)]


def test_many_are_shown_by_the_page_and_tried_in_batches(example, monkeypatch):
    """However many wait, a page shows its part, and each batch is taken in by a transaction of its own."""
    refused = [level(f"b{number}", 13) for number in range(5)]
    take_in(refused, example.uow(), example.reader, at=NOW)
    with example.uow() as uow:
        pages = [find_all(uow.connection, limit=2, offset=offset) for offset in (0, 2, 4)]
        assert 5 == count_all(uow.connection)
        found = find_one(uow.connection, refused[3].id)
        assert found is not None
        assert "refused" == found.kind
        assert find_one(uow.connection, "nothing") is None
    assert [2, 2, 1] == [len(page) for page in pages]
    assert {each.id for each in refused} == {each.event_id for page in pages for each in page}

    monkeypatch.setattr(redriving, "BATCH", 2)
    batches = []

    def taken_in(batch, *rest, **named):
        batches.append(len(batch))
        return take_in(batch, *rest, **named)

    monkeypatch.setattr(redriving, "take_in", taken_in)
    assert 5 == redrive_matching(example.uow(), _repaired(example), at=NOW).admitted
    assert ([2, 2, 1], []) == (batches, _waiting(example))
