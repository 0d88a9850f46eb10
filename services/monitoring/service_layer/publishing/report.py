"""What the county is told of reports."""

from collections.abc import Iterable

from services.monitoring.domain.report import report
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: report.ReportOwed) -> Iterable[EventData]:
    owed = fact.report
    yield v1.ReportDue(
        # It is owed once its period is over.
        occurred_on=owed.last,
        area_code=owed.unit,
        report_id=owed.id,
        kind=owed.kind,
        period=owed.period,
        unit=owed.unit,
        due_on=owed.due_on,
        limit_confirmed=owed.limit_confirmed,
    )


@publish.register
def _(fact: report.ReportSubmitted) -> Iterable[EventData]:
    one = fact.report
    yield v1.ReportSubmitted(
        occurred_on=fact.on,
        area_code=one.unit,
        report_id=one.id,
        kind=one.kind,
        unit=one.unit,
        version=fact.number,
    )


@publish.register
def _(fact: report.ReportReturned) -> Iterable[EventData]:
    one = fact.report
    yield v1.ReportReturned(
        occurred_on=fact.on,
        area_code=one.unit,
        report_id=one.id,
        kind=one.kind,
        unit=one.unit,
        version=fact.number,
        reason=fact.reason,
    )


@publish.register
def _(fact: report.ReportLocked) -> Iterable[EventData]:
    one = fact.report
    yield v1.ReportLocked(
        occurred_on=fact.on,
        area_code=one.unit,
        report_id=one.id,
        kind=one.kind,
        unit=one.unit,
        version=fact.number,
    )
