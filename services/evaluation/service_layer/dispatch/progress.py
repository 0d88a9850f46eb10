"""Commands on a month's progress: filing it, sending it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.dispatch.errors import EmptyTextError
from services.evaluation.domain.dispatch.progress import Problem, Progress
from services.evaluation.service_layer.dispatch.given import past_day, unit_in
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProgress:
    """A unit tells of one month; each problem names the unit that is to solve it and the day."""

    report_id: str
    on: date
    tasks_due: int
    tasks_done: int
    money_fen: Fen = 0
    problems: Sequence[Problem] = ()
    next_month: str = field(default="", repr=False)
    help_asked: str = field(default="", repr=False)
    by: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnProgress:
    """Whoever reads the report sends it back with a reason."""

    report_id: str
    on: date
    reason: str = field(repr=False)
    version: int | None = None


def file_progress(command: FileProgress, uow: UnitOfWork, units: Collection[str]) -> None:
    """File a month's progress; *units* are all a problem can be given to."""
    for problem in command.problems:
        unit_in(problem.unit, units)
    with uow:
        report = uow.dispatch.reports.get(command.report_id)
        report.expect_version(command.version)
        told = Progress(
            command.tasks_due,
            command.tasks_done,
            command.money_fen,
            tuple(command.problems),
            command.next_month.strip(),
            command.help_asked.strip(),
        )
        report.file(told, on=past_day(command.on, uow.clock), by=command.by)
        uow.dispatch.reports.save(report)
        uow.commit()


def return_progress(command: ReturnProgress, uow: UnitOfWork) -> None:
    """Send a filed report back; refuses an empty reason."""
    if not command.reason.strip():
        raise EmptyTextError(what_zh="退回原因", what_en="reason")
    with uow:
        report = uow.dispatch.reports.get(command.report_id)
        report.expect_version(command.version)
        report.send_back(command.reason.strip(), on=past_day(command.on, uow.clock))
        uow.dispatch.reports.save(report)
        uow.commit()
