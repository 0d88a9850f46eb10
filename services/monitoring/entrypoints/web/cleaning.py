"""Cleaning rounds: the county's monthly rounds, opened and closed with their counts."""

from collections.abc import Mapping
from typing import Any

from services.monitoring.adapters.read_models_quality import rounds
from services.monitoring.domain.quality.cleaning_round import CleaningRound
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.quality import TITLE
from services.monitoring.service_layer.quality.cleaning import CloseRound, OpenRound, close_round, open_round
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Note
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("cleaning")
_TITLE = Words("集中清洗", "Cleaning rounds")


class OpenForm(Form):
    on: OnDay = None


class CloseForm(Form):
    note: Note = ""
    on: OnDay = None


def _columns() -> tuple[Column[CleaningRound], ...]:
    return (
        Column[CleaningRound]("月份", "Month", lambda row: f"{row.month[:4]}-{row.month[4:]}"),
        Column[CleaningRound]("开始", "Opened", lambda row: row.opened_on),
        Column[CleaningRound]("结束", "Closed", lambda row: row.closed_on),
        Column[CleaningRound]("涉及错误", "Errors", lambda row: None if row.is_open else row.found, "number"),
        Column[CleaningRound]("已办结", "Fixed", lambda row: None if row.is_open else row.fixed, "number"),
        Column[CleaningRound]("状态", "State", _state),
    )


def _state(row: CleaningRound) -> Badge:
    if row.is_open:
        return Badge("yellow", Words("进行中", "open"))
    return Badge("green", Words("已结束", "closed"))


@section.page("/quality/cleaning", "quality.read", "monitoring/quality/cleaning.html", area_of=own_area)
def list_rounds(ask: MonitoringAsk) -> View:
    """List the county's cleaning rounds, the newest first."""
    with read(ask) as connection:
        every = rounds(connection)
    part = every[ask.paging.offset : ask.paging.offset + ask.paging.size]
    this_month = f"{ask.today:%Y%m}"
    data = {
        "open": next((one for one in every if one.is_open), None),
        "may_open": all(one.month != this_month for one in every),
        "day": ask.service.quality.cleaning_day.entry_on(ask.today),
    }
    crumbs = (Crumb(TITLE, "/quality"), Crumb(_TITLE))
    return View(_TITLE, data, Listing(_columns(), part, len(every), ask.paging), crumbs=crumbs)


@section.action(
    "/quality/cleaning",
    "cleaning.open",
    Words("开始本月集中清洗", "Open this month's round"),
    OpenForm,
    area_of=own_area,
)
def open_(act: MonitoringAct, form: OpenForm) -> Done:
    round_id = open_round(OpenRound(on=form.on or act.today, by=act.officer.account_id), act.uow())
    return Done(
        "/quality/cleaning", "本月集中清洗已开始", "The round is open", {"id": round_id}, created=True
    )


def _county(ask: MonitoringAsk, _given: Mapping[str, Any]) -> str:
    return ask.officer.area_code


@section.action(
    "/quality/cleaning/{round_id}/close",
    "cleaning.close",
    Words("结束集中清洗", "Close the round"),
    CloseForm,
    area_of=_county,
)
def close(act: MonitoringAct, form: CloseForm, round_id: str) -> Done:
    command = CloseRound(
        round_id=round_id, on=form.on or act.today, by=act.officer.account_id, note=form.note
    )
    closed = close_round(command, act.uow())
    return Done(
        "/quality/cleaning",
        f"已结束：涉及 {closed.found} 条，办结 {closed.fixed} 条",
        f"Closed: {closed.found} errors, {closed.fixed} fixed",
        {"found": closed.found, "fixed": closed.fixed},
    )
