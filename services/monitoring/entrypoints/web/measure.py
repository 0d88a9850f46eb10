"""Measures: the plan of a case, what is asked of a unit, and one measure with its answers."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.adapters.change import open_change_kinds
from services.monitoring.adapters.read_models import head_of, household_of
from services.monitoring.adapters.read_models_case import (
    MeasureRow,
    case_of,
    find_measures,
    plan_of,
    plan_of_measure,
)
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.household import Household
from services.monitoring.domain.measure import Measure, MeasureStatus, Plan
from services.monitoring.domain.measure_rules import Category, Gap, MeasureRules, labour_of, needs_of
from services.monitoring.entrypoints.web.case_action import case_area
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import due_badge, several, words_of
from services.monitoring.entrypoints.web.measure_action import measure_area, section
from services.monitoring.entrypoints.web.people import called, name_for, rows_for
from shared.areas import areas
from shared.web.asking import Crumb, TimelineEntry, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour, Column, Listing

__all__ = ["section"]

_COLOURS: dict[MeasureStatus, Colour] = {
    MeasureStatus.PLANNED: "grey",
    MeasureStatus.REQUESTED: "blue",
    MeasureStatus.ACCEPTED: "blue",
    MeasureStatus.DECLINED: "red",
    MeasureStatus.WITHDRAWN: "grey",
    MeasureStatus.DELIVERED: "green",
}
_REASONS = {
    "no_labour": Words("无劳动能力", "cannot work"),
    "too_young": Words("年龄过小", "too young"),
    "too_old": Words("年龄过大", "too old"),
    "in_school": Words("在校", "at school"),
    "not_willing": Words("不愿意", "not willing"),
    "no_vacancy": Words("没有岗位", "no vacancy"),
    "left_household": Words("已不在本户", "left the household"),
    "no_eligible_borrower": Words("没有符合条件的借款人", "no eligible borrower"),
    "loan_running": Words("已有未结清贷款", "a loan is running"),
    "bank_refused": Words("银行未批准", "the bank refused"),
    "not_eligible": Words("不符合政策条件", "not eligible"),
    "no_funds": Words("资金或名额不足", "no funds or places"),
    "has_already": Words("已享受同类政策", "has the same already"),
    "withdrawn": Words("撤回", "withdrawn"),
    "conditions_not_met": Words("不具备实施条件", "the conditions are not met"),
    "not_insured": Words("未参保", "not insured"),
    "case_ended": Words("案件未予认定", "the case ended without identification"),
    "other": Words("其他", "other"),
}
BY_REGISTER = frozenset(
    {
        "100A45-001",
        "100A45-002",
        "100A45-003",
        "100A46-001",
        "100A46-002",
        "100A46-003",
        "100A47-001",
        "100A47-003",
        "100A48-001",
        "100A48-002",
        "100A48-003",
        "100A48-004",
    }
)
"""Measures that a register of a guarantee answers by itself when it delivers or refuses."""
_PLACES = frozenset({"100A50", "100A51"})


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure as pages show it. *answered_here* says that the unit has no site of its own."""

    id: str
    risk: Words
    what: Words
    department: str
    answered_here: bool
    confirmed: bool
    person: str
    requested_on: date | None
    due_on: date | None
    due: Badge | None
    status: Badge
    state: str
    reason: Words | None
    replaces: str | None
    to_replan: bool
    choice: str
    risk_code: str
    person_id: str


@dataclass(frozen=True, slots=True)
class GapShown:
    """A risk without a measure that answers it."""

    risk: Words
    needed: Words
    confirmed: bool
    source: str


def status_badge(status: MeasureStatus) -> Badge:
    """Return the mark of a status."""
    return Badge(_COLOURS[status], Words(status.label(), status.label("en")))


def reason_words(reason: str) -> Words:
    """Return what a department's code of a reason means; an unknown one as it came."""
    return _REASONS.get(reason, Words(reason, reason))


def what_words(category: Category, code: str) -> Words:
    """Return a measure as ``category · value``."""
    return Words(
        f"{category.text()}·{category.value_text(code)}",
        f"{category.text('en')}: {category.value_text(code, 'en')}",
    )


@section.page("/cases/{case_id}/measures", "measure.read", "monitoring/plan.html", area_of=case_area)
def show_plan(ask: MonitoringAsk, case_id: str) -> View:
    """Show the plan of one household: measures, answers, what is missing, and what can be done."""
    with read(ask) as connection:
        case = case_of(connection, case_id, ask.service.clock)
        number, name = head_of(connection, case.household_id)
        plan = plan_of(connection, case_id)
        household = household_of(connection, case.household_id)
        open_kinds = open_change_kinds(connection, case.household_id)
    rules = ask.service.measure_rules
    plan = plan or Plan(id=case.id, household_id=case.household_id, area_code=case.area_code)
    labour = labour_of(household.members)
    may_plan = case.state in {CaseState.IDENTIFIED, CaseState.MONITORED} or (case.is_open and case.help_first)
    needs = needs_of(household.members, ask.today, open_dropout="dropout" in open_kinds)
    whose = called(ask.officer, number, name)
    data = {
        "case_id": case_id,
        "household_id": case.household_id,
        "version": plan.version,
        "household": whose,
        "risks": several("risk", case.risks),
        "labour": len(labour.any),
        "may_plan": may_plan,
        "measures": [_shown(one, plan, household, ask) for one in plan.measures],
        "planned": sum(one.status is MeasureStatus.PLANNED for one in plan.measures),
        "gaps": [
            _gap(gap, rules) for gap in rules.gaps(case.risks, plan.choices, labour, ask.today, needs=needs)
        ],
    }
    crumbs = (
        Crumb(Words("识别案件", "Cases"), "/cases"),
        Crumb(whose, f"/cases/{case_id}"),
        Crumb(Words("帮扶计划", "Plan")),
    )
    return View(Words(f"帮扶计划：{whose.zh}", f"Plan: {whose.en}"), data, crumbs=crumbs)


