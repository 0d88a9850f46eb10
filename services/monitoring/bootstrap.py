"""Builds the monitoring service out of its settings: engine, clock, policies, reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Engine

from services.monitoring.adapters.case_policy import load_case_policy, load_measure_rules
from services.monitoring.adapters.comparison_policy import load_comparison_policy
from services.monitoring.adapters.exchange.formats import load_formats
from services.monitoring.adapters.exchange.workbook_reader import open_table
from services.monitoring.adapters.figures import count_figures
from services.monitoring.adapters.governance_policy import (
    load_erasure_policy,
    load_governance_policy,
    load_relocation_policy,
)
from services.monitoring.adapters.guarantee_policy import (
    load_assistance_policy,
    load_education_policy,
    load_medical_policy,
)
from services.monitoring.adapters.help_policy import load_help_policy
from services.monitoring.adapters.id_number import id_number_valid
from services.monitoring.adapters.personal import attach, open_vault
from services.monitoring.adapters.place_policy import (
    load_environment_policy,
    load_housing_policy,
    load_water_policy,
)
from services.monitoring.adapters.policy import (
    load_clue_policy,
    load_monitoring_line,
    load_warning_thresholds,
)
from services.monitoring.adapters.quality_policy import load_quality_policy
from services.monitoring.adapters.quality_views import KEPT
from services.monitoring.adapters.report.policy import load_report_policy
from services.monitoring.adapters.running_timers import running_timers
from services.monitoring.adapters.screening_policy import (
    SamplePolicies,
    load_methods,
    load_screening_policy,
)
from services.monitoring.adapters.sealing_by_person import seal_by_person
from services.monitoring.adapters.tables import messages
from services.monitoring.adapters.unit_of_work import MonitoringUnitOfWork
from services.monitoring.domain.assistance.entitlement import AssistancePolicy
from services.monitoring.domain.case_policy import CasePolicy
from services.monitoring.domain.change import WarningThresholds
from services.monitoring.domain.clue import CluePolicy
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.dispute import GovernancePolicy
from services.monitoring.domain.environment.policy import EnvironmentPolicy
from services.monitoring.domain.erasure import ErasurePolicy
from services.monitoring.domain.exchange.format import FileFormat
from services.monitoring.domain.guarantee_policy import EducationPolicy, MedicalPolicy
from services.monitoring.domain.help_light import HelpPolicy
from services.monitoring.domain.housing.policy import HousingPolicy
from services.monitoring.domain.measure_rules import MeasureRules
from services.monitoring.domain.member import MemberChecks
from services.monitoring.domain.method import MethodText
from services.monitoring.domain.quality.policy import QualityPolicy
from services.monitoring.domain.relocation.policy import RelocationPolicy
from services.monitoring.domain.report.report import ReportPolicy
from services.monitoring.domain.screening.focus import ScreeningPolicy
from services.monitoring.domain.water.policy import WaterPolicy
from services.monitoring.service_layer.clue import note_lost_jobs, note_overdue_loans
from services.monitoring.service_layer.comparison.follow import follow
from services.monitoring.service_layer.comparison.lost_job import warn_of_lost_jobs
from services.monitoring.service_layer.escalation import escalate
from services.monitoring.service_layer.exchange.working import Desk, work_on_waiting
from services.monitoring.service_layer.measure_answer import STATUS_BY_TYPE, take_answers
from services.monitoring.service_layer.publishing import publish
from services.monitoring.service_layer.quality.checking import follow_changes
from services.monitoring.service_layer.quality.run import sweep_quality
from services.monitoring.service_layer.relocation.zero_employment import (
    WORK_TYPES,
    note_work,
    sweep_zero_employment,
)
from services.monitoring.service_layer.reopening import reopen_without_labour
from services.monitoring.service_layer.report import owe_reports
from services.monitoring.service_layer.timeline import note_in_timeline
from services.monitoring.settings import Settings
from shared.contracts.codes import relation_sex
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope, EventData
from shared.contracts.finance import v1 as finance
from shared.contracts.registry import published
from shared.kernel.clock import BusinessClock, Clock, day_of, system_clock
from shared.kernel.ids import Ids, random_ids
from shared.messaging.intake import Reader
from shared.observability.asked import Figure
from shared.observability.sweeping import Parts, sweep_parts
from shared.parameters.figure import DatedFigure
from shared.persistence.backfill import Backfill
from shared.persistence.engine import open_engine, reading
from shared.persistence.migrate import upgrade
from shared.persistence.unit_of_work import InTransaction

PUBLISHERS = ("employment", "finance", "evaluation")
"""Whose events come to this service's queue. Of evaluation's it takes none today, but an event that no
queue takes would wait in evaluation's outbox for ever."""

