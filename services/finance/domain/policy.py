"""The dated figures of the micro-credit policy. Where they are kept is not known here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class CreditPolicy:
    """Money in fen, rates as fractions a year, shares in percent, terms in months, limits in days."""

    household_types: DatedFigure[tuple[Any, ...]]
    household_types_extended: DatedFigure[tuple[Any, ...]]
    lowest_age: DatedFigure[int]
    highest_age: DatedFigure[int]
    amount_highest: DatedFigure[int]
    top_up_highest: DatedFigure[int]
    term_highest_months: DatedFigure[int]
    lpr_one_year: DatedFigure[Decimal]
    lpr_five_years: DatedFigure[Decimal]
    rating_needed: DatedFigure[bool]
    uses: DatedFigure[Mapping[Any, Any]]
    forbidden_uses: DatedFigure[Mapping[Any, Any]]
    live_loans_highest: DatedFigure[int]
    renewals_highest: DatedFigure[int]
    extensions_highest: DatedFigure[int]
    subsidy_share: DatedFigure[Decimal]
    overdue_red_percent: DatedFigure[Decimal]
    overdue_amber_percent: DatedFigure[Decimal]
    maturity_notice_days: DatedFigure[tuple[Any, ...]]
    due_soon_days: DatedFigure[int]
