"""Commands on what follows an elimination: return visits, reopenings and how they are settled."""

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from services.monitoring.domain.case_errors import HouseholdHasOpenCaseError
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.clue import CluePolicy, report_of
from services.monitoring.domain.reopening import Outcome, Reopening
from services.monitoring.domain.return_visit import ReturnVisit, Stability
from services.monitoring.domain.risk import DISASTER, OTHER
from services.monitoring.domain.screening.focus import ScreeningPolicy
from services.monitoring.domain.screening_errors import NotEliminatedError
from services.monitoring.service_layer.clue import disaster_in, take_reports
from services.monitoring.service_layer.given import (
    code_in,
    expect_version,
    not_after_today,
    reason_given,
)
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.period import add_days


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturnVisit:
    """The five questions of 5.3 at an eliminated household; *risks* name what is new."""

    case_id: str
    on: date
    income_above_line: bool
    safeguards_hold: bool
    risk_gone: bool
    spending_solved: bool
    risks: tuple[str, ...] = ()
    disaster: str = ""
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleReopening:
    """*outcome* is a code of ``reopening_outcome``; ``rolled_back`` also rolls the elimination back."""

    reopening_id: str
    outcome: str
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


def record_return_visit(
    command: RecordReturnVisit, uow: UnitOfWork, clue_policy: CluePolicy, policy: ScreeningPolicy
) -> str:
    """Record the visit and what follows: nothing, clues, or a reopening; return the result."""
    for risk in command.risks:
        code_in("risk", risk)
    kind = disaster_in(command.risks, command.disaster, command.note)
    with uow:
        on = not_after_today(command.on, uow.clock)
        case = uow.cases.get(command.case_id)
        if case.state is not CaseState.ELIMINATED:
            raise NotEliminatedError
        found = Stability(
            command.income_above_line,
            command.safeguards_hold,
            command.risk_gone,
            bool(command.risks),
            command.spending_solved,
        )
        visit = ReturnVisit.make(
            found,
            command.risks,
            id=uow.ids(),
            case_id=case.id,
            household_id=case.household_id,
            area_code=case.area_code,
            made_on=on,
            made_by=command.by,
            note=command.note.strip(),
        )
        uow.return_visits.add(visit)
        if visit.result == "identify_anew":
            _raise_clues(visit, kind, uow, clue_policy)
        elif visit.result == "roll_back":
            reopen(uow, policy, case.id, case.household_id, case.area_code, "unstable", f"return:{visit.id}")
        uow.commit()
    return visit.result


def reopen(
    uow: UnitOfWork,
    policy: ScreeningPolicy,
    case_id: str,
    household_id: str,
    area_code: str,
    reason: str,
    origin: str,
) -> int:
    """Raise one reopening inside the transaction of *uow*; the same again is not raised twice."""
    today = day_of(uow.clock())
    limit = policy.reopening_days.entry_on(today)
    return uow.reopenings.add_new(
        [
            Reopening.raised(
                case_id=case_id,
                reason=reason,
                origin=origin,
                household_id=household_id,
                area_code=area_code,
                raised_on=today,
                due_on=add_days(today, limit.value),
                limit_confirmed=limit.confirmed,
            )
        ]
    )


def settle_reopening(command: SettleReopening, uow: UnitOfWork) -> None:
    """Settle a reopening, with its reason; a rollback is done in the same transaction."""
    code_in("reopening_outcome", command.outcome)
    note = reason_given(command.note)
    with uow:
        one = uow.reopenings.get(command.reopening_id)
        expect_version(one, command.version)
        today = day_of(uow.clock())
        one.settle(cast("Outcome", command.outcome), on=today, by=command.by, note=note)
        if command.outcome == "rolled_back":
            case = uow.cases.get(one.case_id)
            case.roll_back(one.reason, Acting(today, command.by, note))
            if uow.cases.open_of(case.household_id) is not None:
                raise HouseholdHasOpenCaseError
            uow.cases.save(case)
        uow.reopenings.save(one)
        uow.commit()


def reopen_without_labour(uow: UnitOfWork, policy: ScreeningPolicy) -> int:
    """List for rollback every elimination by help of a household in which nobody can work (5.1)."""
    with uow:
        raised = sum(
            reopen(uow, policy, case_id, household_id, area_code, "no_labour", "registry")
            for case_id, household_id, area_code in uow.reopenings.eliminated_without_labour()
        )
        if raised:
            uow.commit()
    return raised


def _raise_clues(visit: ReturnVisit, kind: str, uow: UnitOfWork, policy: CluePolicy) -> None:
    take_reports(
        [
            report_of(
                policy,
                report_id=uow.ids(),
                household_id=visit.household_id,
                area_code=visit.area_code,
                risk=risk,
                source="01",
                reported_on=visit.made_on,
                cause=f"return:{visit.id}",
                detail=kind if risk == DISASTER else "",
                note=visit.note if risk == OTHER else "",
                by=visit.made_by,
            )
            for risk in visit.risks
        ],
        uow,
    )
