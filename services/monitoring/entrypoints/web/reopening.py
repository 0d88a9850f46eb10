"""What follows an elimination: return visits, and cases looked at again."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_case import case_of
from services.monitoring.adapters.read_models_follow_up import (
    LastResortRow,
    Whose,
    find_reopenings,
    last_resort,
    reopening_of,
    return_visits_of,
    whose,
)
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.reopening import Reopening
from services.monitoring.domain.return_visit import ReturnVisit, next_return_visit
from services.monitoring.entrypoints.web.case_action import case_area
from services.monitoring.entrypoints.web.clue import Disaster
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, due_badge, several, words_of
from services.monitoring.entrypoints.web.people import called, notes_for, rows_for
from services.monitoring.service_layer.reopening import (
    RecordReturnVisit,
    SettleReopening,
    record_return_visit,
    settle_reopening,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("reopening")
_LIST = Crumb(Words("复核事项", "Reopenings"), "/reopenings")


YES_NO = (Choice("yes", "是", "yes"), Choice("no", "否", "no"))
YesNo = Literal["yes", "no"]


class ReturnForm(Form):
    """Each question is answered by hand: a prefilled yes would be nobody's finding."""

    income_above_line: Annotated[
        YesNo,
        Label("人均纯收入稳定高于监测范围", "Income stays above the line", choices=YES_NO, widget="radio"),
    ]
    safeguards_hold: Annotated[
        YesNo,
        Label(
            "三保障和饮水安全持续巩固",
            "School, health, housing and water are secure",
            choices=YES_NO,
            widget="radio",
        ),
    ]
    risk_gone: Annotated[
        YesNo,
        Label("原风险点稳定消除", "The recorded risks are gone for good", choices=YES_NO, widget="radio"),
    ]
    spending_solved: Annotated[
        YesNo,
        Label("大额刚性支出稳定解决", "Large rigid spending is solved", choices=YES_NO, widget="radio"),
    ]
    risks: Annotated[
        tuple[str, ...],
        Field(max_length=5),
        Label(
            "出现的新风险",
            "New risks",
            hint_zh="没有就不勾选；勾选后生成线索，重新走识别程序",
            hint_en="empty when there is none; each becomes a clue and the whole procedure starts again",
            choices=choices_of("risk"),
        ),
    ] = ()
    disaster: Disaster = ""
    on: OnDay = None
    note: Note = ""


class SettleForm(Form):
    version: Version
    outcome: Annotated[
        Literal["rolled_back", "corrected", "stands"],
        Label("复核结果", "Outcome", choices=choices_of("reopening_outcome"), widget="radio"),
    ]
    note: Annotated[str, Field(min_length=4, max_length=200), Label("理由", "Reason", lines=3)]


