"""What a figure is counted in: one area, one period, and the thresholds in force at its end."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement

from services.monitoring.adapters.inside import inside
from services.monitoring.domain.report.period import Period
from shared.kernel.money import Fen

Counted = tuple[str, str, str]
"""The code of a figure, the id of one thing it counts, and its household (empty without one)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """*line* is the monitoring line, None where none is in force."""

    period: Period
    area_code: str
    identification_days: int
    measure_months: int
    line: Fen | None

    @property
    def first(self) -> date:
        return self.period.first

    @property
    def last(self) -> date:
        return self.period.last

    def here(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that a row's village lies in the area."""
        return inside(column, self.area_code)

    def during(self, column: ColumnElement[date]) -> ColumnElement[bool]:
        """Return the condition that a day lies in the period."""
        return column.between(self.first, self.last)
