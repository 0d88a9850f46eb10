"""Give a judged mark."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from services.evaluation.domain.errors import DayNotReachedError, UnknownUnitError
from services.evaluation.domain.mark import Mark
from services.evaluation.domain.rule import Rulebook
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class RecordMark:
    """*unit* gets *value* for *item*, judged as of the day *as_of*; *period* is a month such as 2022-05.

    *assessor* is the office that judges, *judged_by* the account; *reason* names no person.
    """

    unit: str
    item: str
    value: Decimal
    as_of: date
    assessor: str
    period: str = ""
    judged_by: str = ""
    reason: str = field(default="", repr=False)


def mark_items(rulebook: Rulebook, on: date) -> Mapping[str, Any]:
    """Return what is judged on that day: of each item the ``most`` points and whether it is ``monthly``."""
    items: Mapping[str, Any] = rulebook.figures["mark_items"].on(on)
    return items


def record_mark(command: RecordMark, uow: UnitOfWork, rulebook: Rulebook, units: Collection[str]) -> str:
    """Give the mark and return its id; the last one given counts.

    Raises UnknownUnitError, DayNotReachedError, UnknownMarkItemError, MarkOutOfRangeError,
    MarkPeriodError or AppealReasonMissingError.
    """
    if command.unit not in units:
        raise UnknownUnitError(unit=command.unit[:64])
    today = day_of(uow.clock())
    if command.as_of > today:
        raise DayNotReachedError(day=command.as_of.isoformat())
    with uow:
        mark = Mark.give(
            mark_items(rulebook, command.as_of),
            id=uow.ids(),
            unit=command.unit,
            item=command.item,
            period=command.period,
            value=command.value,
            as_of=command.as_of,
            judged_on=today,
            assessor=command.assessor,
            judged_by=command.judged_by,
            number=1 + uow.marks.count(command.unit, command.item, command.period),
            reason=command.reason.strip(),
        )
        uow.marks.add(mark)
        uow.commit()
    return mark.id
