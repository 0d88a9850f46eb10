import threading

import pytest

from shared.messaging import redrive as redriving
from shared.messaging.correct import correct
from shared.messaging.intake import Reader, Taken, take_in
from shared.messaging.redrive import redrive, redrive_matching
from shared.messaging.resolving import resolve, resolve_taken_in
from shared.messaging.set_aside import Search, find_all, find_one
from tests.shared.messaging.conftest import LEVELS, MESSAGES, NOW, LevelSet, level, set_levels


def note(events, uow):
    """An effect without any uniqueness: done twice it fails here, so that it would be seen."""
    set_levels(events, uow)
    uow.connection.execute(
        LEVELS.insert(), [{"id": f"{e.id[:7]}!", "level": 0, "version": 0} for e in events]
    )


READER = Reader("employment", ("monitoring",), {LevelSet.type: note})


def fail(events, uow):
    raise ZeroDivisionError


BROKEN = Reader("employment", ("monitoring",), {LevelSet.type: fail})


@pytest.fixture
def kept(example):
    """Four events set aside by a reader that was broken."""
    events = [level(name, n) for n, name in enumerate("abcd", 1)]
    take_in(events, example.uow(), BROKEN, at=NOW)
    return events


def row_of(example, event_id):
    with example.engine.connect() as connection:
        return find_one(connection, event_id)


def test_only_those_asked_for(example, kept):
    """One is re-driven, its row says by whom; the others wait on."""
    taken = redrive(example.uow(), READER, [kept[1].id, "none"], at=NOW, by="operator1")
    row = row_of(example, kept[1].id)
    assert (1, "retried", "operator1", NOW) == (
        taken.admitted,
        row.resolution,
        row.resolved_by,
        row.resolved_at,
    )
    with example.engine.connect() as connection:
        assert {kept[n].id for n in (0, 2, 3)} == {one.event_id for one in find_all(connection)}


def test_by_query(example, kept):
    """What a search finds is re-driven, nothing else, and progress is told after every batch."""
    take_in([level("e", 13)], example.uow(), example.reader, at=NOW)
    told: list[redriving.Progress] = []
    taken = redrive_matching(
        example.uow(), READER, Search(kind="defect"), at=NOW, by="x", progress=told.append
    )
    assert (4, [(4, 4, 0)]) == (taken.admitted, [(p.done, p.total, p.failed) for p in told])
    with example.engine.connect() as connection:
        assert ["level_refused"] == [one.code for one in find_all(connection)]


def test_the_row_is_cleared_with_the_effects(example, kept, monkeypatch):
    """If the process dies before the commit, neither effect nor clearing is there; the next try does both."""
    uow = example.uow()
    monkeypatch.setattr(type(uow), "commit", lambda _self: (_ for _ in ()).throw(ConnectionError()))
    with pytest.raises(ConnectionError):
        redrive(uow, READER, [kept[0].id], at=NOW)
    monkeypatch.undo()
    assert ([], None) == (example.rows(LEVELS), row_of(example, kept[0].id).resolved_at)

    commits = []
    inner = type(uow).commit

    def commit_once(self):
        inner(self)
        commits.append(1)
        raise ConnectionError  # dies right after the first commit: nothing else may be needed

    monkeypatch.setattr(type(uow), "commit", commit_once)
    with pytest.raises(ConnectionError):
        redrive(example.uow(), READER, [kept[0].id], at=NOW)
    assert ([1], "retried") == (commits, row_of(example, kept[0].id).resolution)
    assert 2 == len(example.rows(LEVELS))


def test_two_officers_at_once(example, kept):
    """Both re-drive the same events at the same time: each has its effect once, none is left waiting."""
    start = threading.Barrier(2)
    taken: list[Taken] = []

    def work():
        start.wait()
        taken.append(redrive(example.uow(), READER, [event.id for event in kept], at=NOW, by="x"))

    officers = [threading.Thread(target=work) for _ in range(2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert (4, []) == (sum(t.admitted for t in taken), [e for t in taken for e in t.set_aside])
    assert 8 == len(example.rows(LEVELS))
    with example.engine.connect() as connection:
        assert [] == find_all(connection)


def test_corrected_meanwhile(example, kept, monkeypatch):
    """An event that one officer corrects while another re-drives it has one effect, the corrected one."""
    inner, event = take_in, kept[0]

    def corrected_first(*arguments, **named):
        monkeypatch.setattr(redriving, "take_in", inner)
        body = event.to_json().replace('"level":1', '"level":9')
        correct(
            example.uow(),
            READER,
            event.id,
            body,
            by="x",
            note="typo",
            at=NOW,
            models={LevelSet.type: LevelSet},
        )
        return inner(*arguments, **named)

    monkeypatch.setattr(redriving, "take_in", corrected_first)
    taken = redrive(example.uow(), READER, [event.id], at=NOW)
    assert (0, 1) == (taken.admitted, taken.repeated)
    assert [("a", 9, 1)] == [row for row in example.rows(LEVELS) if row[0] == "a"]


def test_resolved_meanwhile(example, kept, monkeypatch):
    """Dealt with by other means while another officer re-drives it, an event is not taken in as well."""
    inner, event = take_in, kept[0]

    def resolved_first(*arguments, **named):
        with example.uow() as uow:
            resolve(uow.connection, [event.id], by="x", reason="entered by hand", at=NOW)
            uow.commit()
        return inner(*arguments, **named)

    monkeypatch.setattr(redriving, "take_in", resolved_first)
    assert 0 == redrive(example.uow(), READER, [event.id], at=NOW).admitted
    assert ([], "resolved") == (example.rows(LEVELS), row_of(example, event.id).resolution)


def test_a_failure_does_not_reopen(example, kept, monkeypatch):
    """An officer resolves an event while another's re-drive of it fails: it stays resolved."""
    inner = redriving.Redriving.failed

    def resolved_first(self, event, fault, uow, **named):
        resolve(uow.connection, [event.id], by="x", reason="told by phone", at=NOW)
        return inner(self, event, fault, uow, **named)

    monkeypatch.setattr(redriving.Redriving, "failed", resolved_first)
    redrive(example.uow(), BROKEN, [kept[0].id], at=NOW)
    assert "resolved" == row_of(example, kept[0].id).resolution


def test_taken_in_by_another_way(example, kept):
    """The broker delivers it again after the repair: it is taken in, and the next sweep clears its row."""
    take_in([kept[0]], example.uow(), READER, at=NOW)
    assert None is row_of(example, kept[0].id).resolved_at
    with example.uow() as uow:
        assert 1 == resolve_taken_in(uow.connection, at=NOW)
        uow.commit()
    assert "retried" == row_of(example, kept[0].id).resolution
    assert 2 == len(example.rows(LEVELS))
    assert 1 == len(example.rows(MESSAGES.inbox))
