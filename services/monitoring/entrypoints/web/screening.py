"""Screening rounds: how far they came, who is left, a village's visits in one go, and judgements."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models_screening import (
    AreaCoverage,
    JudgementRow,
    LeftRow,
    coverage_by_area,
    coverage_in,
    judgements_in,
    left_in,
    round_of,
    rounds_of,
)
from services.monitoring.adapters.screening_focus import focus_households
from services.monitoring.domain.screening.focus import wanted
from services.monitoring.domain.screening.round import ScreeningRound
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of, several, words_of
from services.monitoring.entrypoints.web.people import called, rows_for, sees_names
from services.monitoring.service_layer.screening import (
    CloseScreeningRound,
    OpenScreeningRound,
    RecordVillageVisits,
    close_screening_round,
    open_screening_round,
    record_village_visits,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("screening")
_ROUNDS = Crumb(Words("集中排查", "Screening rounds"), "/screening")
_VILLAGE, _TOWN, _COUNTY = 12, 9, 6
_MOST = 2000
_ALL_FOCUS = ("01", "02", "03", "04", "05", "06", "07", "08")


class RoundForm(Form):
    name: Annotated[str, Field(max_length=60), Label("名称", "Name")]
    first_on: Annotated[date, Label("开始日期", "First day")]
    last_on: Annotated[date, Label("结束日期", "Last day")]
    focus: Annotated[
        tuple[str, ...], Label("重点排查对象", "Visited first", choices=choices_of("focus_reason"))
    ] = _ALL_FOCUS
    paper: Annotated[
        str,
        Field(max_length=200),
        Label(
            "文件依据",
            "Paper",
            hint_zh="没有文件时标为未确认",
            hint_en="without one the round is unconfirmed",
        ),
    ] = ""


class CloseForm(Form):
    version: Version


def _left_choices(ask: MonitoringAsk) -> Sequence[Choice]:
    given = ask.request.path_params
    with read(ask) as connection:
        one = round_of(connection, given["round_id"])
        rows, _total = left_in(connection, one.id, given["area_code"], limit=_MOST)
        reasons = focus_households(connection, given["area_code"], ask.today, ask.service.screening_policy)
    focus = {row.id: wanted(reasons.get(row.id, ()), one.focus) for row in rows}
    rows.sort(key=lambda row: (not focus[row.id], row.household_no))
    return [
        Choice(
            row.id,
            ("【重点】" if focus[row.id] else "") + called(ask.officer, row.household_no, row.head_name).zh,
            ("[first] " if focus[row.id] else "") + called(ask.officer, row.household_no, row.head_name).en,
        )
        for row in rows
    ]


class VillageForm(Form):
    household_ids: Annotated[
        tuple[str, ...],
        Field(min_length=1, max_length=_MOST),
        Label(
            "已入户、未发现风险的农户",
            "Reached, nothing found",
            hint_zh="发现风险的户不要勾选，从页面下方逐户登记",
            hint_en="not where a risk was found: record that visit by itself, from below",
            choices=_left_choices,
        ),
    ]
    on: OnDay = None


def _village_area(_ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    code = str(given["area_code"])
    return code if code in areas() and len(code) == _VILLAGE else None


@section.page("/screening", "screening.read", "monitoring/screening.html", area_of=own_area)
def list_rounds(ask: MonitoringAsk) -> View:
    """List the rounds with how far each came in the officer's area."""
    with read(ask) as connection:
        rounds = rounds_of(connection)
        part = rounds[ask.paging.offset : ask.paging.offset + ask.paging.size]
        found = {one.id: coverage_in(connection, one.id, ask.officer.area_code) for one in part}
    columns = (
        Column[ScreeningRound]("名称", "Name", lambda one: one.name, link=lambda one: f"/screening/{one.id}"),
        Column[ScreeningRound]("开始", "From", lambda one: one.first_on),
        Column[ScreeningRound]("结束", "To", lambda one: one.last_on),
        Column[ScreeningRound]("农户数", "Households", lambda one: found[one.id].households, "number"),
        Column[ScreeningRound]("已入户", "Reached", lambda one: found[one.id].reached, "number"),
        Column[ScreeningRound]("未入户", "Left", lambda one: found[one.id].left, "number"),
        Column[ScreeningRound]("依据", "Rests on", lambda one: one.paper or Words("未确认", "unconfirmed")),
        Column[ScreeningRound]("状态", "State", lambda one: _state(one, ask.today)),
    )
    listing = Listing(columns, part, len(rounds), ask.paging)
    return View(Words("集中排查", "Screening rounds"), {}, listing)


