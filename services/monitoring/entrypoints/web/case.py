"""Cases: the list of the procedure, and the page of one with both tracks, timers and next steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.monitoring.adapters.income import latest_ledgers
from services.monitoring.adapters.read_models import head_of, household_of
from services.monitoring.adapters.read_models_case import (
    CaseRow,
    StepRow,
    case_of,
    eliminations_of,
    find_cases,
    plan_of,
    steps_of,
)
from services.monitoring.domain.case import Case
from services.monitoring.domain.case_errors import (
    AuthorisationGivenError,
    ObjectionNotFoundError,
    StepNotPermittedError,
)
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import (
    STEPS,
    CaseState,
    ComparisonState,
    NextStep,
    Step,
    state_label,
)
from services.monitoring.domain.help_light import light_of
from services.monitoring.domain.household import Household
from services.monitoring.domain.measure import Plan
from services.monitoring.domain.monitored_class import CLASSES, income_check, possible_classes
from services.monitoring.domain.notice_text import IDENTIFIED, NoticeText, announcement_text
from services.monitoring.domain.risk import risk_doubts
from services.monitoring.domain.timer import (
    Timer,
    earliest_elimination,
    helper_counted,
    identification_due,
    measures_due,
    timer,
)
from services.monitoring.entrypoints.web.case_action import OFFICE, case_area, notice_for, section
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import due_badge, several, words_of
from services.monitoring.entrypoints.web.people import called, rows_for
from services.monitoring.entrypoints.web.plan_sheet import light_badge
from services.monitoring.entrypoints.web.timer_badge import timer_badge
from services.monitoring.service_layer.case_decision import shown_income
from shared.areas import areas
from shared.web.asking import Crumb, TimelineEntry, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing

__all__ = ["section"]

_MAIN = (
    CaseState.VERIFIED,
    CaseState.REVIEW,
    CaseState.PUBLICITY,
    CaseState.TOWN_REVIEW,
    CaseState.COUNTY_APPROVAL,
    CaseState.IDENTIFIED,
    CaseState.MONITORED,
    CaseState.ELIMINATED,
)
_COMPARISON = (
    ComparisonState.NOT_SENT,
    ComparisonState.COMPARING,
    ComparisonState.EXPLAIN_REQUIRED,
    ComparisonState.PASSED,
)
_NOT_ON_THE_PAGE = {Step.ELIMINATE, Step.ROLL_BACK}
"""These are taken from the page of the elimination."""
_EXCEPTIONS = {Step.REFUSE_AUTHORISATION, Step.RAISE_OBJECTION}
"""Possible at their state, but not what is usually to be done."""
_ROLES = {
    "village": Words("村级", "village"),
    "town": Words("乡镇", "town"),
    "county": Words("县乡村振兴局", "county"),
    "department": Words("行业部门", "department"),
}


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as the page shows it. *action* names its form; *why* says why it is not possible now."""

    action: str
    words: Words
    whose: Words
    mine: bool
    reached: bool
    why: Words | None
    main: bool = True
    """False for what is possible but leads the procedure nowhere by itself."""


def roles_words(roles: Sequence[str]) -> Words:
    """Return who must act."""
    named = [_ROLES[role] for role in roles]
    return Words(" / ".join(one.zh for one in named), " / ".join(one.en for one in named))


def state_words(state: CaseState | ComparisonState) -> Words:
    """Return what people call a state."""
    return Words(state_label(state), state_label(state, "en"))


