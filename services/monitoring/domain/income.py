"""The income of a household over twelve months: every item of the ledger and its arithmetic (domain 2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Self

from services.monitoring.domain.errors import (
    AmountTooLargeError,
    InvalidPeriodError,
    NegativeAmountError,
    UnknownIncomeItemError,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import Fen, half_up
from shared.kernel.period import Days, Month
from shared.parameters.figure import FigureInForce

WAGE = ("A1", "A2", "A3", "A4", "A5")
OPERATING = ("B1", "B2", "B3", "B4")
PROPERTY = ("C1", "C2", "C3", "C4", "C5")
ECOLOGICAL = ("D5a", "D5b", "D5c", "D5d", "D5e")
OTHER_TRANSFER = tuple(f"D6{letter}" for letter in "abcdefghijklmnop")
TRANSFER = ("D1", "D2", "D3", "D4", *ECOLOGICAL, *OTHER_TRANSFER)
COST = ("E1", "E2", "E3", "E4")
ITEMS = (*WAGE, *OPERATING, *PROPERTY, *TRANSFER, *COST)
_YEAR = 12
MOST_AMOUNT: Fen = 10**13
"""A hundred billion yuan: more is a slip, and would not fit its column in the end."""


@dataclass(frozen=True, slots=True)
class Income:
    """The amounts of one ledger, in fen, and every sum the national form shows. What is missing counts as 0.

    *claim* (insurance paid out) and *self_paid* (compliant self-paid spending)
    stay outside income and cost: only the reference range knows them.
    """

    items: Mapping[str, Fen]
    persons: int
    claim: Fen = 0
    self_paid: Fen = 0

    def __post_init__(self) -> None:
        for item in self.items:
            if item not in ITEMS:
                raise UnknownIncomeItemError(item=item[:16])
        for item, amount in {**self.items, "claim": self.claim, "self_paid": self.self_paid}.items():
            if amount < 0:
                raise NegativeAmountError(item=item)
            if amount > MOST_AMOUNT:
                raise AmountTooLargeError(item=item)

    def _sum(self, items: tuple[str, ...]) -> Fen:
        return sum(self.items.get(item, 0) for item in items)

    @property
    def wage(self) -> Fen:
        return self._sum(WAGE)

    @property
    def operating(self) -> Fen:
        return self._sum(OPERATING)

    @property
    def property_income(self) -> Fen:
        return self._sum(PROPERTY)

    @property
    def ecological(self) -> Fen:
        """D5, a part of the transfers."""
        return self._sum(ECOLOGICAL)

    @property
    def other_transfer(self) -> Fen:
        """D6, a part of the transfers."""
        return self._sum(OTHER_TRANSFER)

    @property
    def transfer(self) -> Fen:
        return self._sum(TRANSFER)

    @property
    def operating_cost(self) -> Fen:
        return self._sum(COST)

    @property
    def gross(self) -> Fen:
        return self.wage + self.operating + self.property_income + self.transfer

    @property
    def net(self) -> Fen:
        """Income less the cost of production; negative after a bad year."""
        return self.gross - self.operating_cost

    @property
    def net_per_head(self) -> Fen:
        return self._per_head(self.net)

    @property
    def reference(self) -> Fen:
        """The reference range: net income, plus insurance claims, less compliant self-paid spending."""
        return self.net + self.claim - self.self_paid

    @property
    def reference_per_head(self) -> Fen:
        """What is compared with the line when sudden severe hardship is judged."""
        return self._per_head(self.reference)

    def _per_head(self, amount: Fen) -> Fen:
        # One person at least: the national form divides an empty household by one.
        return int(half_up(Decimal(amount) / max(1, self.persons), 0))


@dataclass(frozen=True, slots=True)
class LedgerRecorded:
    """A ledger was put on record."""

    ledger: "IncomeLedger"


@dataclass(kw_only=True)
class IncomeLedger(Aggregate):
    """One ledger of a household. It is never changed: a correction is a newer ledger of the same months."""

    id: str
    household_id: str
    area_code: str
    period: Days
    income: Income
    line: FigureInForce[int]
    """The monitoring line on the day of recording, in fen per person and year."""
    recorded_on: date
    recorded_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def record(  # noqa: PLR0913  (what a ledger says)
        cls,
        *,
        ledger_id: str,
        household_id: str,
        area_code: str,
        period: Days,
        income: Income,
        line: FigureInForce[int],
        on: date,
        by: str = "",
        note: str = "",
    ) -> Self:
        """Return a ledger of twelve whole months that lie before the month of *on* (domain 2.3)."""
        _check_period(period, on)
        ledger = cls(
            id=ledger_id,
            household_id=household_id,
            area_code=area_code,
            period=period,
            income=income,
            line=line,
            recorded_on=on,
            recorded_by=by,
            note=note,
        )
        ledger.raise_fact(LedgerRecorded(ledger))
        return ledger

    @property
    def within_range(self) -> bool:
        """Whether net income per head is at or below the line: the income test of classes one and two."""
        return self.income.net_per_head <= self.line.value

    @property
    def reference_within_range(self) -> bool:
        """Whether what is left after rigid spending is at or below the line: the test of sudden hardship."""
        return self.income.reference_per_head <= self.line.value


def _check_period(period: Days, on: date) -> None:
    first, last = Month.of(period.first), Month.of(period.last)
    whole = period.first == first.first_day and period.last == last.last_day
    if not whole or last.since(first) != _YEAR - 1 or last >= Month.of(on):
        raise InvalidPeriodError(first=period.first.isoformat(), last=period.last.isoformat())
