"""What the pages of places share: whose subject it is, a process with its next steps, lists of processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Table

from services.monitoring.adapters.read_models import area_of_household
from services.monitoring.adapters.read_models_place import (
    PlaceRow,
    StepRow,
    area_of,
    count_by_state,
    find_processes,
    steps_of,
)
from services.monitoring.domain.process import OPEN, Process
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import due_badge, words_of
from services.monitoring.entrypoints.web.people import rows_for
from shared.areas import areas
from shared.kernel.errors import ForbiddenError
from shared.web.asking import AreaOf, Ask, TimelineEntry
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing

HOUSING: frozenset[str] = frozenset({"县住建局"})
WATER: frozenset[str] = frozenset({"县水利局"})
TOILETS: frozenset[str] = frozenset({"县农业农村局"})
PUBLIC_TOILETS: frozenset[str] = frozenset({"县农业农村局", "县住建局"})
SEWAGE: frozenset[str] = frozenset({"县生态环境局", "县农业农村局"})
"""Which units of the county each subject belongs to (responsible units of work points 8, 9, 27)."""


_ROLES = {
    "village": Words("村", "the village"),
    "town": Words("镇", "the town"),
    "department": Words("主管部门", "the department"),
    "county": Words("县级", "the county"),
}


def roles_words(roles: Sequence[str]) -> Words:
    """Return whose a step is."""
    named = [_ROLES[role] for role in roles]
    return Words(" / ".join(one.zh for one in named), " / ".join(one.en for one in named))


def reads_notes(ask: MonitoringAsk) -> bool:
    """Say whether the officer may read what was noted: it names people, and who only assesses needs none."""
    return ask.officer.role != "evaluator"


class OtherSubjectError(ForbiddenError):
    """Raised when a department asks for what belongs to another."""

    code = "other_subject"
    zh = "这项工作由{units}负责"
    en = "This belongs to {units}"


class StepForm(Form):
    """A step: nothing but its day and a note."""

    version: Version
    on: OnDay = None
    note: Note = ""


class ExplainedForm(Form):
    """A step that must say why."""

    version: Version
    on: OnDay = None
    note: Annotated[str, Field(min_length=1, max_length=500), Label("说明", "Why", lines=3)]


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form of a page: the action, and what is known of its fields already."""

    action: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StepWaiting:
    """A step that is possible now but another's."""

    words: Words
    whose: Words


def expect_unit(ask: MonitoringAsk, units: frozenset[str]) -> None:
    """Refuse a department whose subject this is not."""
    if ask.officer.role == "department" and ask.officer.unit not in units:
        raise OtherSubjectError(units="、".join(sorted(units)))


def own_list(units: frozenset[str]) -> AreaOf:
    """Be the ``area_of`` of a list that filters by the officer's area itself."""

    def find(ask: MonitoringAsk, _given: Mapping[str, Any]) -> str:
        expect_unit(ask, units)
        return ask.officer.area_code

    return find


