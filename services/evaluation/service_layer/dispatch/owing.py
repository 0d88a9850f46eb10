"""What falls due by the clock: progress each month, meetings each quarter, demonstration sites each year."""

from collections.abc import Sequence
from datetime import date

from services.evaluation.domain.dispatch.action import DispatchPolicy, Quarter
from services.evaluation.domain.dispatch.meeting import MeetingDuty
from services.evaluation.domain.dispatch.progress import ProgressReport
from services.evaluation.domain.dispatch.site import DemonstrationSite
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.period import Month


def owe_dispatch(today: date, uow: UnitOfWork, policy: DispatchPolicy, towns: Sequence[str]) -> int:
    """Note everything owed for the months, quarters and years begun by *today*; return how many are new.

    The first time only for the present ones; afterwards for all since, so that none
    is left out while nothing swept. Nothing is owed before the policy is in force.
    """
    if not policy.actions.in_force_on(today):
        return 0
    with uow:
        new = _reports(today, uow, policy, towns) + _duties(today, uow, policy)
        new += _sites(today, uow, policy, towns)
        uow.commit()
    return new


def _reports(today: date, uow: UnitOfWork, policy: DispatchPolicy, towns: Sequence[str]) -> int:
    last, month, owed = uow.dispatch.last_month(), Month.of(today), []
    if last is not None:
        month = Month(int(last[:4]), int(last[4:])).plus(1)
    while month <= Month.of(today):
        day = max(month.first_day, policy.actions.entries[0].since)
        owed += [
            ProgressReport.owed_by_lead(action, month, policy, on=day) for action in policy.actions_on(day)
        ]
        owed += [ProgressReport.owed_by_town(town, month, policy, on=day) for town in towns]
        month = month.plus(1)
    return uow.dispatch.reports.add_new(owed)


def _duties(today: date, uow: UnitOfWork, policy: DispatchPolicy) -> int:
    last, quarter, owed = uow.dispatch.last_quarter(), Quarter.of(today), []
    if last is not None:
        quarter = Quarter(int(last[:4]), int(last[5:])).next()
    while quarter <= Quarter.of(today):
        day = min(quarter.last_day, today)
        owed += [MeetingDuty.owed(action, quarter, policy, on=day) for action in policy.actions_on(day)]
        quarter = quarter.next()
    return uow.dispatch.duties.add_new(owed)


def _sites(today: date, uow: UnitOfWork, policy: DispatchPolicy, towns: Sequence[str]) -> int:
    last = uow.dispatch.last_year_of_sites()
    if last is not None and last >= today.year:
        return 0
    owed = [
        DemonstrationSite.owed(today.year, action, town, on=today)
        for action in policy.actions_on(today)
        for town in ("", *towns)
    ]
    return uow.dispatch.sites.add_new(owed)
