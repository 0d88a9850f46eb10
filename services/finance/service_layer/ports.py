"""What the finance service needs of its surroundings, as protocols."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from types import TracebackType
from typing import Protocol, Self

from services.finance.domain.borrower import Borrower, HouseholdSnapshot, Identification
from services.finance.domain.loan import Loan
from services.finance.domain.measure import Measure, Request, Withdrawal
from shared.contracts.envelope import Envelope
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids


class Borrowers(Protocol):
    """Households, as monitoring told of them."""

    def record(self, snapshots: Sequence[HouseholdSnapshot]) -> None:
        """Keep *snapshots*; of one household the highest version stays."""

    def identify(self, identifications: Sequence[Identification]) -> None:
        """Keep *identifications*, also of households not known yet; of one case the first stays."""

    def get(self, household_id: str) -> Borrower:
        """Return the household; raises HouseholdNotFoundError."""

    def hold(self, household_id: str) -> None:
        """Let nobody else decide on a loan of the household until this transaction ends."""


class Loans(Protocol):
    def add(self, loan: Loan) -> None: ...
    def get(self, loan_id: str) -> Loan: ...
    def save(self, loan: Loan) -> None: ...
    def of_household(self, household_id: str) -> list[Loan]: ...
    def matured(self, today: date) -> list[Loan]:
        """Return disbursed loans whose day of maturity lies before *today*."""


class Measures(Protocol):
    def request(self, requests: Sequence[Request]) -> None:
        """Keep *requests*; one known already stays as it is."""

    def withdraw(self, withdrawals: Sequence[Withdrawal]) -> None:
        """Keep *withdrawals*, also of measures not known yet."""

    def get(self, measure_id: str) -> Measure: ...
    def save(self, measure: Measure) -> None: ...


class Books(Protocol):
    """What conditions are judged by; a unit of work has them, and so has a reading page."""

    @property
    def borrowers(self) -> Borrowers: ...
    @property
    def loans(self) -> Loans: ...


class UnitOfWork(Books, Protocol):
    """One transaction over everything of this service."""

    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    @property
    def measures(self) -> Measures: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def caused_by(self, cause: Envelope) -> AbstractContextManager[None]: ...
    def commit(self) -> None: ...
