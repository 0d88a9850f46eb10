"""What the commands need of the outside, as Protocols; ``adapters/unit_of_work.py`` keeps them."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from services.monitoring.domain.case import Case
from services.monitoring.domain.change import HouseholdChange
from services.monitoring.domain.clue import Clue, Report
from services.monitoring.domain.elimination import Elimination
from services.monitoring.domain.finding import Relapse, SampleCheck
from services.monitoring.domain.household import Household
from services.monitoring.domain.income import IncomeLedger
from services.monitoring.domain.measure import Answer, Measure, Plan, PlanRef
from services.monitoring.domain.visit import Visit
from services.monitoring.service_layer.ports_comparison import ComparisonRepositories
from services.monitoring.service_layer.ports_erasure import ErasingUnitOfWork
from services.monitoring.service_layer.ports_exchange import ExchangeRepositories
from services.monitoring.service_layer.ports_governance import GovernanceRepositories
from services.monitoring.service_layer.ports_guarantee import Assistance, Education, Medical, People
from services.monitoring.service_layer.ports_place import Environment, Housing, Water
from services.monitoring.service_layer.ports_quality import QualityRepositories
from services.monitoring.service_layer.ports_report import ReportRepositories
from services.monitoring.service_layer.ports_screening import ScreeningRepositories
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

    def take_along(self, household: Household) -> None:
        """Move what is kept of the household's cases, plans, eliminations and clues to its village."""
        ...

    def add_many(self, households: Sequence[Household]) -> None:
        """Keep new households in one go."""
        ...

    def save_many(self, households: Sequence[Household]) -> None:
        """Keep changed households in one go; they were read by ``get_many`` in this transaction."""
        ...

    def get_many(self, household_ids: Collection[str]) -> dict[str, Household]:
        """Return those of the households that are on record, locked until the transaction ends."""
        ...

    def keep_rewritten(self, area_code: str = "") -> int:
        """Keep the version of households of an area that a statement over many rows has changed."""
        ...

    def has_number(self, household_no: str) -> bool: ...
    def known_numbers(self, household_nos: Collection[str]) -> set[str]:
        """Return those of the household numbers that are on record."""
        ...

    def holders_of(self, identities: Collection[str]) -> dict[str, str]:
        """Return, by identity, the number of the household in which that person is present."""
        ...

    def find_person(self, identity: str) -> tuple[str, str] | None:
        """Return the ids of the household and of the member who is present under this *identity*."""
        ...

    def holder_of(self, identities: Collection[str], *, except_person: str = "") -> str | None:
        """Return the number of the household in which somebody present is one of these *identities*."""
        ...


class Unmaskings(Protocol):
    """Who has seen a masked number; only added to."""

    def add(
        self, *, id_: str, household_id: str, person_id: str, reason: str, by: str, at: datetime
    ) -> None: ...


class Takeovers(Protocol):
    """Who was taken over from another household, by whom and why; only added to."""

    def add(
        self,
        *,
        id: str,  # noqa: A002  (the column's name)
        from_household_id: str,
        from_person_id: str,
        to_household_id: str,
        to_person_id: str,
        reason: str,
        by: str,
        at: datetime,
    ) -> None: ...


class IncomeLedgers(Protocol):
    """Repository of income ledgers; only added to."""

    def add_all(self, ledgers: Sequence[IncomeLedger]) -> None: ...
    def households(self, household_ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Return the village of each household on record and how many persons belong to it."""
        ...

    def latest_of(self, household_id: str) -> IncomeLedger | None: ...


class Visits(Protocol):
    """Repository of visits; only added to."""

    def add(self, visit: Visit) -> None: ...
    def add_many(self, many: Sequence[Visit]) -> None: ...


class Changes(Protocol):
    """Repository of what happened to households."""

    def add(self, change: HouseholdChange) -> None: ...
    def save(self, change: HouseholdChange) -> None: ...
    def get(self, change_id: str) -> HouseholdChange: ...
    def open_kinds(self, household_id: str) -> frozenset[str]: ...
    def open_of(self, household_id: str, kind: str) -> list[HouseholdChange]: ...
    def illness_cost(self, household_id: str, person_id: str, year: int) -> Fen: ...


class Clues(Protocol):
    """Repository of clues; reports are taken set-based, since other departments' events bring many."""

    def take(self, reports: Sequence[Report]) -> None: ...
    def get(self, clue_id: str) -> Clue: ...
    def detail_of(self, clue_id: str) -> tuple[str, str]:
        """Return the kind of disaster and the note that the reports of a clue give, each perhaps empty."""
        ...

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


class Cases(Protocol):
    """Repository of cases. ``get`` raises CaseNotFoundError, ``add`` and ``save`` StaleVersionError."""

    def add(self, case: Case) -> None: ...
    def save(self, case: Case) -> None: ...
    def get(self, case_id: str) -> Case: ...
    def open_of(self, household_id: str) -> Case | None: ...
    def latest_of(self, household_id: str) -> Case | None: ...


class Plans(Protocol):
    """Repository of plans with their measures; answers of other departments are taken set-based."""

    def add(self, plan: Plan) -> None: ...
    def save(self, plan: Plan) -> None: ...
    def get(self, case_id: str) -> Plan: ...
    def find(self, case_id: str) -> Plan | None: ...
    def of_measure(self, measure_id: str) -> Plan: ...
    def requests(self, measure_ids: Collection[str]) -> dict[str, tuple[PlanRef, Measure]]:
        """Return those of the measures that were requested, without their answers."""
        ...

    def asked_for(self, household_ids: Sequence[str], choices: Sequence[str]) -> dict[str, list[str]]:
        """Return, by case, the measures of these households and *choices* that wait to be answered here."""
        ...

    def take_answers(self, answers: Sequence[tuple[str, Answer]]) -> None: ...


class Eliminations(Protocol):
    """Repository of eliminations, and of what stands in their way."""

    def add(self, elimination: Elimination) -> None: ...
    def save(self, elimination: Elimination) -> None: ...
    def get(self, elimination_id: str) -> Elimination: ...
    def open_of(self, case_id: str) -> Elimination | None: ...
    def open_changes(self, household_id: str) -> tuple[str, ...]: ...
    def open_clues(self, household_id: str) -> tuple[str, ...]: ...


class UnitOfWork(
    ComparisonRepositories,
    ExchangeRepositories,
    QualityRepositories,
    ScreeningRepositories,
    GovernanceRepositories,
    ReportRepositories,
    ErasingUnitOfWork,
    Protocol,
):
    """One transaction over the monitoring database."""

    clock: Clock
    ids: Ids
    inbox: Inbox
    by: str
    """The login on whose behalf it is done; empty for what the system does itself."""

    @property
    def households(self) -> Households: ...
    @property
    def unmaskings(self) -> Unmaskings: ...
    @property
    def takeovers(self) -> Takeovers: ...
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
    @property
    def cases(self) -> Cases: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def eliminations(self) -> Eliminations: ...
    @property
    def education(self) -> Education: ...
    @property
    def medical(self) -> Medical: ...
    @property
    def assistance(self) -> Assistance: ...
    @property
    def people(self) -> People: ...
    @property
    def housing(self) -> Housing: ...
    @property
    def water(self) -> Water: ...
    @property
    def environment(self) -> Environment: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def commit(self) -> None: ...
    def publish(self, event: EventData, *, cause: Envelope | None = None) -> Envelope: ...
    def last_told(self) -> Envelope:
        """Return the event published last in this transaction, to name it as a cause."""
        ...

    def caused_by(self, cause: Envelope) -> AbstractContextManager[None]: ...
