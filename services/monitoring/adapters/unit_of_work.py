"""The repositories of the monitoring service on one transaction."""

from collections.abc import Callable, Sequence

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


class MonitoringUnitOfWork(SqlUnitOfWork):
    """``with uow: … uow.commit()``; see :class:`services.monitoring.service_layer.ports.UnitOfWork`."""

    follow: "Follow | None" = None
    """What else in this service follows from what is told, in the same transaction; given by bootstrap."""

    def open_repositories(self) -> None:
        """Build the repositories on this transaction's connection."""
        self.households = Households(self.connection, self.collect, self.clock, lambda: self.by)
        self.unmaskings = Unmaskings(self.connection)
        self.takeovers = Takeovers(self.connection)
        self.ledgers = IncomeLedgers(self.connection, self.collect, self.clock)
        self.visits = Visits(self.connection, self.collect)
        self.changes = Changes(self.connection, self.collect)
        self.clues = Clues(self.connection, self.collect, self.clock)
        self.sample_checks = SampleChecks(self.connection, self.collect)
        self.relapses = Relapses(self.connection, self.collect)
        self.timeline = Timeline(self.connection)
        self.cases = Cases(self.connection, self.collect, self.clock)
        self.plans = Plans(self.connection, self.collect)
        self.eliminations = Eliminations(self.connection, self.collect, self.clock)
        self.education = Education(self.connection, self.collect)
        self.medical = Medical(self.connection, self.collect)
        self.assistance = Assistance(self.connection, self.collect)
        self.people = People(self.connection)
        self.housing = Housing(self.connection, self.collect, self.clock)
        self.water = Water(self.connection, self.collect, self.clock)
        self.environment = Environment(self.connection, self.collect, self.clock)

        self._open_screening()
        self._open_governance()
        self._open_comparison()
        self.imports = ImportStore(self.connection, self.collect)
        self.exports = ExportLog(self.connection)
        self._open_quality()

    def _open_screening(self) -> None:
        self.rounds = ScreeningRounds(self.connection, self.collect)
        self.judgements = Judgements(self.connection, self.collect)
        self.samples = Samples(self.connection, self.collect)
        self.sampled = SampledHouseholds(self.connection, self.collect)
        self.reopenings = Reopenings(self.connection, self.collect)
        self.return_visits = ReturnVisits(self.connection, self.collect)
        self.escalations = Escalations(self.connection, self.collect)
        self.method_versions = MethodVersions(self.connection, self.collect)
        self.method_records = MethodRecords(self.connection, self.collect)
        self.verification_sheets = VerificationSheets(self.connection, self.collect)
        self.applications = Applications(self.connection, self.collect)
        self.informant_answers = InformantAnswers(self.connection, self.collect)

    def _open_governance(self) -> None:
        connection, collect = self.connection, self.collect
        self.grids = Grids(connection, collect)
        self.decisions = VillageDecisions(connection, collect)
        self.disputes = matters_of(connection, collect, disputes, Dispute)
        self.sites = ResettlementSites(connection, collect)
        self.facility_tasks = matters_of(connection, collect, facility_tasks, FacilityTask)
        self.relocation_returns = matters_of(connection, collect, relocation_returns, RelocationReturn)
        self.housing_shortages = matters_of(connection, collect, housing_shortages, HousingShortage)
        self.zero_employments = matters_of(connection, collect, zero_employments, ZeroEmployment)
        self.labour_surveys = LabourSurveys(connection, collect)
        self.work_seen = WorkSeenRows(connection)
        self.reports = Reports(connection, collect)
        self.responsibilities = Responsibilities(connection, collect)

    def _open_comparison(self) -> None:
        connection, collect = self.connection, self.collect
        self.register_lookup = RegisterLookup(connection)
        self.department_lists = DepartmentLists(connection, collect)
        self.department_warnings = DepartmentWarnings(connection, collect)
        self.differences = ComparisonDifferences(connection, collect)
        self.pushes = Pushes(connection, collect)
        self.case_comparisons = CaseComparisons(connection, collect)

    def _open_quality(self) -> None:
        connection, collect = self.connection, self.collect
        self.data_errors = DataErrors(connection, collect, self.clock, self.ids)
        self.record_cycles = RecordCycles(connection, collect, self.clock)
        self.cleaning_rounds = CleaningRounds(connection, collect)
        self.quality_runs = QualityRuns(connection)
        self.village_records = VillageRecords(connection)

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
