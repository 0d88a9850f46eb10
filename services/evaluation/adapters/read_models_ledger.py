"""What pages show of the ledger: problems by filter, their colours, counts, lists that were sent in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from services.evaluation.adapters.ledger import problem_from
from services.evaluation.adapters.tables import journal, report_file
from services.evaluation.adapters.tables_ledger import problem_lists, problems
from services.evaluation.domain.ledger.errors import UnknownProblemError
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.reminder import Colour, Limits
from services.evaluation.domain.ledger.state import OPEN, WITH_THE_UNIT, Stage, State
from shared.contracts.evaluation.v1 import ledger as v1
from shared.kernel.period import add_days

_C = problems.c
_TYPES = sorted(event.type for event in v1.EVENTS)
_DIMENSIONS = {"unit": _C.unit, "category": _C.category, "source": _C.source, "level": _C.level}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose problems are shown. *unit*: those it answers for or leads; *area*: those that lie inside it too.

    Both empty: every problem.
    """

    unit: str = ""
    area: str = ""

    def holds(self, problem: Problem) -> bool:
        """Say whether *problem* may be shown."""
        if not (self.unit or self.area):
            return True
        named = {problem.unit, problem.responsible.lead_unit, problem.responsible.supervising_unit}
        inside = bool(self.area) and problem.area_code.startswith(self.area)
        return inside or (bool(self.unit) and self.unit in named)

    def condition(self) -> ColumnElement[bool] | None:
        """Return the same for SQL, None when everything may be shown."""
        ways: list[ColumnElement[bool]] = []
        if self.unit:
            ways += [_C.unit == self.unit, _C.lead_unit == self.unit, _C.supervising_unit == self.unit]
        if self.area:
            ways.append(_C.area_code.like(f"{self.area}%"))
        return or_(*ways) if ways else None


