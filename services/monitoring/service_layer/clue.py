"""Commands on clues, and the clues other departments' events bring."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.case import Case
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.clue import Clue, CluePolicy, Outcome, Report, Reported, report_of
from services.monitoring.domain.errors import (
    HelpFirstWithoutRiskError,
    HouseholdNotFoundError,
    NotMonitoredError,
)
from services.monitoring.domain.risk import DISASTER, detail_for, require_detail
from services.monitoring.domain.verification_sheet import Judged, VerificationSheet
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.publishing import publish
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope, EventData
from shared.contracts.finance import v1 as finance
from shared.kernel.ids import derived_id

_DEPARTMENT = "02"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClue:
    """Somebody says that a household may be at risk; *source* is a code of ``clue_source``.

    A disaster needs its kind, a code of ``disaster``, as *detail*; another risk (其他) needs a *note*.
    """

    household_id: str
    risk: str
    source: str
    on: date
    detail: str = ""
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyClue:
    """The clue was checked at the household.

    ``risk`` opens a case, or adds the risk to the one that is open; if that has it
    already, the clue is closed as ``already_monitored``, which needs an open case.
    With *help_first* help goes ahead of the procedure (after a disaster or an
    accident), also of one that is under way: then *note* says why.
    """

    clue_id: str
    outcome: Outcome
    on: date
    help_first: bool = False
    judged: Judged | None = None
    """The four-part judgement on the sheet of the check, when one was filled in."""
    visitors: tuple[str, ...] = field(default=(), repr=False)
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


def report_clue(command: ReportClue, uow: UnitOfWork, policy: CluePolicy) -> str:
    """Take a report down and return the clue it belongs to, new or not."""
    code_in("risk", command.risk)
    code_in("clue_source", command.source)
    kind = disaster_in({command.risk}, command.detail, command.note)
    with uow:
        household = uow.households.get(command.household_id)
        report = report_of(
            policy,
            report_id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            risk=command.risk,
            source=command.source,
            reported_on=not_after_today(command.on, uow.clock),
            detail=kind,
            by=command.by,
            note=command.note.strip(),
        )
        take_reports([report], uow)
        uow.commit()
    return report.clue_id


def verify_clue(command: VerifyClue, uow: UnitOfWork) -> str | None:
    """Close a clue with what was found and return the case it belongs to, if any."""
    code_in("clue_outcome", command.outcome)
    if command.help_first and command.outcome == "no_risk":
        raise HelpFirstWithoutRiskError
    with uow:
        clue = uow.clues.get(command.clue_id)
        expect_version(clue, command.version)
        # What follows belongs to the village in which the household lives now.
        clue.area_code = uow.households.areas_of({clue.household_id})[clue.household_id]
        on = not_after_today(command.on, uow.clock)
        acting = Acting(on, command.by, command.note.strip())
        outcome, case_id = _found(clue, command, acting, uow)
        clue.verify(outcome, on=on, by=command.by, note=acting.note, case_id=case_id)
        uow.clues.save(clue)
        if command.judged is not None:
            uow.verification_sheets.add(_sheet(clue, command.judged, command, uow.ids()))
        uow.commit()
    return case_id


def _sheet(clue: Clue, judged: Judged, command: VerifyClue, id_: str) -> VerificationSheet:
    for difficulty in judged.difficulties:
        code_in("difficulty", difficulty)
    return VerificationSheet(
        id=id_,
        clue_id=clue.id,
        household_id=clue.household_id,
        area_code=clue.area_code,
        made_on=command.on,
        visitors=command.visitors,
        income_above_line=judged.income_above_line,
        self_paid_fen=judged.self_paid_fen,
        difficulties=judged.difficulties,
        able_to_cope=judged.able_to_cope,
        outcome=command.outcome,
        made_by=command.by,
    )


def take_reports(reports: Sequence[Report], uow: UnitOfWork, causes: Sequence[Envelope] = ()) -> None:
    """Keep *reports* with their clues and tell the county of each; *causes*, when given, is one for each."""
    uow.clues.take(reports)
    for number, report in enumerate(reports):
        for event in publish(Reported(report)):
            uow.publish(event, cause=causes[number] if causes else None)


def note_lost_jobs(events: Sequence[Envelope], uow: UnitOfWork, policy: CluePolicy) -> None:
    """Make a clue of every job that was lost by somebody who then had no other."""
    read = [(event, employment.JobEnded.model_validate(event.data)) for event in events]
    lost = [(event, body) for event, body in read if body.reason == "lost" and body.without_work]
    _take_consequences(lost, policy.lost_job_risk.on, uow, policy)


def note_overdue_loans(events: Sequence[Envelope], uow: UnitOfWork, policy: CluePolicy) -> None:
    """Make a clue of every loan that was not paid back in time."""
    overdue = [(event, finance.LoanOverdue.model_validate(event.data)) for event in events]
    _take_consequences(overdue, policy.overdue_loan_risk.on, uow, policy)


def _take_consequences(
    causes: Sequence[tuple[Envelope, EventData]],
    risk_on: Callable[[date], str],
    uow: UnitOfWork,
    policy: CluePolicy,
) -> None:
    if not causes:
        return
    areas = uow.households.areas_of({body.household_id for _, body in causes})
    reports = []
    for event, body in causes:
        if body.household_id not in areas:
            raise HouseholdNotFoundError
        reports.append(
            report_of(
                policy,
                # From the event alone, so that taking it in again names the same report.
                report_id=derived_id("clue_report", event.id),
                household_id=body.household_id,
                area_code=areas[body.household_id],
                risk=risk_on(body.occurred_on),
                source=_DEPARTMENT,
                reported_on=body.occurred_on,
                cause=f"event:{event.id}",
            )
        )
    take_reports(reports, uow, [event for event, _ in causes])


def disaster_in(risks: Collection[str], kind: str, note: str) -> str:
    """Return the *kind* of disaster where one is among *risks*, else nothing; refuses missing details."""
    require_detail(risks, kind=kind, note=note)
    return code_in("disaster", kind) if DISASTER in risks else ""


def _found(clue: Clue, command: VerifyClue, acting: Acting, uow: UnitOfWork) -> tuple[Outcome, str | None]:
    """Return as what the clue is closed, and the case it belongs to."""
    if command.outcome == "no_risk":
        return "no_risk", None
    case = uow.cases.open_of(clue.household_id)
    if case is None and command.outcome == "already_monitored":
        raise NotMonitoredError
    if case is None:
        return "risk", _opened(clue, command, acting, uow)
    known = command.outcome == "already_monitored" or clue.risk in case.risks
    if not known:
        case.note_risk(clue.risk, clue.id, acting, detail=_detail_of(clue, acting, uow))
    if command.help_first and not (case.help_first or case.decided):
        # Once the county has decided, measures can be asked for anyway.
        case.put_help_first(acting)
    if case.facts:
        uow.cases.save(case)
    return "already_monitored" if known else "risk", case.id


def _detail_of(clue: Clue, acting: Acting, uow: UnitOfWork) -> dict[str, str]:
    kind, note = uow.clues.detail_of(clue.id)
    return detail_for(clue.risk, kind=kind, note=acting.note or note)


def _opened(clue: Clue, command: VerifyClue, acting: Acting, uow: UnitOfWork) -> str:
    last = uow.cases.latest_of(clue.household_id)
    opened = Case.open(
        uow.ids(),
        clue.household_id,
        clue.area_code,
        (clue.risk,),
        clue.first_reported_on,
        (clue.id,),
        acting.on,
        help_first=command.help_first,
        # A new risk after an elimination: the whole procedure again, and the old case is named (domain 5.3).
        previous=last.id if last is not None and last.state is CaseState.ELIMINATED else None,
        risk_details=_detail_of(clue, acting, uow),
        by=acting.by,
    )
    uow.cases.add(opened)
    return opened.id
