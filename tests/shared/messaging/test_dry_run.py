"""A dry run is right: what it says is what the re-drive then does."""

from collections import Counter
from datetime import date
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from shared.contracts.envelope import Envelope, EventData
from shared.kernel.ids import SeededIds
from shared.messaging.dry_run import MOST, TooManyToRehearseError, dry_run
from shared.messaging.intake import Reader, take_in
from shared.messaging.redrive import redrive
from shared.messaging.set_aside import find_one
from tests.shared.messaging.conftest import (
    LEVELS,
    MESSAGES,
    METADATA,
    NOW,
    LevelRefusedError,
    LevelSet,
    level,
)


def fail(events, uow):
    raise ZeroDivisionError


BROKEN = Reader("employment", ("monitoring",), {LevelSet.type: fail})


class Counted(EventData):
    """What the reader below tells."""

    type: ClassVar[str] = "employment.counted.v1"
    level: int


def add_levels(events, uow):
    """Count rows of every kind: 13 is refused, 14 a defect, 0 deletes, others insert or update."""
    for event in events:
        value, rows = event.data["level"], LEVELS.c
        if value == 13:
            raise LevelRefusedError(level=13)
        if value == 0:
            uow.connection.execute(delete(LEVELS).where(rows.id == event.subject))
            continue
        there = uow.connection.execute(select(rows.level).where(rows.id == event.subject)).scalar()
        if there is None:
            uow.connection.execute(LEVELS.insert().values(id=event.subject, level=value, version=1))
        else:
            more = update(LEVELS).where(rows.id == event.subject)
            uow.connection.execute(more.values(level=there + value, version=rows.version + 1))
        if value == 14:
            raise KeyError("a defect, after it has written")
        seen = Counted(household_id=event.subject, occurred_on=date(2022, 1, 1), level=value)
        uow.publish(seen, cause=event)


READER = Reader("employment", ("monitoring",), {LevelSet.type: add_levels})


def everything(example):
    """Return every row of every table."""
    return {table.name: sorted(map(repr, example.rows(table))) for table in METADATA.sorted_tables}


def sizes(example):
    with example.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def set_aside(example, events, at=NOW):
    take_in(events, example.uow(), BROKEN, at=at)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_dry_run_is_right(example, data):
    """Over random events, faulty, gone and repeated ones among them: fates, rows and told events agree."""
    with example.uow() as uow:
        for table in METADATA.sorted_tables:
            uow.connection.execute(table.delete())
        uow.commit()
    values = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0, 1, 2, 13, 14])), max_size=7)
    pairs = data.draw(values)
    events = [level(name, value, n) for n, (name, value) in enumerate(pairs)]
    set_aside(example, events)
    earlier = data.draw(st.sets(st.sampled_from(events))) if events else set()
    redrive(example.uow(), READER, [e.id for e in events if e in earlier], at=NOW)
    for one in data.draw(st.sets(st.sampled_from(events))) if events else ():  # taken in by another way
        take_in([one], example.uow(), READER, at=NOW)
    chosen = data.draw(st.permutations([*(e.id for e in events), "never seen"]))

    before, were = everything(example), sizes(example)
    told_before = {row[1] for row in example.rows(MESSAGES.outbox)}
    foreseen = dry_run(example.uow, READER, chosen, at=NOW)
    assert before == everything(example)

    taken = redrive(example.uow(), READER, chosen, at=NOW)
    after, are = everything(example), sizes(example)
    assert Counter(one.fate for one in foreseen.events)["taken"] == taken.admitted
    assert {one.event_id for one in foreseen.events if one.fate == "at_fault"} == set(taken.set_aside)
    with example.engine.connect() as connection:
        for one in foreseen.events:
            row = find_one(connection, one.event_id)
            assert (one.fate == "at_fault") == (row is not None and row.resolved_at is None)
            if one.fate == "at_fault" and row is not None:
                assert (row.kind, row.code, row.reason) == (one.kind, one.code, one.reason)
    told = {(row[1], row[2], row[3]) for row in example.rows(MESSAGES.outbox) if row[1] not in told_before}
    assert told == {(one.event_id, one.type, one.subject) for one in foreseen.told}
    by_table = {change.table: change for change in foreseen.changes}
    for name in after:
        change = by_table.get(name)
        assert are[name] - were[name] == (change.inserted - change.deleted if change else 0)
        assert change is not None or before[name] == after[name]
    assert all(c.inserted + c.updated + c.deleted > 0 for c in foreseen.changes)


def test_rows_are_counted_table_by_table(example):
    """Inserted, updated and deleted rows are told apart, alike in both databases; what was undone is not."""
    with example.uow() as uow:
        uow.connection.execute(LEVELS.insert(), [{"id": i, "level": 1, "version": 1} for i in "bc"])
        uow.commit()
    events = [level("a", 5), level("b", 5), level("c", 0), level("d", 13), level("e", 14)]
    set_aside(example, events)
    foreseen = dry_run(example.uow, READER, [event.id for event in events], at=NOW)
    changes = {c.table: (c.inserted, c.updated, c.deleted) for c in foreseen.changes}
    assert {"levels": (1, 1, 1), "inbox": (3, 0, 0), "outbox": (2, 0, 0), "set_aside": (0, 5, 0)} == changes
    fates = [(one.fate, one.code) for one in foreseen.events]
    assert [("taken", "")] * 3 + [("at_fault", "level_refused"), ("at_fault", "defect")] == fates


def test_a_unit_of_work_is_itself_again_after_a_rehearsal(example):
    """What is committed after the rehearsal is kept, what was committed inside it is not."""
    uow = example.uow()
    row = {"id": "x", "level": 1, "version": 1}
    with uow.rehearsed():
        with uow:
            uow.connection.execute(LEVELS.insert().values(row))
            uow.commit()
        with uow:
            assert 1 == len(list(uow.connection.execute(LEVELS.select())))
    assert [] == example.rows(LEVELS)
    with uow:
        uow.connection.execute(LEVELS.insert().values(row))
        uow.commit()
    assert [("x", 1, 1)] == example.rows(LEVELS)


def test_too_many_are_refused(new_example):
    """The tables of the county are not locked for a dry run of everything."""
    example = new_example()
    with pytest.raises(TooManyToRehearseError):
        dry_run(example.uow, READER, [str(n) for n in range(MOST + 1)], at=NOW)


def test_an_envelope_is_what_the_body_says(new_example):
    """A dry run of an event with a consequence names the very id that consequence will have."""
    example = new_example()
    event = level("a", 7)
    set_aside(example, [event])
    (would,) = dry_run(example.uow, READER, [event.id], at=NOW).told
    body = Counted(household_id="a", occurred_on=date(2022, 1, 1), level=7)
    assert Envelope.seal(body, ids=SeededIds("any"), at=NOW, cause=event).id == would.event_id


def test_what_was_told_before_is_not_told_again(new_example):
    """After a restore the consequence may be in the outbox while its cause is not in the inbox."""
    example, event = new_example(), level("a", 7)
    body = Counted(household_id="a", occurred_on=date(2022, 1, 1), level=7)
    with example.uow() as uow:
        uow.publish(body, cause=event)
        uow.commit()
    set_aside(example, [event])
    foreseen = dry_run(example.uow, READER, [event.id], at=NOW)
    assert (["taken"], ()) == ([one.fate for one in foreseen.events], foreseen.told)
