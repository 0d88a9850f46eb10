"""Interest of a loan by the bank's usual reckoning: actual days over 360, settled each quarter.

Sources: 人民币利率管理规定 article 20 for the settlement day; the day count (first
day counted, last not) and the rounding of each period half up to the fen are
bank practice and unconfirmed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from shared.kernel.money import Fen

SETTLEMENT_DAY = 20
_QUARTER_MONTHS = 3
_YEAR_DAYS = 360


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from *first* up to, not including, *until* on which *balance_fen* was owed."""

    first: date
    until: date
    balance_fen: Fen

    @property
    def days(self) -> int:
        return (self.until - self.first).days


@dataclass(frozen=True, slots=True)
class InterestPeriod:
    """One settlement period; *last* is its last day, included (for the last one the day before maturity)."""

    first: date
    last: date
    days: int
    interest_fen: Fen


def interest_fen(principal_fen: Fen, annual_rate: Decimal, days: int, share: Decimal = Decimal(1)) -> Fen:
    """Return the interest of *days*, times *share*, rounded half up to the fen."""
    exact = principal_fen * annual_rate * days * share / _YEAR_DAYS
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def settlement_on_or_after(day: date) -> date:
    """Return the first settlement day from *day* on: the 20th of March, June, September, December."""
    month = -(-day.month // _QUARTER_MONTHS) * _QUARTER_MONTHS
    settlement = date(day.year, month, SETTLEMENT_DAY)
    if settlement >= day:
        return settlement
    year, month = (day.year + 1, _QUARTER_MONTHS) if month == 12 else (day.year, month + _QUARTER_MONTHS)  # noqa: PLR2004
    return date(year, month, SETTLEMENT_DAY)


def schedule(
    principal_fen: Fen, annual_rate: Decimal, disbursed_on: date, due_on: date
) -> tuple[InterestPeriod, ...]:
    """Return every settlement period of a loan whose principal is paid at maturity.

    The day of disbursement counts, that of maturity does not.
    """
    periods = []
    first = disbursed_on
    while first < due_on:
        last = min(settlement_on_or_after(first), due_on - timedelta(days=1))
        days = (last - first).days + 1
        periods.append(InterestPeriod(first, last, days, interest_fen(principal_fen, annual_rate, days)))
        first = last + timedelta(days=1)
    return tuple(periods)


def subsidy_fen(
    stretches: Iterable[Stretch],
    annual_rate: Decimal,
    *,
    share: Decimal,
    cap_fen: Fen,
    overdue_from: date | None = None,
) -> Fen:
    """Return the subsidised interest of *stretches*.

    Only the balance up to *cap_fen* counts, and no day from *overdue_from* on
    (domain 1.4; inferred, the county's own rule was not found).
    """
    exact = Decimal(0)
    for stretch in stretches:
        until = stretch.until if overdue_from is None else min(stretch.until, overdue_from)
        days = max(0, (until - stretch.first).days)
        exact += min(stretch.balance_fen, cap_fen) * annual_rate * days * share / _YEAR_DAYS
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
