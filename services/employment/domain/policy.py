"""The dated figures by which jobs and posts are judged. Where they are kept is not known here."""

from dataclasses import dataclass

from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class EmploymentPolicy:
    """Ages in full years, pay in fen a month, terms in months, limits in days."""

    working_age: DatedFigure[int]
    pay_lowest: DatedFigure[int]
    pay_highest: DatedFigure[int]
    post_highest_age: DatedFigure[int]
    post_pay_lowest: DatedFigure[int]
    post_pay_highest: DatedFigure[int]
    post_term_months: DatedFigure[int]
    post_total_months: DatedFigure[int]
    due_soon_days: DatedFigure[int]
    post_ends_soon_days: DatedFigure[int]
