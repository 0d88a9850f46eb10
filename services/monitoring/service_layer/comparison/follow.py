"""What follows inside this service from what a command tells, in its own transaction.

A clue was checked or a case decided: the warnings behind it go on. A household was
recorded: differences that have gone are closed. A case was sent for comparison: the
departments are asked. Called once per transaction, with everything it tells.
"""

from collections.abc import Sequence
from datetime import date

from services.monitoring.domain.case_steps import CaseState, Step
from services.monitoring.domain.comparison.difference import DifferenceStep
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.comparison.warning import DepartmentWarning, Finding
from services.monitoring.service_layer.comparison.case_comparison import ask_departments, withdraw_requests
from services.monitoring.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.kernel.clock import day_of

_DECIDED = {v1.CaseIdentified.type: Finding.IDENTIFIED, v1.CaseRejected.type: Finding.REJECTED}


def follow(events: Sequence[Envelope], uow: UnitOfWork, policy: ComparisonPolicy) -> None:
    """Let warnings, differences and requests follow from *events*."""
    by_type: dict[str, list[Envelope]] = {}
    for event in events:
        by_type.setdefault(event.type, []).append(event)
    if verified := by_type.get(v1.ClueVerified.type):
        _follow_clues(verified, uow)
    decided = [event for type_ in _DECIDED for event in by_type.get(type_, ())]
    if decided:
        _follow_cases(decided, uow)
    if recorded := by_type.get(v1.HouseholdRecorded.type):
        close_settled({event.data["household_id"] for event in recorded}, uow)
    if advanced := by_type.get(v1.CaseAdvanced.type):
        _follow_comparisons(advanced, uow, policy)


def close_settled(household_ids: set[str], uow: UnitOfWork) -> None:
    """Close the differences that the register, as it is now, no longer has."""
    differing = uow.differences.open_of_households(household_ids)
    if not differing:
        return
    persons = uow.register_lookup.by_id({one.person_id for one in differing})
    settled = [
        one for one in differing if one.person_id in persons and one.agrees_with(persons[one.person_id])
    ]
    for one in settled:
        one.take(DifferenceStep.CORRECT_REGISTER, on=day_of(uow.clock()))
    uow.differences.save_all(settled)


def _follow_clues(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    found = {event.data["clue_id"]: event.data for event in events}
    warnings = uow.department_warnings.of_clues(found)
    decided = _decided_cases(warnings, found, uow)
    for one in warnings:
        told = found[one.clue_id or ""]
        on = date.fromisoformat(told["occurred_on"])
        case_id = told.get("case_id")
        one.find(Finding(told["outcome"]), on=on, case_id=case_id)
        if told["outcome"] == Finding.RISK and case_id in decided:
            # The household is monitored already and the risk is a further one: nobody decides on it again.
            one.find(Finding.IDENTIFIED, on=on)
    uow.department_warnings.save_all(warnings)


def _decided_cases(
    warnings: Sequence[DepartmentWarning], found: dict[str, dict[str, str]], uow: UnitOfWork
) -> set[str]:
    case_ids = {case_id for one in warnings if (case_id := found[one.clue_id or ""].get("case_id"))}
    return {case_id for case_id in case_ids if uow.cases.get(case_id).decided}


def _follow_cases(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    decided = {event.data["case_id"]: event for event in events}
    warnings = uow.department_warnings.of_cases(decided)
    for one in warnings:
        event = decided[one.case_id or ""]
        one.find(_DECIDED[event.type], on=date.fromisoformat(event.data["occurred_on"]))
    uow.department_warnings.save_all(warnings)


def _follow_comparisons(events: Sequence[Envelope], uow: UnitOfWork, policy: ComparisonPolicy) -> None:
    sent = {event.data["case_id"] for event in events if event.data["step"] == Step.SEND_FOR_COMPARISON}
    over = {event.data["case_id"] for event in events if _comparison_over(event)}
    if sent:
        ask_departments(sent, uow, policy)
    if over:
        withdraw_requests(over, uow)


_ENDED = frozenset({CaseState.REJECTED, CaseState.CLOSED})


def _comparison_over(event: Envelope) -> bool:
    step, to_state = event.data["step"], event.data["to_state"]
    returned = step == Step.TOWN_REVIEW and to_state == CaseState.VERIFIED
    return step == Step.RECORD_COMPARISON or returned or to_state in _ENDED
