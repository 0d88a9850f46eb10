"""What every unit owes, from reports to orders and problems, and what of it is past its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, case, func, select

from services.evaluation.adapters.read_models_reporting import OPEN_STATES
from services.evaluation.adapters.tables import (
    meeting_duties,
    problems,
    progress_reports,
    reporting_task,
    supervision_order,
    training_classes,
    undertakings,
)
from services.evaluation.domain.ledger.state import OPEN
from services.evaluation.domain.order import OWED

Kind = Literal["reports", "months", "meetings", "orders", "problems", "undertakings", "classes"]


@dataclass(frozen=True, slots=True)
class Owed:
    """How many things of one kind a unit owes, and how many of them are past their day."""

    open: int
    late: int


Debts = Mapping[str, Mapping[Kind, Owed]]
"""By unit (a town's code, a department's name), then by kind; who owes nothing of a kind has no entry."""

_Kind = tuple[Column[Any], ColumnElement[bool], Column[Any]]
_KINDS: Mapping[Kind, _Kind] = {
    "reports": (
        reporting_task.c.reporter,
        reporting_task.c.state.in_(OPEN_STATES),
        reporting_task.c.due_on,
    ),
    "months": (progress_reports.c.unit, progress_reports.c.state != "filed", progress_reports.c.due_on),
    "meetings": (meeting_duties.c.unit, meeting_duties.c.meeting_id == "", meeting_duties.c.due_on),
    "orders": (
        supervision_order.c.unit,
        supervision_order.c.state.in_(sorted(str(one) for one in OWED)),
        supervision_order.c.due_at,
    ),
    "problems": (problems.c.unit, problems.c.state.in_(sorted(OPEN)), problems.c.due_on),
    "undertakings": (undertakings.c.unit, undertakings.c.state == "open", undertakings.c.due_on),
    "classes": (training_classes.c.unit, training_classes.c.state == "planned", training_classes.c.due_on),
}


def debts(connection: Connection, today: date, now: datetime, unit: str = "") -> Debts:
    """Return what every unit owes, or *unit* alone; an order is late from its minute on."""
    found: dict[str, dict[Kind, Owed]] = {}
    for kind, (owner, is_open, due) in _KINDS.items():
        past: Any = now if kind == "orders" else today
        query = select(owner, func.count(), func.sum(case((due < past, 1), else_=0))).where(is_open)
        if unit:
            query = query.where(owner == unit)
        for name, number, late in connection.execute(query.group_by(owner)):
            found.setdefault(str(name), {})[kind] = Owed(int(number), int(late))
    return found
