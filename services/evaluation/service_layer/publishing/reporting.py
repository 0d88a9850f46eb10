"""Reports, reviews and checks as the county hears of them."""

from collections.abc import Iterable
from datetime import date

from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.reporting import sample, task
from services.evaluation.domain.reporting.figure import ReportedFigure
from services.evaluation.domain.reporting.plan import last_day_of
from services.evaluation.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.evaluation.v1 import reporting as v1


def _area(unit: str) -> str:
    return unit if unit.isdigit() else ""


def _value(figure: ReportedFigure) -> v1.ReportedValue:
    return v1.ReportedValue(**figure.document())


def value_id(task_id: str, unit: str) -> str:
    """Return the name of one unit's value in one task."""
    return f"{task_id}:{unit}"


def _true_on(one: task.ReportingTask) -> date:
    """Return the day from which a value is true: handed in, at the latest the end of what it is about.

    When the office accepts or checks it says when it was *known*, not when it was true: a value found
    false in January was false on 31 December.
    """
    last = last_day_of(one.period)
    return min(one.submitted_on or last, last)


@publish.register
def _(fact: task.Opened) -> Iterable[EventData]:
    one = fact.task
    yield v1.ReportTaskOpened(
        occurred_on=one.opened_on,
        area_code=_area(one.reporter),
        task_id=one.id,
        indicator=one.indicator,
        period=one.period,
        reporter=one.reporter,
        units=one.about,
        due_on=one.due_on,
    )


@publish.register
def _(fact: task.Overdue) -> Iterable[EventData]:
    one = fact.task
    yield v1.ReportTaskOverdue(
        occurred_on=fact.on,
        area_code=_area(one.reporter),
        task_id=one.id,
        indicator=one.indicator,
        period=one.period,
        reporter=one.reporter,
        due_on=one.due_on,
    )


@publish.register
def _(fact: task.Reported) -> Iterable[EventData]:
    one = fact.task
    yield v1.ValueReported(
        occurred_on=fact.on,
        area_code=_area(one.reporter),
        task_id=one.id,
        indicator=one.indicator,
        period=one.period,
        reporter=one.reporter,
        units=one.about,
        number=one.submissions,
        late=fact.late,
        files=tuple(file.sha256 for file in one.files),
    )


@publish.register
def _(fact: task.Returned) -> Iterable[EventData]:
    one = fact.task
    yield v1.ValueReturned(
        occurred_on=fact.on,
        area_code=_area(one.reporter),
        task_id=one.id,
        indicator=one.indicator,
        period=one.period,
        reporter=one.reporter,
        number=one.submissions,
    )


@publish.register
def _(fact: task.Accepted) -> Iterable[EventData]:
    one = fact.task
    yield v1.ValueAccepted(
        occurred_on=_true_on(one),
        area_code=_area(fact.unit),
        value_id=value_id(one.id, fact.unit),
        task_id=one.id,
        indicator=one.indicator,
        period=one.period,
        reporter=one.reporter,
        unit=fact.unit,
        value=_value(fact.figure),
        files=tuple(file.sha256 for file in one.files),
    )


@publish.register
def _(fact: task.Checked) -> Iterable[EventData]:
    one = fact.task
    yield v1.ValueChecked(
        occurred_on=_true_on(one),
        area_code=_area(fact.unit),
        value_id=value_id(one.id, fact.unit),
        task_id=one.id,
        indicator=one.indicator,
        period=one.period,
        reporter=one.reporter,
        unit=fact.unit,
        how=fact.how,
        result=fact.result,
        value=None if fact.found is None else _value(fact.found),
        off_by_percent=str(two_decimals(100 * fact.off_by)),
    )


@publish.register
def _(fact: task.ReviewOpened) -> Iterable[EventData]:
    one = fact.task
    yield v1.ReportReviewOpened(
        occurred_on=fact.on,
        area_code=_area(one.reporter),
        task_id=one.id,
        reporter=one.reporter,
        off_by_percent=str(two_decimals(100 * fact.off_by)),
        limit_percent=str(fact.limit_percent),
        limit_confirmed=fact.limit_confirmed,
        tasks=fact.tasks,
    )


@publish.register
def _(fact: sample.SampleDrawn) -> Iterable[EventData]:
    one = fact.sample
    yield v1.ReportSampleDrawn(
        occurred_on=one.drawn_on or one.frozen_on,
        sample_id=one.id,
        digest=one.digest,
        seed=one.seed,
        listed=len(one.listed),
        drawn=one.drawn,
    )