def reopening_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the reopening a page or action names."""
    with read(ask) as connection:
        return reopening_of(connection, given["reopening_id"]).area_code


@section.page("/reopenings", "reopening.read", "monitoring/reopenings.html", area_of=own_area)
def list_reopenings(ask: MonitoringAsk, state: str = "open") -> View:
    """List the cases to be looked at again, what is due first on top."""
    with read(ask) as connection:
        rows, total = find_reopenings(
            connection,
            ask.officer.area_code,
            only_open=state != "all",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        names = whose(connection, {row.household_id for row in rows})
    listing = Listing(_columns(ask, names), notes_for(ask.officer, rows), total, ask.paging)
    return View(Words("复核事项", "Reopenings"), {"state": state}, listing)


@section.page("/last-resort", "reopening.read", "monitoring/last_resort.html", area_of=own_area)
def list_last_resort(ask: MonitoringAsk) -> View:
    """List the monitored households in which nobody can work: secured and watched, never eliminated."""
    with read(ask) as connection:
        rows, total = last_resort(
            connection, ask.officer.area_code, limit=ask.paging.size, offset=ask.paging.offset
        )
    columns = (
        Column[LastResortRow](
            "户主", "Head", lambda row: row.head_name, link=lambda row: f"/cases/{row.case_id}"
        ),
        Column[LastResortRow]("户编号", "Household no.", lambda row: row.household_no),
        Column[LastResortRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[LastResortRow]("认定日期", "Identified", lambda row: row.identified_on),
        Column[LastResortRow]("兜底保障", "Secured", lambda row: _AIDED if row.aided else _NOT_AIDED),
    )
    listing = Listing(columns, rows_for(ask.officer, rows), total, ask.paging)
    return View(Words("整户无劳动能力兜底保障户", "Households without labour"), {}, listing)


@section.page(
    "/reopenings/{reopening_id}", "reopening.read", "monitoring/reopening.html", area_of=reopening_area
)
def show_reopening(ask: MonitoringAsk, reopening_id: str) -> View:
    """Show why a case is looked at again, and let it be settled."""
    with read(ask) as connection:
        (one,) = notes_for(ask.officer, [reopening_of(connection, reopening_id)])
        number, name = head_of(connection, one.household_id)
    title = words_of("reopening_reason", one.reason)
    data = {
        "reopening": one,
        "household": called(ask.officer, number, name),
        "reason": title,
        "state": _state(one, ask),
        "outcome": words_of("reopening_outcome", one.outcome),
        "origin": _ORIGINS.get(one.origin.partition(":")[0], Words("其他", "other")),
        "limit": ask.service.screening_policy.reopening_days.entry_on(one.raised_on),
    }
    return View(title, data, crumbs=(_LIST, Crumb(title)))


@section.action(
    "/reopenings/{reopening_id}/settle",
    "reopening.settle",
    Words("办结复核事项", "Settle"),
    SettleForm,
    area_of=reopening_area,
)
def settle(act: MonitoringAct, form: SettleForm, reopening_id: str) -> Done:
    settle_reopening(
        SettleReopening(
            reopening_id=reopening_id,
            outcome=form.outcome,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        ),
        act.uow(),
    )
    return Done("/reopenings", "复核事项已办结", "Settled")


@section.page(
    "/cases/{case_id}/return-visits", "reopening.read", "monitoring/return_visits.html", area_of=case_area
)
def show_return_visits(ask: MonitoringAsk, case_id: str) -> View:
    """Show the visits after an elimination, when the next is due, and the form for it."""
    with read(ask) as connection:
        case = case_of(connection, case_id, ask.service.clock)
        number, name = head_of(connection, case.household_id)
        visits = return_visits_of(connection, case_id)
    eliminated = case.state is CaseState.ELIMINATED and case.eliminated_on is not None
    due, limit = None, None
    if eliminated and case.eliminated_on is not None:
        since = max([case.eliminated_on, *(visit.made_on for visit in visits)])
        limit = ask.service.screening_policy.return_visit_months.entry_on(since)
        due = next_return_visit(since, limit.value)
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    title = Words("风险消除后回访", "Return visits")
    here = called(ask.officer, number, name)
    data = {
        "case_id": case_id,
        "household": here,
        "eliminated": eliminated,
        "eliminated_on": case.eliminated_on,
        "due_on": due,
        "due": due_badge(due, ask.today, near) if due else None,
        "limit": limit,
    }
    listing = Listing(_VISITS, notes_for(ask.officer, visits), len(visits), ask.paging)
    crumbs = (Crumb(Words("识别案件", "Cases"), "/cases"), Crumb(here, f"/cases/{case_id}"), Crumb(title))
    return View(title, data, listing, crumbs)


@section.action(
    "/cases/{case_id}/return-visits",
    "reopening.visit",
    Words("登记回访", "Record a return visit"),
    ReturnForm,
    area_of=case_area,
)
def record_return(act: MonitoringAct, form: ReturnForm, case_id: str) -> Done:
    result = record_return_visit(
        RecordReturnVisit(
            case_id=case_id,
            on=form.on or act.today,
            income_above_line=form.income_above_line == "yes",
            safeguards_hold=form.safeguards_hold == "yes",
            risk_gone=form.risk_gone == "yes",
            spending_solved=form.spending_solved == "yes",
            risks=form.risks,
            disaster=form.disaster,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.clue_policy,
        act.service.screening_policy,
    )
    words = words_of("return_visit_result", result)
    return Done(
        f"/cases/{case_id}/return-visits",
        f"回访已登记：{words.zh}",
        f"Recorded: {words.en}",
        {"result": result},
        created=True,
    )


_AIDED = Badge("green", Words("已享受低保或特困供养", "subsistence allowance or support"))
_NOT_AIDED = Badge("red", Words("未享受低保或特困供养", "neither allowance nor support"))
_ORIGINS = {
    "sample": Words("抽样检查", "a sample inspection"),
    "return": Words("风险消除后回访", "a return visit"),
    "registry": Words("系统比对登记信息", "the registry"),
}
_VISITS = (
    Column[ReturnVisit]("回访日期", "Day", lambda row: row.made_on),
    Column[ReturnVisit]("收入达标", "Income", lambda row: row.income_above_line),
    Column[ReturnVisit]("三保障和饮水", "Safeguards", lambda row: row.safeguards_hold),
    Column[ReturnVisit]("原风险消除", "Risk gone", lambda row: row.risk_gone),
    Column[ReturnVisit]("刚性支出解决", "Spending", lambda row: row.spending_solved),
    Column[ReturnVisit]("新风险", "New risks", lambda row: several("risk", row.risks)),
    Column[ReturnVisit]("结果", "Result", lambda row: words_of("return_visit_result", row.result)),
)


def _state(one: Reopening, ask: MonitoringAsk) -> Badge:
    if one.settled_on is not None:
        return Badge("green", words_of("reopening_outcome", one.outcome))
    return due_badge(one.due_on, ask.today, ask.service.case_policy.limits.near_days.on(ask.today))


def _columns(ask: MonitoringAsk, names: Mapping[str, Whose]) -> tuple[Column[Reopening], ...]:
    def household(row: Reopening) -> Words:
        known = names[row.household_id]
        return called(ask.officer, known.household_no, known.head_name)

    return (
        Column[Reopening](
            "事由",
            "Why",
            lambda row: words_of("reopening_reason", row.reason),
            link=lambda row: f"/reopenings/{row.id}",
        ),
        Column[Reopening]("农户", "Household", household, link=lambda row: f"/households/{row.household_id}"),
        Column[Reopening]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[Reopening]("提出日期", "Raised", lambda row: row.raised_on),
        Column[Reopening]("期限", "By", lambda row: row.due_on),
        Column[Reopening]("状态", "State", lambda row: _state(row, ask)),
    )
