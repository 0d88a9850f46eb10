"""Judged marks: a number with its reason for what only people can judge (评鉴评价)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from services.evaluation.domain.assessment_errors import (
    AppealReasonMissingError,
    MarkOutOfRangeError,
    MarkPeriodError,
    UnknownMarkItemError,
)
from shared.kernel.aggregate import Aggregate

JUDGED = "evaluation.judgement_recorded"


@dataclass(frozen=True, slots=True)
class Judged:
    """A mark was given."""

    mark_id: str
    unit: str
    item: str
    period: str
    value: Decimal
    as_of: date
    judged_on: date
    assessor: str
    number: int


@dataclass(kw_only=True)
class Mark(Aggregate):
    """A mark stays as it is; a later one of the same unit, item and period takes its place.

    *as_of* is the day that is judged, *judged_on* the day of judging. *assessor* is
    the office, *judged_by* the account; *reason* stays in this office. *number* counts
    the marks of the same unit, item and period.
    """

    id: str
    unit: str
    item: str
    period: str
    value: Decimal
    as_of: date
    judged_on: date
    assessor: str
    judged_by: str
    number: int
    reason: str = field(repr=False)

    @classmethod
    def give(cls, items: Mapping[str, Any], **given: Any) -> "Mark":  # noqa: ANN401  (the fields of a mark)
        """Give a mark; *items* says of each item its ``most`` and whether it is ``monthly``."""
        mark = cls(**given)
        item = items.get(mark.item)
        if item is None:
            raise UnknownMarkItemError(item=mark.item[:40])
        if not 0 <= mark.value <= Decimal(item["most"]):
            raise MarkOutOfRangeError(most=item["most"])
        year = mark.as_of.year
        months = [f"{year}-{month:02d}" for month in range(1, 13)] if item.get("monthly") else [""]
        if mark.period not in months:
            raise MarkPeriodError
        if not mark.reason.strip():
            raise AppealReasonMissingError
        judged = (
            mark.unit,
            mark.item,
            mark.period,
            mark.value,
            mark.as_of,
            mark.judged_on,
            mark.assessor,
            mark.number,
        )
        mark.raise_fact(Judged(mark.id, *judged))
        return mark
