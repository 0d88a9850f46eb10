"""The repositories of the monitoring service on one transaction."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from services.monitoring.adapters.assistance import Assistance
from services.monitoring.adapters.case import Cases
from services.monitoring.adapters.change import Changes
from services.monitoring.adapters.clue import Clues
from services.monitoring.adapters.comparison_difference import ComparisonDifferences
from services.monitoring.adapters.comparison_register import RegisterLookup
from services.monitoring.adapters.data_error import DataErrors
from services.monitoring.adapters.department_list import DepartmentLists
from services.monitoring.adapters.department_warning import DepartmentWarnings
from services.monitoring.adapters.education import Education
from services.monitoring.adapters.elimination import Eliminations
from services.monitoring.adapters.environment import Environment
from services.monitoring.adapters.erasure import Erasures
from services.monitoring.adapters.exchange.import_store import ExportLog, ImportStore
from services.monitoring.adapters.finding import Relapses, SampleChecks
from services.monitoring.adapters.follow_up import (
    Applications,
    Escalations,
    InformantAnswers,
    MethodRecords,
    MethodVersions,
    Reopenings,
    ReturnVisits,
    VerificationSheets,
)
from services.monitoring.adapters.grid import Grids
from services.monitoring.adapters.household import Households, Unmaskings
from services.monitoring.adapters.household_version import Takeovers
from services.monitoring.adapters.housing import Housing
from services.monitoring.adapters.income import IncomeLedgers
from services.monitoring.adapters.matter import matters_of
from services.monitoring.adapters.measure import Plans
from services.monitoring.adapters.medical import Medical
from services.monitoring.adapters.people import People
from services.monitoring.adapters.push import CaseComparisons, Pushes
from services.monitoring.adapters.quality_run import CleaningRounds, QualityRuns, VillageRecords
from services.monitoring.adapters.record_cycle import RecordCycles
from services.monitoring.adapters.relocation.site import ResettlementSites
from services.monitoring.adapters.relocation.work import LabourSurveys, WorkSeenRows
from services.monitoring.adapters.report.report import Reports
from services.monitoring.adapters.report.responsibility import Responsibilities
from services.monitoring.adapters.screening import Judgements, SampledHouseholds, Samples, ScreeningRounds
from services.monitoring.adapters.tables import (
    disputes,
    facility_tasks,
    housing_shortages,
    relocation_returns,
    zero_employments,
)
from services.monitoring.adapters.timeline import Timeline
from services.monitoring.adapters.village_decision import VillageDecisions
from services.monitoring.adapters.visit import Visits
from services.monitoring.adapters.water import Water
from services.monitoring.domain.dispute import Dispute
from services.monitoring.domain.relocation.finding import HousingShortage, RelocationReturn, ZeroEmployment
from services.monitoring.domain.relocation.site import FacilityTask
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.persistence.unit_of_work import SqlUnitOfWork

Follow = Callable[[Sequence[Envelope], "MonitoringUnitOfWork"], None]


_OF_THE_RECORD = frozenset(
    model.type for model in (v1.DataErrorFound, v1.DataErrorFixed, v1.RecordGatePassed, v1.RecordReturned)
)


R = TypeVar("R")


class Lazily(Generic[R]):
    """A repository that is built when it is first asked for: a command needs few of many."""

    def __init__(self, make: "Callable[[MonitoringUnitOfWork], R]") -> None:
        self._make = make

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, u: "MonitoringUnitOfWork", _owner: type) -> R:
        built = self._make(u)
        u.__dict__[self._name] = built
        u.opened(self._name)
        return built


class MonitoringUnitOfWork(SqlUnitOfWork):
    """``with uow: … uow.commit()``; see :class:`services.monitoring.service_layer.ports.UnitOfWork`."""

    follow: "Follow | None" = None
    """What else in this service follows from what is told, in the same transaction; given by bootstrap."""

    _built: set[str]

    households = Lazily(lambda u: Households(u.connection, u.collect, u.clock, lambda: u.by))
    unmaskings = Lazily(lambda u: Unmaskings(u.connection))
    takeovers = Lazily(lambda u: Takeovers(u.connection))
    ledgers = Lazily(lambda u: IncomeLedgers(u.connection, u.collect, u.clock))
    visits = Lazily(lambda u: Visits(u.connection, u.collect))
    changes = Lazily(lambda u: Changes(u.connection, u.collect))
    clues = Lazily(lambda u: Clues(u.connection, u.collect, u.clock))
    sample_checks = Lazily(lambda u: SampleChecks(u.connection, u.collect))
    relapses = Lazily(lambda u: Relapses(u.connection, u.collect))
    timeline = Lazily(lambda u: Timeline(u.connection))
    cases = Lazily(lambda u: Cases(u.connection, u.collect, u.clock))
    plans = Lazily(lambda u: Plans(u.connection, u.collect))
    eliminations = Lazily(lambda u: Eliminations(u.connection, u.collect, u.clock))
    education = Lazily(lambda u: Education(u.connection, u.collect))
    medical = Lazily(lambda u: Medical(u.connection, u.collect))
    assistance = Lazily(lambda u: Assistance(u.connection, u.collect))
    people = Lazily(lambda u: People(u.connection))
    housing = Lazily(lambda u: Housing(u.connection, u.collect, u.clock))
    water = Lazily(lambda u: Water(u.connection, u.collect, u.clock))
    environment = Lazily(lambda u: Environment(u.connection, u.collect, u.clock))
    imports = Lazily(lambda u: ImportStore(u.connection, u.collect))
    exports = Lazily(lambda u: ExportLog(u.connection))
    rounds = Lazily(lambda u: ScreeningRounds(u.connection, u.collect))
    judgements = Lazily(lambda u: Judgements(u.connection, u.collect))
    samples = Lazily(lambda u: Samples(u.connection, u.collect))
    sampled = Lazily(lambda u: SampledHouseholds(u.connection, u.collect))
    reopenings = Lazily(lambda u: Reopenings(u.connection, u.collect))
    return_visits = Lazily(lambda u: ReturnVisits(u.connection, u.collect))
    escalations = Lazily(lambda u: Escalations(u.connection, u.collect))
    method_versions = Lazily(lambda u: MethodVersions(u.connection, u.collect))
    method_records = Lazily(lambda u: MethodRecords(u.connection, u.collect))
    verification_sheets = Lazily(lambda u: VerificationSheets(u.connection, u.collect))
    applications = Lazily(lambda u: Applications(u.connection, u.collect))
    informant_answers = Lazily(lambda u: InformantAnswers(u.connection, u.collect))
    grids = Lazily(lambda u: Grids(u.connection, u.collect))
    decisions = Lazily(lambda u: VillageDecisions(u.connection, u.collect))
    disputes = Lazily(lambda u: matters_of(u.connection, u.collect, disputes, Dispute))
    sites = Lazily(lambda u: ResettlementSites(u.connection, u.collect))
    facility_tasks = Lazily(lambda u: matters_of(u.connection, u.collect, facility_tasks, FacilityTask))
    relocation_returns = Lazily(
        lambda u: matters_of(u.connection, u.collect, relocation_returns, RelocationReturn)
    )
    housing_shortages = Lazily(
        lambda u: matters_of(u.connection, u.collect, housing_shortages, HousingShortage)
    )
    zero_employments = Lazily(lambda u: matters_of(u.connection, u.collect, zero_employments, ZeroEmployment))
    labour_surveys = Lazily(lambda u: LabourSurveys(u.connection, u.collect))
    work_seen = Lazily(lambda u: WorkSeenRows(u.connection))
    reports = Lazily(lambda u: Reports(u.connection, u.collect))
    responsibilities = Lazily(lambda u: Responsibilities(u.connection, u.collect))
    register_lookup = Lazily(lambda u: RegisterLookup(u.connection))
    department_lists = Lazily(lambda u: DepartmentLists(u.connection, u.collect))
    department_warnings = Lazily(lambda u: DepartmentWarnings(u.connection, u.collect))
    differences = Lazily(lambda u: ComparisonDifferences(u.connection, u.collect))
    pushes = Lazily(lambda u: Pushes(u.connection, u.collect))
    case_comparisons = Lazily(lambda u: CaseComparisons(u.connection, u.collect))
    data_errors = Lazily(lambda u: DataErrors(u.connection, u.collect, u.clock, u.ids))
    record_cycles = Lazily(lambda u: RecordCycles(u.connection, u.collect, u.clock))
    cleaning_rounds = Lazily(lambda u: CleaningRounds(u.connection, u.collect))
    quality_runs = Lazily(lambda u: QualityRuns(u.connection))
    village_records = Lazily(lambda u: VillageRecords(u.connection))
    erasures = Lazily(lambda u: Erasures(u.connection, u.clock, lambda: u.by))

    def open_repositories(self) -> None:
        """Forget the repositories of the transaction before; each is built when it is first asked for."""
        for name in getattr(self, "_built", ()):
            del self.__dict__[name]
        self._built = set()

    def opened(self, name: str) -> None:
        """Note that the repository *name* stands on this transaction."""
        self._built.add(name)

    def last_told(self) -> Envelope:
        """Return the event published last in this transaction, to name it as a cause."""
        return self._pending[-1]

    def flush(self) -> None:
        """Write down what has been told so far; it is kept, and leaves, only with the commit."""
        if self.follow is not None:
            self.follow(tuple(self._pending), self)
        # The quality of a record has pages of its own; between what happened to people it is noise.
        told = [event for event in self._pending if event.type not in _OF_THE_RECORD]
        self.timeline.add(told, at=self.clock())
        self.outbox.add(self._pending)
        self.told += len(self._pending)
        self._pending = []

    def commit(self) -> None:
        """Keep everything; what is published stands in the timeline of its household at once."""
        self.flush()
        super().commit()
