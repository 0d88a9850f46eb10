"""What the pages of all guarantees share: lists of a register, one entry, and tasks of their sums."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table

from services.monitoring.adapters.read_models_guarantee import (
    Due,
    Entry,
    area_of_entry,
    entry_of,
    find_entries,
)
from services.monitoring.domain.guarantee import States
from services.monitoring.domain.guarantee_errors import GuaranteeNotFoundError, ListRowError
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import due_badge
from services.monitoring.entrypoints.web.people import called, name_for, sees_names
from services.monitoring.entrypoints.web.task_item import Task
from shared.areas import areas
from shared.web.asking import AreaOf
from shared.web.i18n import Words
from shared.web.officer import Officer
from shared.web.paging import Badge, Colour, Column, Listing

_PERSONAL: Mapping[str, object] = {
    "teacher": "",
    "doctor": "",
    "note": "",
    "responsible": {},
    "persuasions": (),
}
"""Columns that are for those who do the work: who only assesses reads none of them."""
MOST_TASKS = 300


def near_days(ask: MonitoringAsk) -> int:
    """Return from how many days before its day on a task is yellow."""
    return ask.service.case_policy.limits.near_days.on(ask.today)


def for_officer(officer: Officer, one: Entry) -> Entry:
    """Return *one* as *officer* may see it."""
    if sees_names(officer):
        return one
    return replace(
        one,
        head_name=name_for(officer, one.head_name),
        person_name=name_for(officer, one.person_name),
        values={name: _PERSONAL.get(name, value) for name, value in one.values.items()},
    )


def listed(
    ask: MonitoringAsk,
    connection: Connection,
    table: Table,
    columns: Sequence[Column[Entry]],
    *,
    conditions: Sequence[ColumnElement[bool]] = (),
    order: Sequence[ColumnElement[Any]] = (),
) -> Listing[Entry]:
    """Return the asked part of a register in the officer's area."""
    rows, total = find_entries(
        connection,
        table,
        area_code=ask.officer.area_code,
        conditions=conditions,
        order=order,
        limit=ask.paging.size,
        offset=ask.paging.offset,
    )
    return Listing(columns, [for_officer(ask.officer, one) for one in rows], total, ask.paging)


def shown_entry(ask: MonitoringAsk, connection: Connection, table: Table, id_: str) -> Entry:
    """Return one entry as the officer may see it; raises GuaranteeNotFoundError."""
    found = entry_of(connection, table, id_)
    if found is None:
        raise GuaranteeNotFoundError
    return for_officer(ask.officer, found)


def entry_area(table: Table, parameter: str) -> AreaOf:
    """Return what finds the village of the entry that *parameter* of a page or action names."""

    def find(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
        with read(ask) as connection:
            return area_of_entry(connection, table, given[parameter])

    return find


def whose_columns(ask: MonitoringAsk, path: Callable[[Entry], str]) -> tuple[Column[Entry], ...]:
    """Return the first columns of a register: the person, the household, the village."""
    return (
        Column[Entry](
            "姓名", "Name", lambda one: one.person_name or Words("全户", "the household"), link=path
        ),
        Column[Entry](
            "农户",
            "Household",
            lambda one: called(ask.officer, one.household_no, one.head_name),
            link=lambda one: (
                f"/households/{one.household_id}/guarantees"
                if ask.officer.role != "evaluator"
                else f"/households/{one.household_id}"
            ),
        ),
        Column[Entry]("所在村", "Village", lambda one: areas().full_name(one.area_code)),
    )


def state_column(ask: MonitoringAsk, states: States, waiting: Iterable[str]) -> Column[Entry]:
    """Return the column of where an entry stands; what waits shows how near its day is."""
    near, open_ = near_days(ask), frozenset(waiting)

    def badge(one: Entry) -> Badge:
        if one["state"] in open_ and one.values.get("due_on"):
            due = due_badge(one["due_on"], ask.today, near)
            zh, en = states[one["state"]]
            return Badge(due.colour, Words(f"{zh}·{due.words.zh}", f"{en}, {due.words.en}"))
        return state_badge(states, one["state"])

    return Column[Entry]("状态", "State", badge)


def state_badge(states: States, state: str) -> Badge:
    """Return the mark of a state."""
    return Badge(_colour(state), Words(*states[state]))


def _colour(state: str) -> Colour:
    if state in {"refused", "withdrawn"}:
        return "red"
    return "grey" if state == "ended" else "green"


def state_choices(states: States) -> list[tuple[str, Words]]:
    """Return the states as choices of a filter."""
    return [(state, Words(zh, en)) for state, (zh, en) in states.items()]


def whose(ask: MonitoringAsk, one: Entry) -> Words:
    """Return what an entry is called at the head of its page."""
    here = called(ask.officer, one.household_no, one.head_name)
    if not one.person_name:
        return here
    return Words(f"{one.person_name}·{here.zh}", f"{one.person_name}, {here.en}")


def task_of(one: Entry, what: Words, path: str, due_on: date | None = None) -> Task:
    """Return the task an entry is."""
    return Task(what, path, one.household_no, one.head_name, one.area_code, due_on or one["due_on"])


def sum_task(ask: MonitoringAsk, zh: str, en: str, path: str, due: Due) -> Task:
    """Return one task for many entries: an office works through them on their list."""
    words = Words(f"{zh}（{due.number}）", f"{en} ({due.number})")
    return Task(words, path, "", "", ask.officer.area_code, due.first_due_on)


def waiting_entries(
    ask: MonitoringAsk, connection: Connection, table: Table, *conditions: ColumnElement[bool]
) -> Iterator[Entry]:
    """Yield what waits in the officer's area, what is due first on top."""
    rows, _total = find_entries(
        connection,
        table,
        area_code=ask.officer.area_code,
        conditions=conditions,
        order=(table.c.due_on,),
        limit=MOST_TASKS,
    )
    yield from rows


def is_unit(ask: MonitoringAsk, *units: str) -> bool:
    """Whether the officer is of one of these departments."""
    return ask.officer.role == "department" and ask.officer.unit in units


def on_the_ground(ask: MonitoringAsk) -> bool:
    """Whether the officer works in a town or village."""
    return ask.officer.role in ("town", "village")


def unit_of(ask: MonitoringAsk) -> str:
    """Return the department that acts; empty for every other role."""
    return ask.officer.unit if ask.officer.role == "department" else ""


def lines_of(text: str, cells: int) -> list[tuple[int, list[str]]]:
    """Return the lines of a typed list, each cut into up to *cells*; raises ListRowError for too many."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = [cell.strip() for cell in line.replace("，", ",").replace("\t", ",").split(",")]
        if len(row) > cells:
            raise ListRowError(line=number)
        rows.append((number, row + [""] * (cells - len(row))))
    return rows
