"""The figures of safe water, dated: T/CHES 18-2018 for the drier zone, and the limits (domain 7.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure, FigureInForce


@dataclass(frozen=True, slots=True)
class WaterPolicy:
    """*basic* and *met* are the two tiers of the four criteria, by name (see ``policy/water.yaml``)."""

    basic: DatedFigure[Mapping[str, Any]]
    met: DatedFigure[Mapping[str, Any]]
    rounds_a_year: DatedFigure[int]
    tests_a_year: DatedFigure[int]
    fix_days: DatedFigure[int]
    problem_days: DatedFigure[int]

    def fixed_by(self, on: date) -> tuple[date, bool]:
        """Return by when a failed test must be fixed and repeated."""
        limit = self.fix_days.entry_on(on)
        return add_days(on, limit.value), limit.confirmed

    def solved_by(self, on: date) -> tuple[date, bool]:
        """Return by when a household must have safe water again."""
        limit = self.problem_days.entry_on(on)
        return add_days(on, limit.value), limit.confirmed

    def tiers(self, on: date) -> tuple["Tier", "Tier"]:
        """Return the lower and the upper tier in force on *on*."""
        return tier_of(self.basic.entry_on(on)), tier_of(self.met.entry_on(on))


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier: least litres a head and day, most minutes, metres and days without water in a year."""

    litres: Decimal
    minutes: int
    horizontal: int
    vertical: int
    dry_days: int


def tier_of(entry: FigureInForce[Mapping[str, Any]]) -> Tier:
    """Return the tier a policy value describes."""
    return Tier(
        Decimal(entry.value["litres_a_head"]),
        int(entry.value["minutes"]),
        int(entry.value["horizontal_m"]),
        int(entry.value["vertical_m"]),
        int(entry.value["dry_days"]),
    )
