"""Dispatch as the county hears of it."""

from collections.abc import Iterable

from services.evaluation.domain.dispatch import meeting, progress, site, undertaking
from services.evaluation.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.evaluation.v1 import dispatch as v1


def _town(unit: str) -> str:
    return unit if unit.isdigit() else ""


@publish.register
def _(fact: progress.ProgressOwed) -> Iterable[EventData]:
    report = fact.report
    yield v1.ProgressDue(
        occurred_on=fact.on,
        area_code=_town(report.unit),
        report_id=report.id,
        scope=report.scope,  # type: ignore[arg-type]  # made with no other
        action=report.action,
        unit=report.unit,
        month=report.month,
        due_on=report.due_on,
        limit_confirmed=report.limit_confirmed,
    )


@publish.register
def _(fact: progress.Filed) -> Iterable[EventData]:
    report, told = fact.report, fact.progress
    yield v1.ProgressFiled(
        occurred_on=fact.on,
        area_code=_town(report.unit),
        report_id=report.id,
        scope=report.scope,  # type: ignore[arg-type]  # made with no other
        action=report.action,
        unit=report.unit,
        month=report.month,
        number=fact.number,
        tasks_due=told.tasks_due,
        tasks_done=told.tasks_done,
        money_fen=told.money_fen,
        problems=len(told.problems),
        help_asked=bool(told.help_asked),
    )


@publish.register
def _(fact: progress.SentBack) -> Iterable[EventData]:
    report = fact.report
    yield v1.ProgressReturned(
        occurred_on=fact.on,
        area_code=_town(report.unit),
        report_id=report.id,
        scope=report.scope,  # type: ignore[arg-type]  # made with no other
        action=report.action,
        unit=report.unit,
        month=report.month,
        number=fact.number,
    )


@publish.register
def _(fact: meeting.MeetingOwed) -> Iterable[EventData]:
    duty = fact.duty
    yield v1.QuarterMeetingDue(
        occurred_on=fact.on,
        duty_id=duty.id,
        action=duty.action,
        unit=duty.unit,
        quarter=duty.quarter,
        due_on=duty.due_on,
        limit_confirmed=duty.limit_confirmed,
    )


@publish.register
def _(fact: meeting.MeetingHeld) -> Iterable[EventData]:
    duty = fact.duty
    yield v1.QuarterMeetingHeld(
        occurred_on=fact.on,
        duty_id=duty.id,
        action=duty.action,
        unit=duty.unit,
        quarter=duty.quarter,
        meeting_id=fact.meeting_id,
    )


@publish.register
def _(fact: undertaking.Undertaken) -> Iterable[EventData]:
    one = fact.one
    yield v1.UndertakingMade(
        occurred_on=one.made_on,
        area_code=one.area_code,
        undertaking_id=one.id,
        kind=one.kind,  # type: ignore[arg-type]  # the command has refused any other
        unit=one.unit,
        lead=one.lead,
        source_id=one.source_id,
        due_on=one.due_on,
    )


@publish.register
def _(fact: undertaking.Finished) -> Iterable[EventData]:
    one = fact.one
    yield v1.UndertakingDone(
        occurred_on=fact.on,
        area_code=one.area_code,
        undertaking_id=one.id,
        kind=one.kind,  # type: ignore[arg-type]  # the command has refused any other
    )


@publish.register
def _(fact: undertaking.Dropped) -> Iterable[EventData]:
    one = fact.one
    # Owed by nobody from the first day: it must leave the year it was of, whenever it is dropped.
    yield v1.UndertakingDropped(
        occurred_on=one.made_on,
        area_code=one.area_code,
        undertaking_id=one.id,
        kind=one.kind,  # type: ignore[arg-type]  # the command has refused any other
    )


@publish.register
def _(fact: site.SiteOwed) -> Iterable[EventData]:
    one = fact.site
    yield v1.SitePlanned(
        occurred_on=fact.on,
        area_code=one.town,
        site_id=one.id,
        action=one.action,
        lead=one.lead,
        level=one.level,  # type: ignore[arg-type]  # made with no other
        year=one.year,
    )


@publish.register
def _(fact: site.SiteChosen) -> Iterable[EventData]:
    one = fact.site
    yield v1.SiteRegistered(
        occurred_on=fact.on,
        area_code=one.area_code,
        site_id=one.id,
        action=one.action,
        lead=one.lead,
        level=one.level,  # type: ignore[arg-type]  # made with no other
        number=fact.number,
    )


@publish.register
def _(fact: site.ElementsSet) -> Iterable[EventData]:
    one = fact.site
    standard, responsible, rule, date_set = fact.elements.set_now
    yield v1.SiteElementsSet(
        occurred_on=fact.on,
        area_code=one.area_code,
        site_id=one.id,
        action=one.action,
        lead=one.lead,
        level=one.level,  # type: ignore[arg-type]  # made with no other
        number=fact.number,
        standard=standard,
        responsible=responsible,
        rule=rule,
        date_set=date_set,
    )


@publish.register
def _(fact: site.SiteGivenUp) -> Iterable[EventData]:
    one = fact.site
    yield v1.SiteWithdrawn(
        occurred_on=fact.on,
        area_code=one.area_code,
        site_id=one.id,
        action=one.action,
        lead=one.lead,
        level=one.level,  # type: ignore[arg-type]  # made with no other
        number=fact.number,
    )
