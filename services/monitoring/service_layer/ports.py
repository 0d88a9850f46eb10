"""What the commands need of the outside, as Protocols; ``adapters/unit_of_work.py`` keeps them."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from services.monitoring.domain.change import HouseholdChange
from services.monitoring.domain.clue import Clue, Report
from services.monitoring.domain.finding import Relapse, SampleCheck
from services.monitoring.domain.household import Household
from services.monitoring.domain.income import IncomeLedger
from services.monitoring.domain.visit import Visit
from shared.contracts.envelope import Envelope, EventData
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.kernel.money import Fen
from shared.messaging.inbox import Inbox


class Households(Protocol):
    """Repository of households. ``get`` raises HouseholdNotFoundError, ``save`` StaleVersionError."""

    def add(self, household: Household) -> None: ...
    def save(self, household: Household) -> None: ...
    def get(self, household_id: str) -> Household: ...
    def areas_of(self, household_ids: Collection[str]) -> dict[str, str]:
        """Return the village of each household on record."""
        ...

    def has_number(self, household_no: str) -> bool: ...
    def holder_of(self, id_numbers: Collection[str], *, except_person: str = "") -> str | None:
        """Return the number of the household in which somebody present has one of *id_numbers*."""
        ...


class Unmaskings(Protocol):
    """Who has seen a masked number; only added to."""

    def add(
        self, *, id_: str, household_id: str, person_id: str, reason: str, by: str, at: datetime
    ) -> None: ...


class IncomeLedgers(Protocol):
    """Repository of income ledgers; only added to."""

    def add(self, ledger: IncomeLedger) -> None: ...
    def latest_of(self, household_id: str) -> IncomeLedger | None: ...


class Visits(Protocol):
    """Repository of visits; only added to."""

    def add(self, visit: Visit) -> None: ...


class Changes(Protocol):
    """Repository of what happened to households."""

    def add(self, change: HouseholdChange) -> None: ...
    def save(self, change: HouseholdChange) -> None: ...
    def get(self, change_id: str) -> HouseholdChange: ...
    def illness_cost(self, person_id: str, year: int) -> Fen: ...


class Clues(Protocol):
    """Repository of clues; reports are taken set-based, since other departments' events bring many."""

    def take(self, reports: Sequence[Report]) -> None: ...
    def get(self, clue_id: str) -> Clue: ...
    def save(self, clue: Clue) -> None: ...


class SampleChecks(Protocol):
    """Repository of sample checks; only added to."""

    def add(self, check: SampleCheck) -> None: ...


class Relapses(Protocol):
    """Repository of relapses; only added to."""

    def add(self, relapse: Relapse) -> None: ...


class Timeline(Protocol):
    """Every event that names a household."""

    def add(self, events: Sequence[Envelope], *, at: datetime) -> None: ...


class UnitOfWork(Protocol):
    """One transaction over the monitoring database."""

    clock: Clock
    ids: Ids
    inbox: Inbox

    @property
    def households(self) -> Households: ...
    @property
    def unmaskings(self) -> Unmaskings: ...
    @property
    def ledgers(self) -> IncomeLedgers: ...
    @property
    def visits(self) -> Visits: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def clues(self) -> Clues: ...
    @property
    def sample_checks(self) -> SampleChecks: ...
    @property
    def relapses(self) -> Relapses: ...
    @property
    def timeline(self) -> Timeline: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def commit(self) -> None: ...
    def publish(self, event: EventData, *, cause: Envelope | None = None) -> Envelope: ...
    def caused_by(self, cause: Envelope) -> AbstractContextManager[None]: ...
