"""Commands of the sampled check: freeze the list, draw with a public seed, record what was found, review."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.evaluation.domain.reporting.figure import ReportedFigure
from services.evaluation.domain.reporting.sample import ListedReport, ReportSample
from services.evaluation.domain.reporting.task import How, ReportingTask, ReviewOpened, TaskState
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.parameters.figure import DatedFigure

_MOST_TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeReportSample:
    """Freeze the list of every report that is accepted and was neither drawn nor checked."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawReportSample:
    """Draw from the list with a *seed* found in public after its digest was."""

    sample_id: str
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found in the place of the reported values: a figure, or None where there is no ground for one.

    Units not named were right; an empty *found* upholds the report.
    """

    task_id: str
    found: Mapping[str, ReportedFigure | None]
    how: How = "files"
    version: int | None = None


def freeze_report_sample(
    command: FreezeReportSample, uow: UnitOfWork, figures: Mapping[str, DatedFigure[Any]]
) -> str:
    """Freeze the list and return the id; refused when there is nothing to check."""
    with uow:
        on = day_of(uow.clock())
        quota = figures["report_sample"].entry_on(on)
        accepted = uow.reporting.tasks.in_state(TaskState.ACCEPTED, drawn=False)
        sample = ReportSample.freeze(
            (ListedReport(task.reporter, task.id) for task in accepted),
            sample_id=uow.ids(),
            title=command.title.strip()[:_MOST_TITLE],
            on=on,
            share=Decimal(str(quota.value["share"])),
            least=int(quota.value["least"]),
            confirmed=quota.confirmed,
        )
        uow.reporting.samples.add(sample)
        uow.commit()
    return sample.id


def draw_report_sample(command: DrawReportSample, uow: UnitOfWork) -> int:
    """Draw, and have the drawn reports checked; return how many. One checked meanwhile stays as it is."""
    with uow:
        sample = uow.reporting.samples.get(command.sample_id)
        drawn = sample.draw(command.seed, day_of(uow.clock()))
        uow.reporting.samples.save(sample)
        for task_id in drawn:
            task = uow.reporting.tasks.get(task_id)
            if task.state is TaskState.ACCEPTED:
                task.draw(sample.id)
                uow.reporting.tasks.save(task)
        uow.commit()
    return len(drawn)


def check_report(
    command: CheckReport, uow: UnitOfWork, figures: Mapping[str, DatedFigure[Any]]
) -> tuple[Fraction, int]:
    """Record the check; return the greatest difference and how many reports it brings under review.

    A difference above the dated limit has every accepted report of the reporter checked.
    """
    with uow:
        on = day_of(uow.clock())
        task = uow.reporting.tasks.get(command.task_id)
        task.expect_version(command.version)
        off_by = task.check(command.found, command.how, on)
        limit = figures["report_review_percent"].entry_on(on)
        others: list[ReportingTask] = []
        if 100 * off_by > limit.value:
            others = _under_review(task, uow)
        if others:
            ids = tuple(one.id for one in others)
            task.raise_fact(ReviewOpened(task, off_by, limit.value, limit.confirmed, ids, on))
        uow.reporting.tasks.save(task)
        uow.commit()
    return off_by, len(others)


def _under_review(task: ReportingTask, uow: UnitOfWork) -> list[ReportingTask]:
    """Have every other accepted report of the reporter checked that is not drawn yet."""
    accepted = uow.reporting.tasks.in_state(TaskState.ACCEPTED, reporter=task.reporter, drawn=False)
    others = [one for one in accepted if one.id != task.id]
    for one in others:
        one.draw(f"review:{task.id}")
        uow.reporting.tasks.save(one)
    return others
