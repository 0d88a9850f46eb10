"""What the rules see of households: read set-based, a village or some households at a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from services.monitoring.adapters.quality_case import CaseSeen, cases_seen
from services.monitoring.adapters.tables import (
    households,
    income_ledgers,
    living_conditions,
    members,
    student_aids,
    work_seen,
)
from services.monitoring.domain.household import MONITORED
from services.monitoring.domain.income import Income
from services.monitoring.domain.particulars import NOT_AIDED
from services.monitoring.domain.quality.view import HouseholdView, IncomeView, MemberView, WorkView
from shared.messaging.bulk import among

KEPT = frozenset(
    {
        *("serious_illness_insured", "resident_pension", "employee_pension", "resident_insured"),
        *("employee_insured", "electricity", "cultivated", "forest", "returned", "orchard", "pasture"),
        *("water_area", "road_type", "house_area", "unsafe_house", "safe_water", "toilet", "road_km"),
        *("mandarin", "low_income_aid", "destitute_aid", "commercial_insured", "abroad", "medical_aid"),
        *("collector", "vocational_aid", "work", "work_place", "work_months", "posts", "development"),
        *("labourless_flag", "village", "land"),
    }
)
"""What of the rules' reading this database keeps: not the monthly record of work (wage, industry, need) nor
the answers on the four safeguards at the identification."""

_DEVELOPMENT = {"1": "01", "0": "02"}
_VOCATIONAL, _PAID = "yulu", "paid"
_LIVING = {
    "electricity": "home_electricity",
    "cultivated": "farmland_mu",
    "forest": "forest_mu",
    "returned": "returned_forest_mu",
    "orchard": "orchard_mu",
    "pasture": "grassland_mu",
    "water_area": "water_mu",
    "road_type": "road_type",
    "road_km": "road_distance_km",
    "house_area": "floor_m2",
    "unsafe_house": "house_dangerous",
    "safe_water": "safe_water",
    "toilet": "sanitary_toilet",
}
_MEMBER = (
    *("id", "household_id", "document", "id_number", "phone", "born_on", "sex", "relation", "ethnicity"),
    *("education", "school_status", "absence_reason", "health", "labour_skill", "mandarin", "low_income"),
    *("destitute", "resident_insurance", "employee_insurance", "serious_illness_insurance"),
    *("commercial_insurance", "resident_pension", "employee_pension", "medical_relief", "abroad"),
    *("work_place", "work_months", "work_channel", "employer", "industry", "posts", "post_months"),
)
_HOUSEHOLD = (
    *("id", "area_code", "household_type", "lifted_out", "phone", "last_resort"),
    *("development_help", "contact_name", "contact_phone"),
)
_LEDGER = (
    *("household_id", "period_last", "recorded_at", "persons", "items"),
    *("claim_fen", "self_paid_fen", "line_fen", "recorded_on"),
)
Grouped = Mapping[str, list[Any]]


def views_of_villages(connection: Connection, villages: Sequence[str]) -> list[HouseholdView]:
    """Return everybody in some villages, with a fixed number of queries."""
    return _views(connection, lambda: households.c.area_code.in_(villages))


def views_of(connection: Connection, household_ids: Collection[str]) -> list[HouseholdView]:
    """Return some households; those that are not on record are left out."""
    ids = sorted(household_ids)
    return _views(connection, lambda: among(connection, households.c.id, ids)) if ids else []


def _views(connection: Connection, where: Callable[[], ColumnElement[bool]]) -> list[HouseholdView]:
    rows = connection.execute(select(*(households.c[name] for name in _HOUSEHOLD)).where(where())).all()

    def of(query: Select[Any], table: Any) -> Grouped:  # noqa: ANN401  (a table with household_id)
        inside = select(households.c.id).where(where())
        return _grouped(connection.execute(query.where(table.c.household_id.in_(inside))))

    people = of(
        select(*(members.c[name] for name in _MEMBER))
        .where(members.c.left_on.is_(None))
        .order_by(members.c.position),
        members,
    )
    living = of(select(living_conditions), living_conditions)
    ledgers = of(select(*(income_ledgers.c[name] for name in _LEDGER)), income_ledgers)
    spells = of(select(work_seen), work_seen)
    aided = of(
        select(student_aids.c.household_id, student_aids.c.person_id).where(
            student_aids.c.kind == _VOCATIONAL, student_aids.c.state == _PAID
        ),
        student_aids,
    )
    seen = cases_seen(connection, where)
    return [
        _view(
            row,
            people.get(row.id, ()),
            living.get(row.id, ()),
            ledgers.get(row.id, ()),
            spells.get(row.id, ()),
            {one.person_id for one in aided.get(row.id, ())},
            seen.get(row.id),
        )
        for row in rows
    ]


def _grouped(rows: Iterable[Row[Any]]) -> Grouped:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.household_id].append(row)
    return grouped


def _view(
    row: Any,  # noqa: ANN401
    people: Collection[Any],
    living: Collection[Any],
    ledgers: Collection[Any],
    spells: Collection[Any],
    aided: set[str],
    case: CaseSeen | None,
) -> HouseholdView:
    latest = max(ledgers, key=lambda one: (one.period_last, one.recorded_at), default=None)
    given: dict[str, Any] = {}
    for one in living:
        given = {name: getattr(one, column) for name, column in _LIVING.items()}
    if case is not None:
        given |= case.fields
        before = [one for one in ledgers if one.recorded_on <= case.identified_on]
        chosen = max(before, key=lambda one: (one.period_last, one.recorded_at), default=None)
        given["income_before"] = _income(chosen)
    return HouseholdView(
        id=row.id,
        area_code=row.area_code,
        lifted_out=row.lifted_out,
        monitored=case is not None or row.household_type in MONITORED,
        phone=row.phone,
        persons_recorded=latest.persons if latest else None,
        members=tuple(_member(one, aided) for one in people),
        works=tuple(_works(people, spells)),
        income=_income(latest),
        collector=row.contact_name,
        collector_phone=row.contact_phone,
        development=_DEVELOPMENT.get(row.development_help or ""),
        labourless_flag=row.last_resort,
        **given,
    )


def _member(row: Any, aided: set[str]) -> MemberView:  # noqa: ANN401
    return MemberView(
        id=row.id,
        id_number=row.id_number,
        document=row.document,
        phone=row.phone,
        born_on=row.born_on,
        sex=row.sex,
        relation=row.relation,
        ethnicity=row.ethnicity,
        education=row.education,
        school_status=row.school_status,
        absence_reason=row.absence_reason,
        health=tuple(row.health),
        labour_skill=row.labour_skill,
        mandarin=row.mandarin,
        low_income_aid=_aided(row.low_income),
        destitute_aid=_aided(row.destitute),
        resident_insured=row.resident_insurance,
        employee_insured=row.employee_insurance,
        serious_illness_insured=row.serious_illness_insurance,
        commercial_insured=row.commercial_insurance,
        resident_pension=row.resident_pension,
        employee_pension=row.employee_pension,
        medical_aid=row.medical_relief,
        abroad=row.abroad,
        vocational_aid=row.id in aided,
        work_place=row.work_place,
        work_months=row.work_months,
        posts=tuple(row.posts),
        post_months=row.post_months,
    )


def _aided(code: str | None) -> bool | None:
    return None if code is None else code != NOT_AIDED


def _works(people: Collection[Any], spells: Collection[Any]) -> Iterable[WorkView]:
    """Give each member's latest spell of work, or what the registry alone says of it."""
    by_person: dict[str, list[Any]] = defaultdict(list)
    for spell in spells:
        by_person[spell.person_id].append(spell)
    for row in people:
        told = sorted(by_person.get(row.id, ()), key=lambda one: one.started_on or date.min)
        if not told and not row.work_months:
            continue
        ended = [one.ended_on for one in told[:-1] if one.ended_on is not None]
        yield WorkView(
            person_id=row.id,
            working=told[-1].ended_on is None if told else True,
            started_on=told[-1].started_on if told else None,
            ended_on=told[-1].ended_on if told else None,
            previous_ended_on=max(ended, default=None),
            place=(told[-1].place if told else "") or row.work_place,
            employer=row.employer,
            industry=row.industry,
            channel=row.work_channel,
        )


def _income(row: Any) -> IncomeView | None:  # noqa: ANN401  (a row of income_ledgers, or none)
    if row is None:
        return None
    sums = Income(row.items, row.persons, row.claim_fen, row.self_paid_fen)
    return IncomeView(
        wage=sums.wage,
        property_income=sums.property_income,
        transfer=sums.transfer,
        operating=sums.operating,
        operating_cost=sums.operating_cost,
        net=sums.net,
        net_per_head=sums.net_per_head,
        claim=sums.claim,
        self_paid=sums.self_paid,
        line=row.line_fen,
    )
