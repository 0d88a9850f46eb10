"""What units report: nearly all in time, a few late, returned or never; some are checked by sample."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import World
from services.evaluation.domain.reporting.figure import ReportedFigure, figure_of
from services.evaluation.domain.reporting.plan import target_key
from services.evaluation.domain.reporting.task import ReportingTask, TaskState
from services.evaluation.service_layer.reporting import (
    AcceptReport,
    FileLimits,
    NewFile,
    ReturnReport,
    SubmitReport,
    accept_reports,
    return_report,
    submit_reports,
)
from services.evaluation.service_layer.reporting_check import (
    CheckReport,
    DrawReportSample,
    FreezeReportSample,
    check_report,
    draw_report_sample,
    freeze_report_sample,
)
from shared.contracts.envelope import Envelope

_SAMPLED_ON = (date(2022, 7, 25), date(2022, 10, 24))
_PAPER = NewFile("示例佐证.pdf", b"%PDF-1.4\n% an example\n%%EOF\n")
_RECOGNISED_ON = date(2022, 6, 24)
"""When the county's projects are recognised (I23-1)."""
_YEARS_LARGE = {"I11-6", "I12-6", "I11-2"}
_RARE = {"I38-1"}
"""What is counted and had better not happen."""


class UnitReports:
    """Every report that is owed, handed in on a day of its own; what falls on one day goes in together."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: dict[date, list[str]] = defaultdict(list)

    def plan(self) -> None:
        """Answer every report that is opened, and have some of them checked."""
        self._world.courier.listen(self._hear)
        for day in _SAMPLED_ON:
            self._world.agenda.on(day, self._freeze)

    def _hear(self, event: Envelope) -> None:
        if event.fact != "evaluation.report_task_opened":
            return
        told = event.data
        chance = self._world.chance("unit report", *(str(told[key]) for key in _KEYS))
        if chance.happens(rates()["unit_reports"]["missing"]):
            return
        late = chance.happens(rates()["unit_reports"]["late"])
        days = chance.number(1, 12) if late else -chance.number(0, 4)
        day = date.fromisoformat(str(told["due_on"])) + timedelta(days=days)
        self._put_down(max(day, self._world.today()), str(told["task_id"]))

    def _put_down(self, day: date, task_id: str) -> None:
        if not self._waiting[day]:
            self._world.agenda.on(day, self._hand_in)
        self._waiting[day].append(task_id)

    def _hand_in(self, day: date) -> None:
        evaluation = self._world.county.evaluation
        with evaluation.uow() as uow:
            tasks = [uow.reporting.tasks.get(task_id) for task_id in self._waiting.pop(day)]
        commands = [
            SubmitReport(
                task_id=task.id,
                unit=task.reporter,
                values=self._values(task, day),
                files=(_PAPER,) if task.evidence and not task.files else (),
                by="sim-unit",
            )
            for task in tasks
        ]
        limits = FileLimits.of(evaluation.rulebook.figures["report_file_limits"].on(day))
        submit_reports(commands, evaluation.uow(), limits)
        self._world.agenda.after(day, 1, partial(self._review, tasks))

    def _review(self, tasks: list[ReportingTask], day: date) -> None:
        evaluation = self._world.county.evaluation
        good = []
        for task in tasks:
            chance = self._chance(task, "review")
            if not task.submissions and chance.happens(rates()["unit_reports"]["returned"]):
                command = ReturnReport(task_id=task.id, reason="示例：数据来源未注明")
                return_report(command, evaluation.uow())
                self._put_down(day + timedelta(days=chance.number(1, 3)), task.id)
            else:
                good.append(AcceptReport(task_id=task.id))
        accept_reports(good, evaluation.uow())

    def _chance(self, task: ReportingTask, about: str) -> Chance:
        return self._world.chance(about, task.indicator, task.reporter, task.period)

    # --- what is reported ----------------------------------------------------------------------------

    def _values(self, task: ReportingTask, day: date) -> dict[str, ReportedFigure]:
        return {unit: self._figure(task, unit, day) for unit in task.about}

    def _figure(self, task: ReportingTask, unit: str, day: date) -> ReportedFigure:
        chance = self._chance(task, unit)
        if task.shape == "rate":
            whole = chance.number(20, 60)
            short = chance.number(1, 4) if chance.happens(rates()["unit_reports"]["short"]) else 0
            return figure_of("rate", numerator=whole - short, denominator=whole)
        if task.shape == "ratio":
            scale = 10_000 if task.indicator in _YEARS_LARGE else 100
            base = chance.number(20, 90) * scale
            return figure_of("ratio", numerator=base * chance.number(98, 116) // 100, denominator=base)
        if task.shape == "count":
            return figure_of("count", numerator=self._count(task, unit, chance, day))
        if task.shape == "yes_no":
            return figure_of("yes_no", yes=not chance.happens(rates()["unit_reports"]["short"]))
        if task.shape == "done_on":
            return figure_of("done_on", done_on=_RECOGNISED_ON if day >= _RECOGNISED_ON else None)
        praised = chance.happens(rates()["unit_reports"]["praised"])
        return figure_of("levels", levels=(0, int(praised and chance.number(1, 4) == 1), int(praised)))

    def _count(self, task: ReportingTask, unit: str, chance: Chance, day: date) -> int:
        """Return a number that grows towards the year's target, or what a period has of things added up."""
        if task.indicator in _RARE:
            return int(chance.happens(rates()["unit_reports"]["offence"]))
        figure = self._world.county.evaluation.rulebook.figures.get(target_key(task.indicator))
        if figure is None or not figure.in_force_on(day):
            return chance.number(1, 3)
        target = figure.on(day)
        whole = int(Decimal(str(target.get(unit, 1) if isinstance(target, Mapping) else target)))
        quarter = int(task.period[-1]) if "Q" in task.period else 4
        short = quarter == 4 and chance.happens(rates()["unit_reports"]["short"])  # noqa: PLR2004  (quarters of a year)
        return max(whole * quarter // 4 - short, 0)

    # --- the sampled check ---------------------------------------------------------------------------

    def _freeze(self, day: date) -> None:
        command = FreezeReportSample(title=f"{day.year}年{day.month}月上报抽查（示例）")
        evaluation = self._world.county.evaluation
        sample_id = freeze_report_sample(command, evaluation.uow(), evaluation.rulebook.figures)
        self._world.agenda.after(day, 1, partial(self._draw, sample_id))

    def _draw(self, sample_id: str, day: date) -> None:
        seed = f"{day:%Y%m%d}{self._world.chance('report sample', str(day)).number(1000, 9999)}"
        command = DrawReportSample(sample_id=sample_id, seed=seed)
        draw_report_sample(command, self._world.county.evaluation.uow())
        self._world.agenda.after(day, 3, partial(self._check, day == _SAMPLED_ON[0] + timedelta(days=1)))

    def _check(self, one_wrong: bool, day: date) -> None:  # noqa: FBT001  (bound by partial: a parameter of the act)
        """Check what was drawn; in the first sample one value is too high: its unit is reviewed."""
        evaluation = self._world.county.evaluation
        with evaluation.uow() as uow:
            drawn = uow.reporting.tasks.in_state(TaskState.ACCEPTED, drawn=True)
        wrong = next((task for task in drawn if one_wrong and _exaggerable(task)), None)
        others = 0
        for task in drawn:
            found = {} if task is not wrong else {task.about[0]: _lower(task)}
            command = CheckReport(task_id=task.id, found=found, how="on_the_spot" if found else "files")
            others += check_report(command, evaluation.uow(), evaluation.rulebook.figures)[1]
        if others:
            self._world.agenda.after(day, 7, partial(self._check, False))


_KEYS = ("indicator", "reporter", "period")
_LEAST = 10


def _exaggerable(task: ReportingTask) -> bool:
    return task.shape == "rate" and task.reporter.isdigit() and task.values[task.about[0]].numerator >= _LEAST


def _lower(task: ReportingTask) -> ReportedFigure:
    """Return what was found where the report had said more."""
    told = task.values[task.about[0]]
    return figure_of("rate", numerator=int(told.numerator) * 7 // 10, denominator=told.denominator)