@section.action("/screening", "screening.open", Words("开展一轮集中排查", "Open a round"), RoundForm)
def open_round(act: MonitoringAct, form: RoundForm) -> Done:
    round_id = open_screening_round(
        OpenScreeningRound(
            name=form.name,
            first_on=form.first_on,
            last_on=form.last_on,
            focus=form.focus,
            paper=form.paper,
            by=act.officer.account_id,
        ),
        act.uow(),
    )
    return Done(
        f"/screening/{round_id}", "已部署集中排查", "The round is open", {"id": round_id}, created=True
    )


@section.page("/screening/{round_id}", "screening.read", "monitoring/screening_round.html", area_of=own_area)
def show_round(ask: MonitoringAsk, round_id: str) -> View:
    """Show how far a round came: by village for a town, by town for the county."""
    code = ask.officer.area_code
    digits = _TOWN if len(code) <= _COUNTY else _VILLAGE
    with read(ask) as connection:
        one = round_of(connection, round_id)
        rows = coverage_by_area(connection, round_id, code, digits)
        total = coverage_in(connection, round_id, code)
        reasons = focus_households(connection, code, ask.today, ask.service.screening_policy)
        judged, count = judgements_in(connection, round_id, code, limit=ask.paging.size)
    focus = [given for given in reasons.values() if wanted(given, one.focus)]
    counts = [
        (words_of("focus_reason", reason), sum(reason in given for given in focus)) for reason in one.focus
    ]
    data = {
        "round": one,
        "state": _state(one, ask.today),
        "total": total,
        "focus_total": len(focus),
        "focus_counts": counts,
        "income": ask.service.screening_policy.focus_income.entry_on(ask.today),
        "village": code if len(code) == _VILLAGE else "",
        "judgements": Listing(_judgement_columns(ask), rows_for(ask.officer, judged), count, ask.paging),
    }
    start = ask.paging.offset
    listing = Listing(_area_columns(round_id), rows[start : start + ask.paging.size], len(rows), ask.paging)
    return View(Words(one.name, one.name), data, listing, (_ROUNDS, Crumb(Words(one.name, one.name))))


