"""The loan report by town: what is owed, what was lent this year, what is overdue; and the rates made of it.

Overdue rate = overdue balance over outstanding balance, by amount, in percent with
two decimals, half up: verified on a county's published table (domain 1.5). The
share of households with a loan has no published denominator, so three named
variants are given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, func, select

from services.finance.adapters.read_models import of_types, within
from services.finance.adapters.tables import household, loan
from services.finance.domain.loan import LIVE, LoanState
from services.finance.domain.rate import percent
from shared.areas import areas
from shared.kernel.money import Fen

DISBURSED = (*LIVE, LoanState.SETTLED)
_TOWN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Sum:
    """Households and money of some loans."""

    households: int = 0
    amount_fen: Fen = 0


@dataclass(frozen=True, slots=True)
class TownLine:
    """One town of the report; the county's own line has the county's code."""

    area_code: str
    stock: Sum
    new: Sum
    new_last_year: Sum
    overdue: Sum
    eligible_households: int
    ever_lent: int

    @property
    def overdue_percent(self) -> Decimal | None:
        """Overdue over outstanding balance; None where nothing is owed."""
        return percent(self.overdue.amount_fen, self.stock.amount_fen)

    @property
    def lent_this_year_percent(self) -> Decimal | None:
        return percent(self.new.households, self.eligible_households)

    @property
    def in_debt_percent(self) -> Decimal | None:
        return percent(self.stock.households, self.eligible_households)

    @property
    def ever_lent_percent(self) -> Decimal | None:
        return percent(self.ever_lent, self.eligible_households)


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a day: every town of *area_code*, and the sum of them."""

    day: date
    towns: tuple[TownLine, ...]
    total: TownLine


def loan_report(connection: Connection, area_code: str, day: date, types: tuple[str, ...]) -> Report:
    """Return the report of the loans as they stand, for the year up to *day*.

    *types* are the household types that may borrow. Balances are those of now:
    *day* decides only which year is the running one.
    """
    this_year = date(day.year, 1, 1)
    last_year, same_day = date(day.year - 1, 1, 1), _year_before(day)
    inside = within(loan.c.area_code, area_code)
    stock = _sums(connection, _of_loans(loan.c.balance_fen).where(loan.c.state.in_(LIVE), *inside))
    overdue = _sums(
        connection, _of_loans(loan.c.balance_fen).where(loan.c.state == LoanState.OVERDUE, *inside)
    )
    lent = _of_loans(loan.c.amount_fen).where(loan.c.state.in_(DISBURSED), *inside)
    new = _sums(connection, lent.where(loan.c.disbursed_on.between(this_year, day)))
    before = _sums(connection, lent.where(loan.c.disbursed_on.between(last_year, same_day)))
    ever = _sums(connection, lent)
    eligible = _eligible(connection, area_code, types)
    towns = [town.code for town in areas().towns() if town.code.startswith(area_code[:_TOWN_DIGITS])]
    lines = tuple(
        TownLine(
            town,
            stock.get(town, Sum()),
            new.get(town, Sum()),
            before.get(town, Sum()),
            overdue.get(town, Sum()),
            eligible.get(town, 0),
            ever.get(town, Sum()).households,
        )
        for town in towns
    )
    return Report(day, lines, _total(area_code, lines))


def _year_before(day: date) -> date:
    """Return the same day of last year; 29 February becomes the 28th."""
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)  # noqa: PLR2004


def _of_loans(amount: Any) -> Select[Any]:  # noqa: ANN401  (a column of money)
    town = func.substr(loan.c.area_code, 1, _TOWN_DIGITS)
    return select(town, func.count(loan.c.household_id.distinct()), func.sum(amount)).group_by(town)


def _sums(connection: Connection, query: Select[Any]) -> dict[str, Sum]:
    return {town: Sum(households, int(amount)) for town, households, amount in connection.execute(query)}


def _eligible(connection: Connection, area_code: str, types: tuple[str, ...]) -> dict[str, int]:
    town = func.substr(household.c.area_code, 1, _TOWN_DIGITS)
    query = select(town, func.count()).where(*within(household.c.area_code, area_code), of_types(types))
    return {code: households for code, households in connection.execute(query.group_by(town))}  # noqa: C416  (rows are unpacked)


def _total(area_code: str, lines: tuple[TownLine, ...]) -> TownLine:
    """Return the sum of *lines*. A household lives in one town, so households add up too."""
    return TownLine(
        area_code=area_code,
        stock=_sum(line.stock for line in lines),
        new=_sum(line.new for line in lines),
        new_last_year=_sum(line.new_last_year for line in lines),
        overdue=_sum(line.overdue for line in lines),
        eligible_households=sum(line.eligible_households for line in lines),
        ever_lent=sum(line.ever_lent for line in lines),
    )


def _sum(parts: Iterable[Sum]) -> Sum:
    every = list(parts)
    return Sum(sum(part.households for part in every), sum(part.amount_fen for part in every))
