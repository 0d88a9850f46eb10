"""Builds the evaluation service out of its settings: engine, clock, rulebook, scores, reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from services.evaluation.adapters.dispatch import load_dispatch_policy
from services.evaluation.adapters.documents.policy import load_document_policy
from services.evaluation.adapters.field_work import load_field_work_policy
from services.evaluation.adapters.figures import count_figures
from services.evaluation.adapters.journal import JournalFacts
from services.evaluation.adapters.ledger_policy import load_ledger_policy
from services.evaluation.adapters.pack import Written, write_pack
from services.evaluation.adapters.read_models import EvaluationReads
from services.evaluation.adapters.rules import load_rulebook
from services.evaluation.adapters.supervision_policy import load_supervision_policy
from services.evaluation.adapters.tables import messages
from services.evaluation.adapters.unit_of_work import EvaluationUnitOfWork
from services.evaluation.domain.dispatch.action import DispatchPolicy
from services.evaluation.domain.documents.policy import DocumentPolicy
from services.evaluation.domain.field_work.policy import FieldWorkPolicy
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.reporting.plan import ReportingPlan
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import Unit
from services.evaluation.domain.supervision import SupervisionPolicy
from services.evaluation.service_layer.dispatch.owing import owe_dispatch
from services.evaluation.service_layer.journal import record_events
from services.evaluation.service_layer.ledger.sampled import enter_sample_findings
from services.evaluation.service_layer.publishing import publish
from services.evaluation.service_layer.reporting_due import mark_overdue_reports, open_reporting_tasks
from services.evaluation.service_layer.score import Scores
from services.evaluation.service_layer.supervision_due import (
    propose_for_overdue_orders,
    propose_for_recurrences,
)
from services.evaluation.service_layer.trend import Trend
from services.evaluation.settings import Settings
from shared.areas import areas
from shared.kernel.clock import BusinessClock, Clock, day_of, system_clock
from shared.kernel.ids import Ids, random_ids
from shared.messaging.intake import Handler, Reader
from shared.observability.asked import Figure
from shared.observability.sweeping import Parts, sweep_parts
from shared.persistence.engine import open_engine, reading
from shared.persistence.migrate import upgrade
from shared.persistence.unit_of_work import InTransaction

PUBLISHERS = ("monitoring", "employment", "finance")
"""Whose events are journaled as they come in; this office's own are journaled as they are published."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The running service; see :class:`shared.persistence.running.Service`."""

    settings: Settings
    engine: Engine
    clock: Clock
    ids: Ids
    reader: Reader[EvaluationUnitOfWork]
    rulebook: Rulebook
    towns: tuple[Unit, ...]
    facts: JournalFacts
    scores: Scores
    reads: EvaluationReads
    supervision: SupervisionPolicy
    dispatch: DispatchPolicy
    field_work: FieldWorkPolicy
    ledger: LedgerPolicy
    reporting: ReportingPlan
    documents: DocumentPolicy
    trend: Trend
    name: str = field(default="evaluation")

    def uow(self, with_it: InTransaction | None = None) -> EvaluationUnitOfWork:
        """Return a new unit of work; *with_it* is committed with it."""
        return EvaluationUnitOfWork(
            self.engine, messages, publish=publish, clock=self.clock, ids=self.ids, with_it=with_it
        )

    def upgrade_database(self) -> None:
        """Bring the database to the newest migration."""
        upgrade(self.engine, self.settings.migrations_dir)

    def parts_of_sweep(self) -> Parts:
        """Return what falls due by the clock alone, part by part."""
        today, towns = day_of(self.clock()), [town.id for town in self.towns]
        return {
            "overdue_orders": lambda: propose_for_overdue_orders(self.uow(), self.supervision),
            "recurrences": lambda: propose_for_recurrences(self.uow(), self.supervision),
            "reporting_tasks": lambda: open_reporting_tasks(today, self.uow(), self.reporting),
            "overdue_reports": lambda: mark_overdue_reports(today, self.uow()),
            "dispatch": lambda: owe_dispatch(today, self.uow(), self.dispatch, towns),
        }

    def sweep(self) -> int:
        """Do what falls due by the clock alone; return how much was done."""
        return sweep_parts(self.parts_of_sweep())

    def figures(self) -> Sequence[Figure]:
        """Count problems, orders and reports."""
        with reading(self.engine) as connection:
            return count_figures(connection, self.clock())

    def units(self) -> tuple[Unit, ...]:
        """Return every unit that is assessed."""
        return (*self.towns, *(Unit(name, name, "department") for name in self.rulebook.departments))

    def write_pack(self, folder: Path, *, as_of: date, known_at: date | None = None) -> Written:
        """Write the sealed pack of *as_of* to *folder*, as it was known at the end of *known_at*."""
        return write_pack(
            folder,
            as_of=as_of,
            known_at=known_at or as_of,
            facts=self.facts,
            rulebook_dir=self.settings.rulebook_dir,
            towns=self.towns,
        )


def towns_of_the_county() -> tuple[Unit, ...]:
    """Return the towns as assessed units."""
    return tuple(Unit(area.code, area.name, "town") for area in areas().towns())


def _handlers(ledger: LedgerPolicy) -> dict[str, Handler[EvaluationUnitOfWork]]:
    """Return what is done about an event besides journaling it."""
    return {"monitoring.sample_checked.v1": partial(enter_sample_findings, policy=ledger)}


def bootstrap(
    settings: Settings | None = None, *, clock: Clock | None = None, ids: Ids = random_ids
) -> Evaluation:
    """Return the service; nothing is opened before this is called."""
    settings = settings or Settings()
    if clock is None:
        clock = BusinessClock(settings.clock_file) if settings.clock_file else system_clock
    engine = open_engine(settings.database_url)
    rulebook = load_rulebook(settings.rulebook_dir)
    towns = towns_of_the_county()
    facts = JournalFacts(engine)
    scores = Scores(facts, rulebook, towns)
    ledger = load_ledger_policy(settings.rulebook_dir, (*(town.id for town in towns), *rulebook.departments))
    return Evaluation(
        settings=settings,
        engine=engine,
        clock=clock,
        ids=ids,
        reader=Reader("evaluation", PUBLISHERS, handlers=_handlers(ledger), everything=record_events),
        rulebook=rulebook,
        towns=towns,
        facts=facts,
        scores=scores,
        reads=EvaluationReads(engine),
        dispatch=load_dispatch_policy(settings.rulebook_dir),
        field_work=load_field_work_policy(settings.rulebook_dir),
        supervision=load_supervision_policy(settings.rulebook_dir),
        ledger=ledger,
        documents=load_document_policy(settings.rulebook_dir),
        trend=Trend(scores),
        reporting=ReportingPlan(rulebook, [town.id for town in towns]),
    )