@section.page(
    "/screening/{round_id}/left", "screening.read", "monitoring/screening_left.html", area_of=own_area
)
def show_left(ask: MonitoringAsk, round_id: str, area: str = "", focus: str = "") -> View:
    """List the households not reached yet, those to be visited first if asked; the list can be exported."""
    code = area if area in areas() and area.startswith(ask.officer.area_code) else ask.officer.area_code
    with read(ask) as connection:
        one = round_of(connection, round_id)
        reasons = focus_households(connection, code, ask.today, ask.service.screening_policy)
        first = {key for key, given in reasons.items() if wanted(given, one.focus)}
        rows, total = left_in(
            connection,
            round_id,
            code,
            among=first if focus else None,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    if not sees_names(ask.officer):
        # A program gets whole rows: what is not shown must not be in them.
        rows = [replace(row, address="") for row in rows]
    columns = (
        Column[LeftRow]("户主", "Head", lambda row: row.head_name, link=lambda row: f"/households/{row.id}"),
        Column[LeftRow]("户编号", "Household no.", lambda row: row.household_no),
        Column[LeftRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[LeftRow]("住址", "Address", lambda row: row.address or None),
        Column[LeftRow](
            "重点关注原因", "Visited first for", lambda row: several("focus_reason", reasons.get(row.id, ()))
        ),
        Column[LeftRow](
            "登记",
            "Record",
            lambda _row: Words("登记", "record"),
            link=lambda row: f"/households/{row.id}/visits/new?kind=screening",
        ),
    )
    title = Words("未入户农户", "Households not reached")
    listing = Listing(columns, rows_for(ask.officer, rows), total, ask.paging)
    crumbs = (_ROUNDS, Crumb(Words(one.name, one.name), f"/screening/{round_id}"), Crumb(title))
    return View(title, {"focus": focus, "where": areas().full_name(code), "area": area}, listing, crumbs)


@section.page(
    "/screening/{round_id}/villages/{area_code}",
    "screening.enter",
    "monitoring/screening_village.html",
    area_of=_village_area,
)
def village_entry(ask: MonitoringAsk, round_id: str, area_code: str) -> View:
    """Show the households of a village that are left, to be ticked off."""
    with read(ask) as connection:
        one = round_of(connection, round_id)
        found = coverage_in(connection, round_id, area_code)
    title = Words("本村批量登记", "A village's visits")
    crumbs = (_ROUNDS, Crumb(Words(one.name, one.name), f"/screening/{round_id}"), Crumb(title))
    data = {
        "round_id": round_id,
        "area_code": area_code,
        "where": areas().full_name(area_code),
        "found": found,
        "closed": one.closed_on is not None,
    }
    return View(title, data, crumbs=crumbs)


@section.action(
    "/screening/{round_id}/villages/{area_code}",
    "screening.enter",
    Words("登记为已入户", "Record as reached"),
    VillageForm,
    area_of=_village_area,
)
def enter_village(act: MonitoringAct, form: VillageForm, round_id: str, area_code: str) -> Done:
    ids = record_village_visits(
        RecordVillageVisits(
            round_id=round_id,
            area_code=area_code,
            household_ids=form.household_ids,
            on=form.on or act.today,
            by=act.officer.account_id,
        ),
        act.uow(),
        act.service.clue_policy,
    )
    where = f"/screening/{round_id}/villages/{area_code}"
    return Done(where, f"已登记 {len(ids)} 户", f"{len(ids)} households recorded", {"count": len(ids)})


@section.action(
    "/screening/{round_id}/close",
    "screening.close",
    Words("结束这一轮排查", "End the round"),
    CloseForm,
)
def close_round(act: MonitoringAct, form: CloseForm, round_id: str) -> Done:
    found = close_screening_round(CloseScreeningRound(round_id=round_id, version=form.version), act.uow())
    return Done(
        f"/screening/{round_id}",
        f"排查结束：{found.households} 户中入户 {found.reached} 户",
        f"The round is over: {found.reached} of {found.households} households reached",
    )


def _state(one: ScreeningRound, today: date) -> Badge:
    if one.closed_on is not None:
        return Badge("green", Words("已结束", "over"))
    if today < one.first_on:
        return Badge("grey", Words("未开始", "to come"))
    if today > one.last_on:
        return Badge("red", Words("已到期，待结束", "past its last day"))
    return Badge("blue", Words("进行中", "going on"))


def _area_columns(round_id: str) -> tuple[Column[AreaCoverage], ...]:
    return (
        Column[AreaCoverage](
            "地区",
            "Area",
            lambda row: areas().full_name(row.area_code),
            link=lambda row: f"/screening/{round_id}/left?area={row.area_code}",
        ),
        Column[AreaCoverage]("农户数", "Households", lambda row: row.households, "number"),
        Column[AreaCoverage]("已入户", "Reached", lambda row: row.reached, "number"),
        Column[AreaCoverage]("未入户", "Left", lambda row: row.left, "number"),
        Column[AreaCoverage](
            "入户率", "Coverage", lambda row: f"{100 * row.reached / row.households:.1f}%", "number"
        ),
    )


def _judgement_columns(ask: MonitoringAsk) -> tuple[Column[JudgementRow], ...]:
    return (
        Column[JudgementRow](
            "农户",
            "Household",
            lambda row: called(ask.officer, row.household_no, row.head_name),
            link=lambda row: f"/households/{row.household_id}",
        ),
        Column[JudgementRow]("判定日期", "Day", lambda row: row.made_on),
        Column[JudgementRow](
            "人均收入情况", "Income", lambda row: words_of("screening_income_band", row.income_band)
        ),
        Column[JudgementRow]("风险", "Risks", lambda row: several("risk", row.risks)),
        Column[JudgementRow]("能自主应对", "Can cope", lambda row: row.able_to_cope),
        Column[JudgementRow]("应纳入", "To be identified", lambda row: row.include),
    )
