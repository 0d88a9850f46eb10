"""A department's list for one month, as it was delivered (domain 6.1)."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.comparison.errors import EmptyListError, ListMonthError
from shared.kernel.aggregate import Aggregate
from shared.kernel.period import Month

_MONTH_DIGITS, _MONTHS = 6, 12


@dataclass(frozen=True, slots=True)
class ListDuty:
    """Who owes a list and by when; *due_day* is of the month after the one it is about.

    *cadence* is ``monthly``, ``yearly`` (in *yearly_month*) or ``at_once``; lists at
    once add to one another, the others replace what came before for their month.
    *named* says that the plan names the department (item 4).
    """

    department: str
    cadence: str
    due_day: int
    named: bool
    yearly_month: int = 0

    @property
    def replaces(self) -> bool:
        return self.cadence != "at_once"

    def owed(self, month: Month) -> bool:
        """Say whether a list about *month* must be delivered."""
        return self.cadence == "monthly" or (self.cadence == "yearly" and self.yearly_month == month.number)

    def due_on(self, month: Month) -> date:
        """Return the last day for the list about *month*."""
        return month.plus(1).first_day.replace(day=self.due_day)


@dataclass(frozen=True, slots=True)
class ListReceived:
    """A list came that could be used."""

    list: "DepartmentList"


@dataclass(kw_only=True)
class DepartmentList(Aggregate):
    """*complete*: the department says that whoever is not on it is not entitled, insured, enrolled.

    *digest* tells whether the same list came again. *superseded_by* names the list
    that replaced this one; its rows stay.
    """

    id: str
    department: str
    kind: str
    month: str
    received_on: date
    received_by: str = ""
    complete: bool = False
    rows: int = 0
    matched: int = 0
    by_name: int = 0
    unmatched: int = 0
    warnings: int = 0
    differences: int = 0
    digest: str = ""
    superseded_by: str | None = None

    def receive(self, digest: str) -> None:
        """Close the count; refuses a list without a row."""
        if self.rows == 0:
            raise EmptyListError
        self.digest = digest
        self.raise_fact(ListReceived(self))


def month_of(text: str, today: date) -> Month:
    """Return the month written YYYYMM; refuses another form and a month to come."""
    digits = text.isascii() and text.isdigit() and len(text) == _MONTH_DIGITS
    if not digits or not 1 <= int(text[4:]) <= _MONTHS:
        raise ListMonthError(month=text[:8])
    month = Month(int(text[:4]), int(text[4:]))
    if month > Month.of(today):
        raise ListMonthError(month=text)
    return month