@section.page("/measures", "measure.read", "monitoring/measures.html", area_of=own_area)
def list_measures(ask: MonitoringAsk, state: str = "waiting") -> View:
    """List the measures asked of the officer's unit; of everybody's in the area for other roles."""
    unit = ask.officer.unit if ask.officer.role == "department" else ""
    with read(ask) as connection:
        rows, total = find_measures(
            connection,
            area_code=ask.officer.area_code,
            department=unit,
            only_waiting=state != "all",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    listing = Listing(_columns(ask), rows_for(ask.officer, rows), total, ask.paging)
    return View(Words("帮扶措施", "Measures"), {"state": state, "unit": unit}, listing)


@section.page("/measures/{measure_id}", "measure.read", "monitoring/measure.html", area_of=measure_area)
def show_measure(ask: MonitoringAsk, measure_id: str) -> View:
    """Show one measure with every answer, and what its unit can say."""
    with read(ask) as connection:
        plan = plan_of_measure(connection, measure_id)
        number, name = head_of(connection, plan.household_id)
        household = household_of(connection, plan.household_id)
    measure = plan.get(measure_id)
    shown = _shown(measure, plan, household, ask)
    answerable = measure.status in {MeasureStatus.REQUESTED, MeasureStatus.ACCEPTED}
    whose = called(ask.officer, number, name)
    data = {
        "measure": shown,
        "version": plan.version,
        "case_id": plan.id,
        "household_id": plan.household_id,
        "household": whose,
        "mine": shown.answered_here and measure.department == ask.officer.unit,
        "answerable": answerable,
        "accepted": measure.status is MeasureStatus.ACCEPTED,
        "by_register": f"{measure.category}-{measure.code}" in BY_REGISTER,
        "place": measure.category in _PLACES,
        "answers": [
            TimelineEntry(
                one.on,
                Words(one.status.label(), one.status.label("en")),
                reason_words(one.reason) if one.reason else None,
                event_ids=(one.id,),
            )
            for one in sorted(measure.answers, key=lambda one: (one.on, one.id), reverse=True)
        ],
    }
    crumbs = (Crumb(Words("帮扶措施", "Measures"), "/measures"), Crumb(shown.what))
    return View(shown.what, data, crumbs=crumbs)


def _columns(ask: MonitoringAsk) -> tuple[Column[MeasureRow], ...]:
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    categories = ask.service.measure_rules.categories

    def due(row: MeasureRow) -> object:
        waiting = row.status in {MeasureStatus.REQUESTED, MeasureStatus.ACCEPTED}
        return due_badge(row.due_on, ask.today, near) if waiting else None

    return (
        Column[MeasureRow](
            "措施",
            "Measure",
            lambda row: what_words(categories[row.category], row.code),
            link=lambda row: f"/measures/{row.id}",
        ),
        Column[MeasureRow](
            "农户", "Household", lambda row: called(ask.officer, row.household_no, row.head_name)
        ),
        Column[MeasureRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[MeasureRow]("针对风险", "Risk", lambda row: words_of("risk", row.risk)),
        Column[MeasureRow]("责任单位", "Unit", lambda row: row.department),
        Column[MeasureRow]("下达", "Asked on", lambda row: row.requested_on),
        Column[MeasureRow]("期限", "By", lambda row: row.due_on),
        Column[MeasureRow]("时限", "Time", due),
        Column[MeasureRow]("状态", "State", lambda row: status_badge(row.status)),
    )


def _shown(measure: Measure, plan: Plan, household: Household, ask: MonitoringAsk) -> MeasureShown:
    category = ask.service.measure_rules.category(measure.category)
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    waiting = measure.status in {MeasureStatus.REQUESTED, MeasureStatus.ACCEPTED}
    names = {member.id: name_for(ask.officer, member.name) for member in household.members}
    answer = measure.last_answer
    return MeasureShown(
        id=measure.id,
        risk=words_of("risk", measure.risk),
        what=what_words(category, measure.code),
        department=measure.department,
        answered_here=measure.service == "monitoring",
        confirmed=category.confirmed,
        person=names.get(measure.person_id or "", ""),
        requested_on=measure.requested_on,
        due_on=measure.due_on,
        due=due_badge(measure.due_on, ask.today, near) if waiting and measure.due_on else None,
        status=status_badge(measure.status),
        state=str(measure.status),
        reason=reason_words(answer.reason) if answer and answer.reason else None,
        replaces=measure.replaces,
        to_replan=measure in plan.to_replan,
        choice=f"{measure.category}-{measure.code}",
        risk_code=measure.risk,
        person_id=measure.person_id or "",
    )


def _gap(gap: Gap, rules: MeasureRules) -> GapShown:
    names = [rules.named(code) for code in gap.any_of]
    needed = Words("、".join(zh for zh, _ in names), ", ".join(en for _, en in names))
    return GapShown(Words(*gap.label), needed, gap.confirmed, gap.source)
