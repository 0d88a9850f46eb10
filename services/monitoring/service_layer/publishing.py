"""Which private fact the county is told, and as what: the whole list on one page.

Register a function per private fact with ``@publish.register``.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Literal, cast

from services.monitoring.domain import (
    case_facts,
    change,
    clue,
    elimination,
    finding,
    household,
    income,
    measure,
    member,
    visit,
)
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@singledispatch
def publish(_fact: object) -> Iterable[EventData]:
    """Return the events to publish for a fact; most private facts have none."""
    return ()


# --- household, income, visit, change ------------------------------------------------------------


@publish.register
def _(fact: household.Recorded) -> Iterable[EventData]:
    yield v1.HouseholdRecorded(
        occurred_on=fact.on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        household_no=fact.household_no,
        version=fact.version,
        household_type=fact.household_type,
        lifted_out=fact.lifted_out,
        relocated=fact.relocated,
        members=tuple(_person(one) for one in fact.members),
    )


def _person(one: member.Member) -> v1.Member:
    return v1.Member(
        person_id=one.id,
        person_no=one.person_no,
        relation=one.relation,
        sex=cast("Literal['1', '2']", one.sex),
        born_on=one.born_on,
        labour_skill=one.labour_skill,
        school_status=one.school_status,
        health=one.health,
        left=not one.present,
    )


@publish.register
def _(fact: income.LedgerRecorded) -> Iterable[EventData]:
    ledger = fact.ledger
    yield v1.IncomeRecorded(
        occurred_on=ledger.recorded_on,
        household_id=ledger.household_id,
        area_code=ledger.area_code,
        ledger_id=ledger.id,
        period_first=ledger.period.first,
        period_last=ledger.period.last,
        persons=ledger.income.persons,
        wage_fen=ledger.income.wage,
        operating_fen=ledger.income.operating,
        operating_cost_fen=ledger.income.operating_cost,
        property_fen=ledger.income.property_income,
        transfer_fen=ledger.income.transfer,
        net_fen=ledger.income.net,
        net_per_head_fen=ledger.income.net_per_head,
        reference_per_head_fen=ledger.income.reference_per_head,
        monitoring_line_fen=ledger.line.value,
        line_confirmed=ledger.line.confirmed,
    )


@publish.register
def _(fact: visit.Made) -> Iterable[EventData]:
    made = fact.visit
    yield v1.VisitRecorded.model_validate(
        {
            "occurred_on": made.made_on,
            "household_id": made.household_id,
            "area_code": made.area_code,
            "visit_id": made.id,
            "kind": made.kind,
            "risk_found": bool(made.risks),
            "result": made.result,
        }
    )


@publish.register
def _(fact: change.Happened) -> Iterable[EventData]:
    happened = fact.change
    yield v1.HouseholdChanged.model_validate(
        {
            "occurred_on": happened.happened_on,
            "household_id": happened.household_id,
            "area_code": happened.area_code,
            "change_id": happened.id,
            "kind": happened.kind,
            "detail": happened.detail,
            "person_id": happened.person_id,
            "amount_fen": happened.amount,
        }
    )


@publish.register
def _(fact: change.Resolved) -> Iterable[EventData]:
    yield v1.HouseholdChangeResolved(
        occurred_on=fact.on,
        household_id=fact.change.household_id,
        area_code=fact.change.area_code,
        change_id=fact.change.id,
        kind=fact.change.kind,
    )


# --- clue, sample check, relapse -----------------------------------------------------------------


@publish.register
def _(fact: clue.Reported) -> Iterable[EventData]:
    report = fact.report
    yield v1.ClueReported(
        occurred_on=report.reported_on,
        household_id=report.household_id,
        area_code=report.area_code,
        clue_id=report.clue_id,
        report_id=report.id,
        risk=report.risk,
        source=report.source,
        verify_due_on=report.verify_due_on,
        limit_confirmed=report.limit_confirmed,
    )


@publish.register
def _(fact: clue.Verified) -> Iterable[EventData]:
    found = fact.clue
    if found.verified_on is not None and found.outcome is not None:
        yield v1.ClueVerified(
            occurred_on=found.verified_on,
            household_id=found.household_id,
            area_code=found.area_code,
            clue_id=found.id,
            outcome=found.outcome,
            case_id=found.case_id,
        )


@publish.register
def _(fact: finding.Checked) -> Iterable[EventData]:
    check = fact.check
    yield v1.SampleChecked.model_validate(
        {
            "occurred_on": check.checked_on,
            "household_id": check.household_id,
            "area_code": check.area_code,
            "sample_id": check.id,
            "finding": check.finding,
        }
    )


@publish.register
def _(fact: finding.Relapsed) -> Iterable[EventData]:
    relapse = fact.relapse
    yield v1.HouseholdRelapsed(
        occurred_on=relapse.found_on,
        household_id=relapse.household_id,
        area_code=relapse.area_code,
        relapse_id=relapse.id,
        cause=relapse.cause,
    )


# --- case ----------------------------------------------------------------------------------------


@publish.register
def _(fact: case_facts.Advanced) -> Iterable[EventData]:
    yield v1.CaseAdvanced(
        occurred_on=fact.acting.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        step=str(fact.step),
        from_state=fact.stood,
        to_state=fact.stands,
        sequence=fact.sequence,
    )


@publish.register
def _(fact: case_facts.Identified) -> Iterable[EventData]:
    yield v1.CaseIdentified.model_validate(
        {
            "occurred_on": fact.on,
            "household_id": fact.case.household_id,
            "area_code": fact.case.area_code,
            "case_id": fact.case.case_id,
            "monitored_class": fact.monitored_class,
            "risks": fact.risks,
            "first_clue_on": fact.first_clue_on,
            "due_on": fact.due_on,
        }
    )


@publish.register
def _(fact: case_facts.Rejected) -> Iterable[EventData]:
    yield v1.CaseRejected(
        occurred_on=fact.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        stage=fact.stage,
        reason=fact.reason,
    )


@publish.register
def _(fact: case_facts.HelperFixed) -> Iterable[EventData]:
    yield v1.HelperAssigned(
        occurred_on=fact.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        helper_no=fact.helper_no,
        due_on=fact.due_on,
        limit_confirmed=fact.limit_confirmed,
    )


# --- measure -------------------------------------------------------------------------------------


@publish.register
def _(fact: measure.Requested) -> Iterable[EventData]:
    asked = fact.measure
    if asked.due_on is not None:
        yield v1.MeasureRequested(
            occurred_on=fact.on,
            household_id=fact.plan.household_id,
            area_code=fact.plan.area_code,
            measure_id=asked.id,
            case_id=fact.plan.case_id,
            risk=asked.risk,
            category=asked.category,
            code=asked.code,
            department=asked.department,
            service=asked.service,
            due_on=asked.due_on,
            person_id=asked.person_id,
            replaces=asked.replaces,
        )


@publish.register
def _(fact: measure.Answered) -> Iterable[EventData]:
    asked, answer = fact.measure, fact.answer
    yield v1.MeasureRecorded.model_validate(
        {
            "occurred_on": answer.on,
            "household_id": fact.plan.household_id,
            "area_code": fact.plan.area_code,
            "measure_id": asked.id,
            "case_id": fact.plan.case_id,
            "risk": asked.risk,
            "category": asked.category,
            "code": asked.code,
            "department": asked.department,
            "status": str(answer.status),
            "due_on": asked.due_on,
            "version": answer.status.rank,
            "reason": answer.reason,
        }
    )


# --- elimination ---------------------------------------------------------------------------------


@publish.register
def _(fact: elimination.Eliminated) -> Iterable[EventData]:
    yield v1.RiskEliminated(
        occurred_on=fact.on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        case_id=fact.case_id,
        way=fact.way,
        assessed=fact.assessed,
        publicised=fact.publicised,
        signed=fact.signed,
    )


@publish.register
def _(fact: case_facts.RolledBack) -> Iterable[EventData]:
    yield v1.EliminationRolledBack(
        occurred_on=fact.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        reason=fact.reason,
    )
