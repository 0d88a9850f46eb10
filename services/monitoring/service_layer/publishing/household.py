"""What the county is told of households, incomes, visits and changes."""

from collections.abc import Iterable
from typing import Literal, cast

from services.monitoring.domain import change, household, income, member, visit
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


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
        complete=fact.complete,
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
        insured=one.insured,
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
            "round_id": made.round_id,
            "grid_id": made.grid_id,
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
