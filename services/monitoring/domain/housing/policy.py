"""The limits of safe housing, dated: the plan sets one day, every other is inferred (domain 7.3)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.kernel.period import add_days, add_months
from shared.parameters.figure import DatedFigure

Cause = Literal["disaster_2021", "other"]
DISASTER_2021: Cause = "disaster_2021"


@dataclass(frozen=True, slots=True)
class HousingPolicy:
    """Days and months after a step by which the next is due; *disaster_rebuilt_by* is a day as ISO text."""

    appraise_days: DatedFigure[int]
    evacuate_days: DatedFigure[int]
    repair_months: DatedFigure[int]
    rebuild_months: DatedFigure[int]
    look_months: DatedFigure[int]
    disaster_rebuilt_by: DatedFigure[str]

    def appraise_by(self, on: date) -> tuple[date, bool]:
        """Return by when an alert of *on* must be appraised, and whether that limit is confirmed."""
        limit = self.appraise_days.entry_on(on)
        return add_days(on, limit.value), limit.confirmed

    def evacuate_by(self, on: date) -> tuple[date, bool]:
        """Return by when people must be out of a D house appraised on *on*."""
        limit = self.evacuate_days.entry_on(on)
        return add_days(on, limit.value), limit.confirmed

    def safe_by(self, grade: str, on: date) -> tuple[date, bool]:
        """Return by when a C or D house appraised on *on* must be safe."""
        limit = (self.repair_months if grade == "C" else self.rebuild_months).entry_on(on)
        return add_months(on, limit.value), limit.confirmed

    def look_by(self, on: date) -> tuple[date, bool]:
        """Return by when a house of grade B must be looked at again."""
        limit = self.look_months.entry_on(on)
        return add_months(on, limit.value), limit.confirmed

    def rebuilt_by(self, cause: Cause, on: date) -> tuple[date, bool]:
        """Return by when a listed house must be rebuilt and lived in: for 2021's disaster the plan's day."""
        if cause == DISASTER_2021:
            limit = self.disaster_rebuilt_by.entry_on(on)
            return date.fromisoformat(limit.value), limit.confirmed
        return self.safe_by("D", on)
