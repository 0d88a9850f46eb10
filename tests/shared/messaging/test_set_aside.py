from datetime import timedelta

import pytest

from shared.contracts.cloudevents import decode
from shared.messaging import redrive as redriving
from shared.messaging.bulk import upsert
from shared.messaging.intake import Reader, take_in
from shared.messaging.redrive import redrive_matching
from shared.messaging.resolving import resolve
from shared.messaging.set_aside import (
    EXPORTED,
    Search,
    count_all,
    export_rows,
    find_all,
    find_one,
    groups,
    masked_body,
    within,
)
from tests.shared.messaging.conftest import LEVELS, MESSAGES, NOW, LevelSet, level, set_levels

DAY = timedelta(days=1)


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


@pytest.fixture
def many(new_example):
    """Five events of three causes, set aside on three days by two readers."""
    example = new_example()
    take_in([level("a", 13), level("b", 13)], example.uow(), example.reader, at=NOW)
    other = Reader("finance", ("monitoring",), {LevelSet.type: set_levels})
    take_in([level("c", 14), level("d", 13)], example.uow(), other, at=NOW + DAY)
    garbage = decode(b"{", "application/cloudevents+json")
    take_in(garbage, example.uow(), example.reader, at=NOW + 2 * DAY)
    with example.uow() as uow:
        resolve(uow.connection, [level("b", 13).id], by="op", reason="known", at=NOW)
        uow.commit()
    return example


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(), 4),
        (Search(state="all"), 5),
        (Search(state="resolved"), 1),
        (Search(state="all", resolution="resolved"), 1),
        (Search(state="all", resolution="retried"), 0),
        (Search(kind="refused"), 2),
        (Search(kind="refused", state="all"), 3),
        (Search(code="defect"), 1),
        (Search(type=LevelSet.type), 3),
        (Search(reader="finance"), 2),
        (Search(subject="c"), 1),
        (Search(text="不接受"), 2),
        (Search(text="不%"), 0),
        (Search(since=NOW + DAY), 3),
        (Search(until=NOW + DAY), 1),
        (Search(since=NOW + DAY, until=NOW + 2 * DAY, kind="defect"), 1),
    ],
)
def test_search(many, search, found):
    """Each condition narrows the search, and the count is that of what is found."""
    with many.engine.connect() as connection:
        assert (found, found) == (len(find_all(connection, search)), count_all(connection, search))
        assert found == len(list(export_rows(connection, search)))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("cause", [("refused/level_refused", 2), ("defect/defect", 1), ("garbage/not_an_event", 1)]),
        ("type", [(LevelSet.type, 3), ("", 1)]),
        ("reader", [("employment", 2), ("finance", 2)]),
    ],
)
def test_groups(many, by, expected):
    """Groups have their count and the days of their oldest and newest; each can be searched for."""
    with many.engine.connect() as connection:
        found = groups(connection, by)
        assert expected == [(group.name, group.count) for group in found]
        assert [group.count for group in found if group.name] == [
            count_all(connection, within(group, by)) for group in found if group.name
        ]
        assert (NOW, NOW + DAY) == (found[0].oldest, found[0].newest if by != "reader" else NOW + DAY)


def test_the_export_has_no_body(many):
    """What leaves as a file names the cause and the event, and never holds what came."""
    with many.engine.connect() as connection:
        rows = list(export_rows(connection, Search(state="all")))
    assert list(EXPORTED) == list(rows[0])
    assert "body" not in rows[0]
    assert ["level_refused", "1", NOW.isoformat()] == [rows[0][name] for name in ("code", "times", "since")]


def test_the_body_is_shown_masked(new_example):
    """Numbers of people are removed from what is shown; what is kept stays whole."""
    example = new_example()
    text = b'{"phone": "13912345678"'
    take_in(decode(text, "application/cloudevents+json"), example.uow(), example.reader, at=NOW)
    with example.engine.connect() as connection:
        (kept,) = find_all(connection)
    assert "13912345678" in kept.body
    assert "13912345678" not in masked_body(kept)


def test_rows_of_the_release_before(example):
    """A row written without the new columns is found, shown and taken in like any other."""
    with example.uow() as uow:
        uow.connection.execute(MESSAGES.set_aside.insert().values(old_row(level("a", 1))))
        uow.commit()
    with example.engine.connect() as connection:
        (row,) = find_all(connection)
    assert ("", NOW, None) == (row.reader, row.since, row.resolution)
    assert 1 == redrive_matching(example.uow(), example.reader, at=NOW).admitted


def old_row(event):
    return {
        "event_id": event.id,
        "type": event.type,
        "subject": event.subject,
        "body": event.to_json(),
        "kind": "defect",
        "code": "defect",
        "reason": "KeyError",
        "at": NOW,
    }
