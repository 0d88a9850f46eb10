"""Which households a round visits first: the eight reasons of 3.4, out of what is on record."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.parameters.figure import DatedFigure

NON_COMPULSORY = ("002", *(f"{number:03d}" for number in range(7, 27)))
"""School status outside the nine compulsory years: kindergarten, and everything after grade 9."""
MONTHS_BACK = 12
"""Changes and clues of how many months count as present trouble (inferred)."""
UNSTABLE_JOB, FAILED_BUSINESS = "100A27009", "100A27008"
HEAVY_CHANGES = ("illness", "disaster", "accident")


class Focus(StrEnum):
    """Codes of ``focus_reason``."""

    LOW_INCOME = "01"
    FALLING_INCOME = "02"
    UNSTABLE_JOB = "03"
    FAILED_BUSINESS = "04"
    HEAVY_SPENDING = "05"
    STUDENTS = "06"
    DISABILITY = "07"
    ASSISTANCE = "08"


@dataclass(frozen=True, slots=True)
class ScreeningPolicy:
    """*focus_income* is fen per head and year: below it a household is a focus household.

    *return_visit_months*: how far apart the visits after an elimination are; *reopening_days*: how
    long a reopening may wait; *answer_days*: an informant.
    """

    focus_income: DatedFigure[int]
    return_visit_months: DatedFigure[int]
    reopening_days: DatedFigure[int]
    answer_days: DatedFigure[int]
    least_visitors: DatedFigure[int]
    to_town_days: DatedFigure[int]
    to_county_days: DatedFigure[int]
    notice_report_days: DatedFigure[int]


def reasons_by_household(found: Mapping[Focus, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return, per household that has any, its reasons in the order of the list."""
    reasons: dict[str, list[str]] = {}
    for focus in Focus:
        for household_id in found.get(focus, ()):
            reasons.setdefault(household_id, []).append(str(focus))
    return {household_id: tuple(dict.fromkeys(given)) for household_id, given in reasons.items()}


def wanted(reasons: Collection[str], of_round: Collection[str]) -> bool:
    """Say whether a household with *reasons* is one that the round visits first."""
    return any(reason in of_round for reason in reasons)
