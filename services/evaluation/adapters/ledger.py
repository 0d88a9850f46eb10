"""Problems and lists of problems in SQL."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, func, select
from sqlalchemy.exc import IntegrityError

from services.evaluation.adapters.tables_ledger import problem_lists, problems
from services.evaluation.domain.ledger.errors import UnknownProblemError, UnknownProblemListError
from services.evaluation.domain.ledger.parts import (
    Check,
    Happened,
    LookBack,
    Plan,
    Progress,
    Recurrence,
    Responsible,
)
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.problem_list import ListedProblem, ListState, ProblemList
from services.evaluation.domain.ledger.recurrence import Earlier, Likes
from services.evaluation.domain.ledger.state import Level, Source, Stage, State
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import StaleVersionError
from shared.persistence.versioned import add_version, save_version

_PARTS: Mapping[str, TypeAdapter[Any]] = {
    "plan": TypeAdapter(Plan),
    "responsible": TypeAdapter(Responsible),
    "progress": TypeAdapter(tuple[Progress, ...]),
    "mechanism": TypeAdapter(str),
    "completed_on": TypeAdapter(date | None),
    "stages": TypeAdapter(tuple[Stage, ...]),
    "round": TypeAdapter(int),
    "checks": TypeAdapter(tuple[Check, ...]),
    "on_the_spot": TypeAdapter(bool),
    "recurrences": TypeAdapter(tuple[Recurrence, ...]),
    "look_backs": TypeAdapter(tuple[LookBack, ...]),
    "history": TypeAdapter(tuple[Happened, ...]),
}
_SAME = (
    "id",
    "number",
    "unit",
    "source",
    "category",
    "cause",
    "state",
    "area_code",
    "household_id",
    "systemic",
    "found_on",
    "registered_on",
    "handed_over_on",
    "due_on",
    "moved_on",
    "closed_on",
    "text",
    "document_no",
)
_LINES = TypeAdapter(tuple[ListedProblem, ...])
Collect = Callable[[Aggregate], None]


class SqlProblems:
    """The problems inside one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def get(self, problem_id: str) -> Problem:
        """Return a problem as it was saved last."""
        row = self._connection.execute(problem_of(problem_id)).mappings().first()
        if row is None:
            raise UnknownProblemError
        return problem_from(dict(row))

    def knows(self, problem_id: str) -> bool:
        """Say whether it was entered."""
        return self._connection.execute(problem_of(problem_id)).first() is not None

    def add(self, problem: Problem) -> None:
        """Keep a new problem; of two that took one number at once, the second tries again."""
        try:
            add_version(self._connection, problems, _row(problem))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._collect(problem)

    def save(self, problem: Problem) -> None:
        """Keep what became of it."""
        save_version(self._connection, problems, _row(problem), read=problem.version)
        self._collect(problem)

    def next_number(self, year: int) -> str:
        """Return the number after the last one of *year*."""
        query = select(func.max(problems.c.number)).where(problems.c.number.like(f"{year}-%"))
        last = self._connection.execute(query).scalar_one()
        return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:05d}"

    def likes(self, problem: Problem, unit: str, category: str, cause: str) -> Likes:
        """Return closings and recurrences of the same unit, category and cause; see the port."""
        columns = problems.c
        wanted = select(columns.id, columns.closed_on, columns.particulars).order_by(columns.number)
        if cause:
            wanted = wanted.where(columns.unit == unit, columns.category == category, columns.cause == cause)
        else:
            wanted = wanted.where(columns.id == problem.id)
        closed: list[Earlier] = []
        days: list[date] = []
        for problem_id, closed_on, particulars in self._connection.execute(wanted):
            if problem_id != problem.id and closed_on is not None:
                closed.append(Earlier(problem_id, closed_on))
            came_back = _PARTS["recurrences"].validate_python(particulars["recurrences"])
            days += [one.on for one in came_back if one.counts]
            if problem_id != problem.id:
                closed += [Earlier(problem_id, one.closed_on, one.on) for one in came_back if one.closed_on]
        return Likes(tuple(closed), tuple(days))


class SqlProblemLists:
    """The lists inside one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def get(self, list_id: str) -> ProblemList:
        """Return a list with its lines."""
        query = select(problem_lists).where(problem_lists.c.id == list_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise UnknownProblemListError
        values = dict(row)
        values["lines"] = _LINES.validate_python(values["lines"])
        values["state"] = ListState(values["state"])
        return ProblemList(**values)

    def add(self, problem_list: ProblemList) -> None:
        add_version(self._connection, problem_lists, _list_row(problem_list))
        self._collect(problem_list)

    def save(self, problem_list: ProblemList) -> None:
        save_version(self._connection, problem_lists, _list_row(problem_list), read=problem_list.version)
        self._collect(problem_list)


def problem_of(problem_id: str) -> Select[Any]:
    """Return the query for one problem."""
    return select(problems).where(problems.c.id == problem_id)


def problem_from(row: Mapping[str, Any]) -> Problem:
    """Return the problem that *row* keeps."""
    values = {name: row[name] for name in _SAME}
    parts = {name: adapter.validate_python(row["particulars"][name]) for name, adapter in _PARTS.items()}
    values["source"], values["state"] = Source(row["source"]), State(row["state"])
    level = Level(row["level"]) if row["level"] else None
    return Problem(**values, **parts, level=level, version=row["version"])


def _row(problem: Problem) -> dict[str, Any]:
    last = max((one.on for one in problem.look_backs), default=None)
    closed_since = problem.closed_on is not None and last is not None and last >= problem.closed_on
    return {
        **{name: getattr(problem, name) for name in _SAME},
        "lead_unit": problem.responsible.lead_unit,
        "supervising_unit": problem.responsible.supervising_unit,
        "level": problem.level or "",
        "next_node_on": problem.running.next_node_on,
        "due_stage": problem.due_stage or "",
        "looked_back_on": last if closed_since else None,
        "recurred": sum(one.counts for one in problem.recurrences),
        "consequence": problem.recurrences[-1].consequence if problem.recurrences else "none",
        "particulars": {
            name: adapter.dump_python(getattr(problem, name), mode="json") for name, adapter in _PARTS.items()
        },
    }


def _list_row(one: ProblemList) -> dict[str, Any]:
    row = asdict(replace(one, facts=[]))
    for name in ("facts", "version"):
        del row[name]
    return {**row, "lines": _LINES.dump_python(one.lines, mode="json")}