Handler = Callable[[Sequence[Envelope], MonitoringUnitOfWork], None]


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The running service; see :class:`shared.persistence.running.Service`."""

    settings: Settings
    engine: Engine
    clock: Clock
    ids: Ids
    reader: Reader[MonitoringUnitOfWork]
    checks: MemberChecks
    line: DatedFigure[int]
    clue_policy: CluePolicy
    thresholds: WarningThresholds
    case_policy: CasePolicy
    measure_rules: MeasureRules
    governance_policy: GovernancePolicy
    erasure_policy: ErasurePolicy
    relocation_policy: RelocationPolicy
    report_policy: ReportPolicy
    help: HelpPolicy
    education: EducationPolicy
    medical: MedicalPolicy
    assistance: AssistancePolicy
    screening_policy: ScreeningPolicy
    sample_policies: SamplePolicies
    methods: Mapping[str, MethodText]
    housing_policy: HousingPolicy
    water_policy: WaterPolicy
    environment_policy: EnvironmentPolicy
    comparison: ComparisonPolicy
    formats: Mapping[str, FileFormat]
    quality: QualityPolicy
    name: str = "monitoring"

    def uow(self, with_it: InTransaction | None = None) -> MonitoringUnitOfWork:
        """Return a new unit of work; *with_it* is committed with it."""
        uow = MonitoringUnitOfWork(
            self.engine, messages, publish=publish, clock=self.clock, ids=self.ids, with_it=with_it
        )
        uow.follow = self._follow
        return uow

    def _follow(self, events: Sequence[Envelope], uow: MonitoringUnitOfWork) -> None:
        follow(events, uow, self.comparison)
        follow_changes(events, uow, self.quality, uow.by)

    def desk(self) -> Desk:
        """Return what working on imports needs."""
        return Desk(self.uow, self.formats, self.checks, self.comparison, self.clue_policy, open_table)

    def owners(self) -> dict[str, str]:
        """Return whose each kind of department list is, today."""
        today = day_of(self.clock())
        return {kind: self.comparison.duty(kind, today).department for kind in self.comparison.duties}

    def upgrade_database(self) -> None:
        """Bring the database to the newest migration."""
        upgrade(self.engine, self.settings.migrations_dir)

    def parts_of_sweep(self) -> Parts:
        """Return what falls due by the clock alone, part by part."""
        today = day_of(self.clock())
        return {
            "timers": self._escalate,
            "labour": lambda: reopen_without_labour(self.uow(), self.screening_policy),
            "imports": lambda: work_on_waiting(self.desk()),
            "quality": lambda: sweep_quality(self.uow(), self.quality),
            "reports": lambda: owe_reports(today, self.uow(), self.report_policy),
            "employment": lambda: sweep_zero_employment(today, self.uow(), self.relocation_policy),
        }

    def backfills(self) -> Mapping[str, Backfill]:
        """Return what an upgrade left to be filled; see ``shared.persistence.backfill``."""
        return {"person-keys": seal_by_person}

    def sweep(self) -> int:
        """Do what falls due by the clock alone; return how much was done."""
        return sweep_parts(self.parts_of_sweep())

    def figures(self) -> Sequence[Figure]:
        """Count households, cases and limits."""
        with reading(self.engine) as connection:
            timers = running_timers(connection, self.case_policy.limits, self.screening_policy)
            return count_figures(connection, timers, day_of(self.clock()))

    def _escalate(self) -> int:
        with reading(self.engine) as connection:
            timers = running_timers(connection, self.case_policy.limits, self.screening_policy)
        return escalate(timers, self.uow(), self.screening_policy)


def bootstrap(
    settings: Settings | None = None, *, clock: Clock | None = None, ids: Ids = random_ids
) -> Monitoring:
    """Return the service; nothing is opened before this is called."""
    settings = settings or Settings()
    if clock is None:
        clock = BusinessClock(settings.clock_file) if settings.clock_file else system_clock
    clue_policy = load_clue_policy(settings.policy_dir)
    comparison = load_comparison_policy(settings.policy_dir)
    engine = open_engine(settings.database_url)
    attach(
        engine, open_vault(settings.database_url, settings.personal_data_keys, settings.personal_index_key)
    )
    return Monitoring(
        settings=settings,
        engine=engine,
        clock=clock,
        ids=ids,
        reader=Reader("monitoring", PUBLISHERS, _handlers(clue_policy, comparison)),
        checks=MemberChecks(relation_sex, id_number_valid),
        line=load_monitoring_line(settings.policy_dir),
        clue_policy=clue_policy,
        thresholds=load_warning_thresholds(settings.policy_dir),
        case_policy=load_case_policy(settings.policy_dir),
        measure_rules=load_measure_rules(settings.policy_dir),
        housing_policy=load_housing_policy(settings.policy_dir),
        water_policy=load_water_policy(settings.policy_dir),
        environment_policy=load_environment_policy(settings.policy_dir),
        governance_policy=load_governance_policy(settings.policy_dir),
        erasure_policy=load_erasure_policy(settings.policy_dir),
        relocation_policy=load_relocation_policy(settings.policy_dir),
        report_policy=load_report_policy(settings.policy_dir),
        help=load_help_policy(settings.policy_dir),
        education=load_education_policy(settings.policy_dir),
        medical=load_medical_policy(settings.policy_dir),
        assistance=load_assistance_policy(settings.policy_dir),
        screening_policy=load_screening_policy(settings.policy_dir),
        sample_policies=SamplePolicies(settings.policy_dir),
        methods=load_methods(settings.policy_dir),
        quality=load_quality_policy(settings.policy_dir, KEPT),
        comparison=comparison,
        formats=load_formats(settings.policy_dir),
    )


def _handlers(clue_policy: CluePolicy, comparison: ComparisonPolicy) -> dict[str, Handler]:
    """Return who takes each type: everything about a household goes into its timeline, some of it further."""
    further: dict[str, Handler] = {
        **dict.fromkeys(WORK_TYPES, note_work),
        employment.JobEnded.type: _both(
            _both(
                partial(note_lost_jobs, policy=clue_policy),
                partial(warn_of_lost_jobs, policy=comparison, clues=clue_policy),
            ),
            note_work,
        ),
        finance.LoanOverdue.type: partial(note_overdue_loans, policy=clue_policy),
        **dict.fromkeys(STATUS_BY_TYPE, take_answers),
    }
    models: tuple[type[EventData], ...] = (*published("employment"), *finance.ABOUT_HOUSEHOLDS)
    return {model.type: _both(note_in_timeline, further.get(model.type)) for model in models}


def _both(first: Handler, second: Handler | None) -> Handler:
    if second is None:
        return first

    def handle(events: Sequence[Envelope], uow: MonitoringUnitOfWork) -> None:
        first(events, uow)
        second(events, uow)

    return handle