def village_of(table: Table, name: str, units: frozenset[str]) -> AreaOf:
    """Be the ``area_of`` of what a page or action names by its id in the path, as *name*."""

    def find(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
        expect_unit(ask, units)
        with read(ask) as connection:
            return area_of(connection, table, given[name])

    return find


def home_of(units: frozenset[str]) -> AreaOf:
    """Be the ``area_of`` of an action on the household in the path."""

    def find(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
        expect_unit(ask, units)
        with read(ask) as connection:
            return area_of_household(connection, given["household_id"])

    return find


def given_village(units: frozenset[str]) -> AreaOf:
    """Be the ``area_of`` of an action whose form names the village."""

    def find(ask: MonitoringAsk, given: Mapping[str, Any]) -> str:
        expect_unit(ask, units)
        return str(given["area_code"])

    return find


def state_words(kind: type[Process], state: str) -> Words:
    """Return what people call a state."""
    return Words(*kind.STATES[state])


def next_steps(
    ask: MonitoringAsk, process: Process, actions: Mapping[str, str], known: Mapping[str, Mapping[str, Any]]
) -> tuple[list[FormShown], list[StepWaiting]]:
    """Return the forms of the steps this officer can take now, and the steps that wait for others.

    *known* says by action what is filled in; under ``""`` for every other action, which also gets
    the version that was read.
    """
    mine, others = [], []
    for step, rule in process.STEPS.items():
        if step not in actions or not process.permits(step):
            continue
        action = actions[step]
        if ask.officer.role in rule.roles:
            shown = FormShown(action, known.get(action) or {**known[""], "version": process.version})
            if shown not in mine:
                mine.append(shown)
        else:
            others.append(StepWaiting(Words(rule.zh, rule.en), roles_words(rule.roles)))
    return mine, others


def history_of(ask: MonitoringAsk, kind: type[Process], rows: Sequence[StepRow]) -> list[TimelineEntry]:
    """Return the steps in words; notes are for the office."""
    entries = []
    for row in rows:
        rule = kind.STEPS.get(row.step)
        words = Words(rule.zh, rule.en) if rule else Words("登记", "Recorded")
        note = row.note if reads_notes(ask) else ""
        state = kind.STATES[row.state]
        detail = Words(
            f"{state[0]}。{note}" if note else state[0], f"{state[1]}. {note}" if note else state[1]
        )
        entries.append(
            TimelineEntry(row.occurred_on, words if row.step != OPEN else Words("登记", "Recorded"), detail)
        )
    return entries


def process_data(
    ask: MonitoringAsk,
    process: Process,
    actions: Mapping[str, str],
    facts: Sequence[tuple[Words, object]],
    links: Sequence[tuple[str, Words]] = (),
    known: Mapping[str, Mapping[str, Any]] | None = None,
    **given: Any,  # noqa: ANN401  (the path's values)
) -> dict[str, Any]:
    """Return what ``monitoring/place.html`` shows of one process."""
    kind = type(process)
    mine, others = next_steps(ask, process, actions, {**(known or {}), "": given})
    with read(ask) as connection:
        steps = steps_of(connection, process.id)
    return {
        "state": state_badge(ask, kind, process.state, process.due_on),
        "due_on": process.due_on,
        "limit_confirmed": process.limit_confirmed,
        "area": areas().full_name(process.area_code),
        "facts": list(facts),
        "links": list(links),
        "is_open": process.is_open,
        "forms": mine,
        "others": others,
        "history": history_of(ask, kind, steps),
        "extra": [],
    }


def state_badge(ask: MonitoringAsk, kind: type[Process], state: str, due_on: date | None) -> Badge:
    """Return where a process stands, coloured by how near its day is."""
    words = state_words(kind, state)
    if state in kind.CLOSED:
        return Badge("green", words)
    if due_on is None:
        return Badge("blue", words)
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    return Badge(due_badge(due_on, ask.today, near).colour, words)


def process_list(
    ask: MonitoringAsk,
    table: Table,
    kind: type[Process],
    path: str,
    detail: tuple[str, str, str, str],
    state: str,
) -> tuple[Listing[PlaceRow], dict[str, Any]]:
    """Return a list of processes, the open ones unless *state* names one or ``all``.

    *detail* is its column, heading in both languages, and code list (or nothing: shown as it is).
    """
    column, zh, en, codes_of = detail
    opened = [str(one) for one in kind.STATES if one not in kind.CLOSED]
    states = [] if state == "all" else [state] if state in kind.STATES else opened
    with read(ask) as connection:
        rows, total = find_processes(
            connection,
            table,
            column,
            area_code=ask.officer.area_code,
            states=states,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        counts = count_by_state(connection, table, ask.officer.area_code)
    shown = rows_for(ask.officer, rows)
    with_home = "household_id" in table.c
    columns = _columns(ask, kind, path, (column, Words(zh, en), codes_of), with_home=with_home)
    data = {
        "state": state,
        "states": [(str(value), Words(*words)) for value, words in kind.STATES.items()],
        "counts": [(Words(*words), counts.get(str(value), 0)) for value, words in kind.STATES.items()],
        "forms": [],
        "notes": [],
    }
    return Listing(columns, shown, total, ask.paging), data


def _columns(
    ask: MonitoringAsk, kind: type[Process], path: str, detail: tuple[str, Words, str], *, with_home: bool
) -> tuple[Column[PlaceRow], ...]:
    _, heading, codes_of = detail

    def told(row: PlaceRow) -> object:
        return words_of(codes_of, row.detail) if codes_of else row.detail or "—"

    home = (
        Column[PlaceRow](
            "户主", "Head", lambda row: row.head_name or row.household_no, link=lambda row: f"{path}/{row.id}"
        ),
        Column[PlaceRow]("户编号", "Household no.", lambda row: row.household_no),
    )
    own = Column[PlaceRow](
        heading.zh, heading.en, told, link=None if with_home else lambda row: f"{path}/{row.id}"
    )
    return (
        *(home if with_home else ()),
        own,
        Column[PlaceRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[PlaceRow]("环节", "At", lambda row: state_badge(ask, kind, row.state, row.due_on)),
        Column[PlaceRow]("期限", "Due", lambda row: row.due_on),
        Column[PlaceRow](
            "期限依据",
            "The limit",
            lambda row: None if row.due_on is None else CONFIRMED if row.limit_confirmed else UNCONFIRMED,
        ),
        Column[PlaceRow]("上一步", "Last step", lambda row: row.last_step_on),
    )


def villages(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the villages of the officer's area."""
    inside = [one for one in areas().inside(ask.officer.area_code) if one.level == "village"]
    return [Choice(one.code, areas().full_name(one.code), areas().full_name(one.code)) for one in inside]


Village = Annotated[str, Field(pattern=r"^[0-9]{12}$"), Label("村", "Village", choices=villages)]

CONFIRMED, UNCONFIRMED = Words("已确认", "confirmed"), Words("未确认", "unconfirmed")
