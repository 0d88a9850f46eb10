"""Points of resident teams: the accounts of a year, one account, entering points."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.evaluation.adapters.read_models_field_work import (
    PointEntry,
    field_work_on,
    find_accounts,
    points_of,
)
from services.evaluation.domain.field_work.errors import OtherUnitError, UnknownFieldWorkError
from services.evaluation.domain.field_work.point_account import ACTS, REASONS, PointAccount
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk
from services.evaluation.entrypoints.web.dispatch import year_in
from services.evaluation.entrypoints.web.labels import same
from services.evaluation.entrypoints.web.matrix import Act
from services.evaluation.entrypoints.web.site import village_choices
from services.evaluation.service_layer.field_work.point_account import (
    EnterPoints,
    enter_points,
    open_accounts,
)
from shared.areas import areas
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("point_account", prefix="/points")
TITLE = Words("驻村积分", "Points of resident teams")


class OpenForm(Form):
    area_code: Annotated[str, Field(max_length=12), Label("村", "Village", choices=village_choices)]


class PointsForm(Form):
    version: Version
    points: Annotated[
        Decimal,
        Field(ge=-100, le=100, max_digits=5, decimal_places=2),
        Label("加减分", "Points", hint_zh="扣分填负数", hint_en="below zero: taken off"),
    ]
    reason: Annotated[
        str, Label("原因", "Reason", choices=[Choice(key, *words) for key, words in REASONS.items()])
    ]
    entered_on: Annotated[date, Label("日期", "Day")]
    note: Note = ""


def place_words(area_code: str) -> Words:
    """Return town and village of an area code."""
    if area_code not in areas():
        return same(area_code)
    return same(f"{areas().get(area_code[:9]).name}{areas().get(area_code).name}")


def account_badge(account: PointAccount) -> Badge | None:
    """Return the last act proposed; nothing while no line was reached."""
    if not account.reached:
        return None
    return Badge("red" if "recall" in account.reached else "yellow", Words(*ACTS[account.reached[-1]]))


_COLUMNS = (
    Column[PointAccount](
        "驻村工作队", "Team in", lambda row: place_words(row.area_code), link=lambda row: f"/points/{row.id}"
    ),
    Column[PointAccount]("起始分", "Opening", lambda row: row.opening, "number"),
    Column[PointAccount]("余额", "Balance", lambda row: row.balance, "number"),
    Column[PointAccount]("记录数", "Entries", lambda row: row.entries, "number"),
    Column[PointAccount]("建议", "Proposal", account_badge),
)


@section.page("", "field_work.read", "evaluation/work_list.html")
def list_accounts(ask: EvaluationAsk, year: str = "") -> View:
    """List the accounts of a year inside the officer's area."""
    with reading(ask.service.engine) as connection:
        rows, total = find_accounts(
            connection,
            year_in(year, ask),
            area_code=ask.officer.area_code,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    lines = ask.service.field_work.lines.entry_on(ask.today)
    said = [(Words(*ACTS[line.act]), line.at) for line in ask.service.field_work.lines_on(ask.today)]
    zh = "；".join(f"{words.zh}：余额不高于{at}分" for words, at in said)
    en = "; ".join(f"{words.en} at {at} or below" for words, at in said)
    notes = [
        (Words(zh, en), lines.confirmed),
        (Words("系统只提出建议，由人决定。", "The software proposes; people decide."), True),
    ]
    data = {"notes": notes, "filters": [], "matrix": None, "acts": [Act("points.open", {})]}
    return View(TITLE, data, Listing(_COLUMNS, rows, total, ask.paging))


def _account_of(ask: EvaluationAsk, connection: Connection, account_id: str) -> PointAccount:
    account = field_work_on(connection).accounts.get(account_id)
    if not ask.officer.may_see(account.area_code):
        raise UnknownFieldWorkError
    return account


@section.page("/{account_id}", "field_work.read", "evaluation/work_page.html")
def show_account(ask: EvaluationAsk, account_id: str) -> View:
    """Show an account with every entry."""
    with reading(ask.service.engine) as connection:
        account = _account_of(ask, connection, account_id)
        entries = points_of(connection, account_id)
    title = place_words(account.area_code)
    columns = (
        Column[PointEntry]("序号", "No.", lambda row: row.sequence, "number"),
        Column[PointEntry]("日期", "Day", lambda row: row.entered_on),
        Column[PointEntry]("原因", "Reason", lambda row: Words(*REASONS[row.reason])),
        Column[PointEntry]("加减分", "Points", lambda row: row.points, "number"),
        Column[PointEntry]("余额", "Balance", lambda row: row.balance, "number"),
        Column[PointEntry]("说明", "Note", lambda row: row.note),
    )
    about = {"account_id": account.id, "version": account.version, "entered_on": ask.today, "unfolded": True}
    data = {
        "facts": [(one.words, one.value(account)) for one in _COLUMNS],
        "texts": [],
        "notes": [],
        "links": [],
        "acts": [Act("points.enter", about)],
        "listed": Words("积分记录", "Entries"),
    }
    shown = entries[ask.paging.offset : ask.paging.offset + ask.paging.size]
    listing = Listing(columns, shown, len(entries), ask.paging)
    return View(title, data, listing, (Crumb(TITLE, "/points"), Crumb(title)))


@section.action(
    "", "points.open", Words("开立积分账户", "Open an account"), OpenForm, permission="points.enter"
)
def open_one(act: EvaluationAct, form: OpenForm) -> Done:
    if not act.officer.may_see(form.area_code):
        raise OtherUnitError
    (made,) = open_accounts([form.area_code], act.today, act.uow(), act.service.field_work)
    return Done(f"/points/{made}", "账户已开立", "The account is open", {"id": made}, created=True)


@section.action("/{account_id}/entries", "points.enter", Words("登记积分", "Enter points"), PointsForm)
def enter(act: EvaluationAct, form: PointsForm, account_id: str) -> Done:
    with reading(act.service.engine) as connection:
        _account_of(act, connection, account_id)
    command = EnterPoints(
        account_id=account_id,
        points=form.points,
        reason=form.reason,
        on=form.entered_on,
        note=form.note,
        version=form.version,
    )
    enter_points([command], act.uow(), act.service.field_work)
    return Done(f"/points/{account_id}", "积分已登记", "Entered", {"id": account_id})
