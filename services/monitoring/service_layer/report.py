"""Commands on reports: what is owed by the clock, handing in, returning, locking."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.report.period import KINDS, Period, ended
from services.monitoring.domain.report.report import Report, ReportPolicy
from services.monitoring.service_layer.given import code_in, not_after_today, text_in
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_report import ReportFigures
from shared.areas import areas

_NOTE = ("说明", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReport:
    """A town hands its report in; the figures are counted at this moment, as of the period's end."""

    report_id: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport:
    """The reviewer sends a report back; *reason* is a code of ``return_reason``."""

    report_id: str
    reason: str
    on: date
    note: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockReport:
    """The reviewer accepts a report."""

    report_id: str
    on: date
    version: int | None = None


def owe_reports(today: date, uow: UnitOfWork, policy: ReportPolicy) -> int:
    """Note the reports that every town owes for the periods that are over, and return how many are new.

    The first time only of the last period of each kind; afterwards of every period since, so that
    none is left out while nothing swept. A kind whose limit is not in force yet is not owed.
    """
    with uow:
        owed = [
            Report.owed(town.code, period, policy)
            for kind in KINDS
            for period in ended(kind, uow.reports.last_period(kind), today)
            if policy.days(kind).in_force_on(period.first)
            for town in areas().towns()
        ]
        new = uow.reports.add_new(owed)
        uow.commit()
    return new


def submit_report(command: SubmitReport, uow: UnitOfWork, figures: ReportFigures) -> int:
    """Hand a report in with what its figures count now; return the number of the submission."""
    note = text_in(command.note.strip(), _NOTE, most=500)
    with uow:
        report = uow.reports.get(command.report_id)
        report.expect_version(command.version)
        on = not_after_today(command.on, uow.clock)
        counted = figures.count(period_of_report(report), report.unit)
        submission = report.submit(counted, on=on, by=command.by, note=note)
        uow.reports.save(report)
        uow.reports.keep(submission)
        uow.commit()
    return submission.number


def return_report(command: ReturnReport, uow: UnitOfWork) -> None:
    """Send a report back with a reason."""
    code_in("return_reason", command.reason)
    note = text_in(command.note.strip(), _NOTE, most=500)
    with uow:
        report = uow.reports.get(command.report_id)
        report.expect_version(command.version)
        report.send_back(command.reason, on=not_after_today(command.on, uow.clock), note=note)
        uow.reports.save(report)
        uow.commit()


def lock_report(command: LockReport, uow: UnitOfWork) -> None:
    """Accept a report; it changes no more."""
    with uow:
        report = uow.reports.get(command.report_id)
        report.expect_version(command.version)
        report.lock(on=not_after_today(command.on, uow.clock))
        uow.reports.save(report)
        uow.commit()


def period_of_report(report: Report) -> Period:
    """Return the period a report is of."""
    return Period(report.kind, report.period, report.first, report.last)