@dataclass(frozen=True, slots=True)
class LedgerSearch:
    """What a list is narrowed to; an empty text asks for all."""

    unit: str = ""
    state: str = ""
    colour: str = ""
    source: str = ""
    category: str = ""
    level: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many problems of one kind there are; *key* is the code of the unit, category, source or level."""

    key: str
    total: int
    open: int
    overdue: int
    closed: int
    recurred: int


@dataclass(frozen=True, slots=True)
class SentList:
    """One list that was sent in."""

    id: str
    name: str
    source: str
    document_no: str
    found_on: date
    sent_on: date
    state: str
    imported: int


def colour_case(today: date, limits: Limits) -> ColumnElement[str]:
    """Return for SQL what :func:`...domain.ledger.reminder.colour_of` says."""
    with_unit = _C.state.in_(sorted(WITH_THE_UNIT))
    silent = case(
        (_C.state == State.HANDED_OVER, _C.moved_on < add_days(today, -limits.plan)),
        else_=_C.moved_on < add_days(today, -limits.silence),
    )
    soon = add_days(today, limits.near)
    return case(
        (or_(_C.state.not_in(sorted(OPEN)), _C.due_on.is_(None)), Colour.NONE.value),
        (_C.due_on < today, Colour.RED.value),
        (and_(with_unit, or_(_C.next_node_on < today, silent)), Colour.YELLOW.value),
        (or_(_C.due_on <= soon, and_(with_unit, _C.next_node_on <= soon)), Colour.BLUE.value),
        else_=Colour.NONE.value,
    )


def find_problems(
    connection: Connection,
    search: LedgerSearch,
    scope: Scope,
    *,
    today: date,
    limits: Limits,
    limit: int,
    offset: int = 0,
) -> tuple[list[Problem], int]:
    """Return a part of the problems, those with the nearest limit first, and how many there are."""
    conditions = _conditions(search, scope, today, limits)
    rows = connection.execute(
        select(problems)
        .where(*conditions)
        .order_by(_C.state.in_(sorted(OPEN)).desc(), _C.due_on.is_(None), _C.due_on, _C.number)
        .limit(limit)
        .offset(offset)
    ).mappings()
    found = [problem_from(dict(row)) for row in rows]
    total = connection.execute(select(func.count()).select_from(problems).where(*conditions)).scalar_one()
    return found, total


def find_reminders(
    connection: Connection, unit: str, scope: Scope, *, today: date, limits: Limits, limit: int, offset: int
) -> list[Problem]:
    """Return a part of what is overdue, behind or near, in this order."""
    colour = colour_case(today, limits)
    urgency = case(
        (colour == Colour.RED.value, 0), (colour == Colour.YELLOW.value, 1), (colour == Colour.BLUE.value, 2)
    )
    conditions = _conditions(LedgerSearch(unit=unit), scope, today, limits)
    query = (
        select(problems)
        .where(*conditions, colour != Colour.NONE.value)
        .order_by(urgency, _C.due_on, _C.number)
        .limit(limit)
        .offset(offset)
    )
    return [problem_from(dict(row)) for row in connection.execute(query).mappings()]


def count_reminders(connection: Connection, unit: str, scope: Scope, *, today: date, limits: Limits) -> int:
    """Return how many problems of the unit remind in any colour."""
    conditions = _conditions(LedgerSearch(unit=unit), scope, today, limits)
    query = select(func.count()).select_from(problems)
    return int(
        connection.execute(
            query.where(*conditions, colour_case(today, limits) != Colour.NONE.value)
        ).scalar_one()
    )


def colours(connection: Connection, scope: Scope, *, today: date, limits: Limits) -> dict[str, int]:
    """Return how many problems remind in each colour."""
    colour = colour_case(today, limits)
    query = select(colour, func.count()).select_from(problems).group_by(colour)
    condition = scope.condition()
    if condition is not None:
        query = query.where(condition)
    counted = {str(key): int(count) for key, count in connection.execute(query)}
    return {one.value: counted.get(one.value, 0) for one in Colour}


def tallies(connection: Connection, by: str, scope: Scope, *, today: date) -> list[Tally]:
    """Return the counts by ``unit``, ``category``, ``source`` or ``level``; what is untrue is left out."""
    key = _DIMENSIONS[by]
    is_open = _C.state.in_(sorted(OPEN))

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    query = (
        select(
            key,
            func.count(),
            count(is_open),
            count(and_(is_open, _C.due_on < today)),
            count(_C.state == State.CLOSED),
            func.sum(_C.recurred),
        )
        .where(_C.state != State.REJECTED)
        .group_by(key)
        .order_by(func.count().desc(), key)
    )
    condition = scope.condition()
    if condition is not None:
        query = query.where(condition)
    return [Tally(str(row[0]), *(int(value) for value in row[1:])) for row in connection.execute(query)]


def waiting(
    connection: Connection, states: Sequence[State], scope: Scope, *, stages: Sequence[Stage] = ()
) -> list[Problem]:
    """Return the problems in these states, or whose due re-check is one of *stages*."""
    ways = [_C.state.in_(sorted(states)), _C.due_stage.in_(sorted(stages))]
    query = select(problems).where(or_(*ways)).order_by(_C.number)
    condition = scope.condition()
    if condition is not None:
        query = query.where(condition)
    return [problem_from(dict(row)) for row in connection.execute(query).mappings()]


def not_looked_back(connection: Connection, closed_until: date) -> list[Problem]:
    """Return what was closed by that day and nobody has gone back to since."""
    query = select(problems).where(
        _C.state == State.CLOSED, _C.closed_on <= closed_until, _C.looked_back_on.is_(None)
    )
    rows = connection.execute(query.order_by(_C.closed_on, _C.number)).mappings()
    return [problem_from(dict(row)) for row in rows]


def sent_lists(connection: Connection) -> list[SentList]:
    """Return every list that was sent in, the newest first."""
    columns = problem_lists.c
    wanted = (
        columns.id,
        columns.name,
        columns.source,
        columns.document_no,
        columns.found_on,
        columns.sent_on,
        columns.state,
        columns.imported,
    )
    rows = connection.execute(select(*wanted).order_by(columns.sent_on.desc(), columns.id))
    return [SentList(*row) for row in rows]


def _conditions(search: LedgerSearch, scope: Scope, today: date, limits: Limits) -> list[ColumnElement[bool]]:
    exact: dict[Any, str] = {
        _C.unit: search.unit,
        _C.state: search.state,
        _C.source: search.source,
        _C.category: search.category,
        _C.level: search.level,
    }
    found = [column == value for column, value in exact.items() if value]
    if search.colour:
        found.append(colour_case(today, limits) == search.colour)
    if search.text:
        found.append(or_(_C.text.contains(search.text, autoescape=True), _C.number == search.text))
    condition = scope.condition()
    return found if condition is None else [*found, condition]


def evidence_of(connection: Connection, problem: Problem, key: str) -> tuple[str, bytes]:
    """Return media type and content of a file of *problem*; raises UnknownProblemError for any other."""
    mine = {file for one in problem.progress for file in one.files}
    columns = report_file.c
    query = select(columns.media_type, columns.content).where(columns.sha256 == key.partition(".")[0])
    row = connection.execute(query).one_or_none() if key in mine else None
    if row is None:
        raise UnknownProblemError
    return row.media_type, row.content


def events_of(connection: Connection, problem: Problem) -> list[tuple[str, str, date]]:
    """Return id, fact and day of the journaled events of a problem, the earliest first."""
    columns = journal.c
    query = (
        select(columns.event_id, columns.fact, columns.occurred_on)
        .where(
            columns.type.in_(_TYPES),
            columns.occurred_on >= problem.found_on,
            columns.envelope.contains(f'"subject":"{problem.id}"', autoescape=True),
        )
        .order_by(columns.occurred_on, columns.recorded_at, columns.event_id)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]