@section.page("/cases", "case.read", "monitoring/cases.html", area_of=own_area)
def list_cases(ask: MonitoringAsk, state: str = "") -> View:
    """List the cases of the officer's area: the open ones, or those of one state, the oldest clue first."""
    states = (state,) if state in set(CaseState) else ()
    with read(ask) as connection:
        rows, total = find_cases(
            connection,
            area_code=ask.officer.area_code,
            states=states,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    listing = Listing(_columns(ask), rows_for(ask.officer, rows), total, ask.paging)
    choices = [(str(one), state_words(one)) for one in CaseState]
    return View(Words("识别案件", "Cases"), {"state": state, "states": choices}, listing)


def _columns(ask: MonitoringAsk) -> tuple[Column[CaseRow], ...]:
    limits = ask.service.case_policy.limits
    near = limits.near_days.on(ask.today)

    def due(row: CaseRow) -> object:
        if row.identified_on is not None or CaseState(row.state) not in _MAIN:
            return None
        return due_badge(identification_due(row.first_clue_on, limits), ask.today, near)

    return (
        Column[CaseRow](
            "农户",
            "Household",
            lambda row: called(ask.officer, row.household_no, row.head_name),
            link=lambda row: f"/cases/{row.id}",
        ),
        Column[CaseRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[CaseRow]("风险", "Risks", lambda row: several("risk", row.risks)),
        Column[CaseRow]("环节", "At", lambda row: state_words(CaseState(row.state))),
        Column[CaseRow]("信息比对", "Comparison", lambda row: state_words(ComparisonState(row.comparison))),
        Column[CaseRow]("首条线索", "First clue", lambda row: row.first_clue_on),
        Column[CaseRow]("认定期限", "Identify by", lambda row: identification_due(row.first_clue_on, limits)),
        Column[CaseRow]("时限", "Time", due),
        Column[CaseRow]("认定日期", "Identified", lambda row: row.identified_on),
    )


@section.page("/cases/{case_id}", "case.read", "monitoring/case.html", area_of=case_area)
def show_case(ask: MonitoringAsk, case_id: str) -> View:
    """Show one case: both tracks, timers, what can be done now and by whom, and every step taken."""
    with read(ask) as connection:
        case = case_of(connection, case_id, ask.service.clock)
        number, name = head_of(connection, case.household_id)
        taken = steps_of(connection, case_id)
        plan = plan_of(connection, case_id)
        ledgers = latest_ledgers(connection, case.household_id, limit=1)
        household = household_of(connection, case.household_id)
        eliminations = eliminations_of(connection, case_id)
    income = shown_income(ledgers[0] if ledgers else None, ask.service.case_policy.line, Acting(ask.today))
    whose = called(ask.officer, number, name)
    data = {
        "case": _shown(case, whose, ask),
        "main_track": [(str(one), state_words(one)) for one in _MAIN],
        "comparison_track": [
            (str(one), state_words(one))
            for one in _COMPARISON
            if one is not ComparisonState.EXPLAIN_REQUIRED or case.hits
        ],
        "state": str(case.state),
        "comparison": str(case.comparison),
        "ended": state_words(case.state) if case.state not in _MAIN else None,
        "timers": [(one, timer_badge(one)) for one in timers_of(case, plan, ask)],
        "next_steps": sorted(
            (_step(one) for one in case.permitted_steps(ask.officer.role, ask.today) if _own(one)),
            key=lambda one: not one.main,
        ),
        "class_checks": [
            (Words(*CLASSES[code]), income_check(code, income))
            for code in possible_classes(lifted_out=household.lifted_out)
        ],
        "notice": notice_for(ask, case.notice),
        "announcement": _announcement(case, household, ask),
        "vote": case.vote,
        "returned": _returned(taken, case, ask),
        "history": [_entry(row, office=ask.officer.role in OFFICE) for row in taken],
        "eliminations": eliminations,
        "planned": len(plan.measures) if plan else 0,
        "light": light_badge(light_of(case.risks, plan.measures if plan else (), ask.today)),
        "doubts": risk_doubts(
            case.risks, case.risk_details, household.members, ledgers[0].income.self_paid if ledgers else None
        ),
    }
    title = Words(f"识别案件：{whose.zh}", f"Case: {whose.en}")
    return View(title, data, crumbs=(Crumb(Words("识别案件", "Cases"), "/cases"), Crumb(whose)))


def _returned(taken: Sequence[StepRow], case: Case, ask: MonitoringAsk) -> Words | None:
    """Return who sent the case back and why, while nothing was done about it yet."""
    last = max(taken, key=lambda row: row.sequence, default=None)
    if last is None or not case.is_open or not _sent_back(last):
        return None
    by = _ROLES["town" if last.step == Step.TOWN_REVIEW else "county"]
    why = last.note if ask.officer.role in OFFICE else ""
    return Words(
        f"{by.zh} {last.on} 退回：{why or '—'}", f"Sent back by the {by.en} on {last.on}: {why or '—'}"
    )


def timers_of(case: Case, plan: Plan | None, ask: MonitoringAsk) -> list[Timer]:
    """Return the limits of a case: identification, helper, measures."""
    limits, today = ask.service.case_policy.limits, ask.today
    due = identification_due(case.first_clue_on, limits)
    figure, since = limits.identification_days, case.first_clue_on
    found = []
    if case.is_open or case.identified_on:
        found.append(
            timer(
                "完成认定",
                "Identification",
                due,
                today,
                done_on=case.identified_on,
                figure=figure,
                since=since,
                limits=limits,
            )
        )
    if case.identified_on is not None:
        found += _after_identification(case, plan, case.identified_on, ask)
    return found


def _announcement(case: Case, household: Household, ask: MonitoringAsk) -> NoticeText | None:
    """Return what is put up once the county has decided, for those who put it up."""
    if case.identified_on is None or ask.officer.role not in OFFICE:
        return None
    head = household.head
    return announcement_text(
        IDENTIFIED,
        village=areas().full_name(household.area_code),
        head=head.name if head else "",
        persons=len(household.present),
        on=case.identified_on,
    )


def _after_identification(
    case: Case, plan: Plan | None, identified_on: date, ask: MonitoringAsk
) -> list[Timer]:
    limits, today = ask.service.case_policy.limits, ask.today
    requested = [m.requested_on for m in plan.measures if m.requested_on] if plan else []
    helper = timer(
        "确定帮扶责任人",
        "Responsible helper",
        helper_counted(identified_on, limits),
        today,
        done_on=case.helper_fixed_on,
        figure=limits.helper_working_days,
        since=identified_on,
        limits=limits,
    )
    measures = timer(
        "落实帮扶措施",
        "Measures on record",
        measures_due(identified_on, limits),
        today,
        done_on=min(requested, default=None),
        figure=limits.measure_months,
        since=identified_on,
        limits=limits,
    )
    return [helper, measures]


def _shown(case: Case, household: Words, ask: MonitoringAsk) -> dict[str, object]:
    """Return the facts of a case as the page and a program get them."""
    figures = ask.service.case_policy.checks
    limits = ask.service.case_policy.limits
    earliest = None
    if case.identified_on is not None and case.is_open:
        earliest = earliest_elimination(case.identified_on, ask.today, limits)
    return {
        "id": case.id,
        "version": case.version,
        "household_id": case.household_id,
        "household": household,
        "area": areas().full_name(case.area_code),
        "area_code": case.area_code,
        "risks": several("risk", case.risks),
        "risk_codes": case.risks,
        "state": state_words(case.state),
        "comparison": state_words(case.comparison),
        "round": case.round,
        "help_first": case.help_first,
        "first_clue_on": case.first_clue_on,
        "opened_on": case.opened_on,
        "identified_on": case.identified_on,
        "monitored_class": words_of("household_type", case.monitored_class),
        "helper_no": case.helper_no,
        "earliest_elimination": earliest,
        "clue_ids": case.clue_ids,
        "previous": case.previous,
        "hits": [
            Words(f"{figures[hit].label.zh}（{figures[hit].on(ask.today)}）", figures[hit].label.en)
            for hit in case.hits
        ],
    }


def _own(one: NextStep) -> bool:
    return one.step not in _NOT_ON_THE_PAGE


def _step(one: NextStep) -> StepShown:
    rule = STEPS[one.step]
    why = Words(one.refusal.text("zh"), one.refusal.text("en")) if one.refusal else None
    done = isinstance(one.refusal, ObjectionNotFoundError | AuthorisationGivenError | StepNotPermittedError)
    return StepShown(
        f"case.{one.step}",
        Words(rule.zh, rule.en),
        roles_words(one.roles),
        one.mine,
        one.reached and not done,
        why,
        main=rule.track != "beside" and one.step not in _EXCEPTIONS,
    )


def _sent_back(row: StepRow) -> bool:
    """Say whether a review sent the case back, the town to the village or the county to the town."""
    back = {Step.TOWN_REVIEW: CaseState.VERIFIED, Step.COUNTY_DECIDE: CaseState.TOWN_REVIEW}
    return any(row.step == step and row.to_state == state for step, state in back.items())


def _entry(row: StepRow, *, office: bool) -> TimelineEntry:
    rule = STEPS.get(Step(row.step))
    words = Words(rule.zh, rule.en) if rule else Words("立案", "Opened")
    if _sent_back(row):
        words = Words(f"{words.zh}：退回", f"{words.en}: sent back")
    to_state = CaseState(row.to_state) if row.to_state in set(CaseState) else ComparisonState(row.to_state)
    note = Words(row.note, row.note) if office and row.note else None
    return TimelineEntry(row.on, words, note, badge=Badge("grey", state_words(to_state)))
