"""Toilets, sewage, clean villages: limits, the task by town, the check-list (domain 10; unconfirmed)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class EnvironmentPolicy:
    """*toilet_task* has a number for each town's code; *cleaning_items* points that add up to 100."""

    at_once_days: DatedFigure[int]
    by_deadline_days: DatedFigure[int]
    toilet_task: DatedFigure[Mapping[str, int]]
    public_toilets: DatedFigure[int]
    sewage_checks_a_month: DatedFigure[int]
    cleaning_items: DatedFigure[Mapping[str, Any]]

    def begun_by(self, on: date) -> tuple[date, bool]:
        """Return by when a found problem must be rectified if it is one to rectify at once."""
        limit = self.at_once_days.entry_on(on)
        return add_days(on, limit.value), limit.confirmed

    def rectified_by(self, way: str, on: date) -> tuple[date, bool]:
        """Return by when a problem must be rectified *at_once* or *by_deadline*, ordered on *on*."""
        limit = (self.at_once_days if way == "at_once" else self.by_deadline_days).entry_on(on)
        return add_days(on, limit.value), limit.confirmed

    def items_on(self, on: date) -> tuple["CleaningItem", ...]:
        """Return the check-list in force, in its order."""
        return tuple(
            CleaningItem(key, one["zh"], one["en"], int(one["points"]))
            for key, one in self.cleaning_items.on(on).items()
        )


@dataclass(frozen=True, slots=True)
class CleaningItem:
    """One line of the check-list and the points it is worth."""

    key: str
    zh: str
    en: str
    points: int
