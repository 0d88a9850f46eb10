"""The dated figures for funds, projects and assets, and the days that follow from them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shared.kernel.period import Month, add_days
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class ProjectPolicy:
    """Limits in days, days of the year as ``MM-DD``, *station_wage_share* between 0 and 1."""

    county_match_due: DatedFigure[str]
    issue_days: DatedFigure[int]
    start_due: DatedFigure[str]
    start_days: DatedFigure[int]
    acceptance_days: DatedFigure[int]
    handover_due: DatedFigure[str]
    rectify_days: DatedFigure[int]
    announcement_days: DatedFigure[int]
    announcement_elements: DatedFigure[tuple[Any, ...]]
    pay_days: DatedFigure[int]
    association_answer_days: DatedFigure[int]
    station_distribution_days: DatedFigure[int]
    station_wage_share: DatedFigure[Decimal]
    firm_project_due: DatedFigure[str]

    def issue_by(self, source: str, year: int, on: date) -> date:
        """Return by when a line is issued: county matching by its day of the year, unless arranged later."""
        usual = add_days(on, self.issue_days.on(on))
        return max(_of_year(self.county_match_due.on(on), year), on) if source == "county" else usual

    def start_by(self, year: int, on: date) -> date:
        """Return by when a project arranged on *on* starts: the plan's day, or so many days later on."""
        due = _of_year(self.start_due.on(on), year)
        return due if on <= due else add_days(on, self.start_days.on(on))

    def accept_by(self, on: date) -> date:
        return add_days(on, self.acceptance_days.on(on))

    def hand_over_by(self, project_year: int, on: date) -> date:
        """Return by when assets of the projects of *project_year* are handed over: in the year after."""
        return _of_year(self.handover_due.on(on), project_year + 1)

    def pay_by(self, month: Month, on: date) -> date:
        return add_days(month.last_day, self.pay_days.on(on))

    def decide_by(self, on: date) -> date:
        """Return by when a firm's application is decided on: 30 June; what comes later, by the year's end."""
        due = _of_year(self.firm_project_due.on(on), on.year)
        return due if on <= due else date(on.year, 12, 31)


def _of_year(month_day: str, year: int) -> date:
    return date.fromisoformat(f"{year}-{month_day}")
