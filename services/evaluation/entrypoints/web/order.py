"""Supervision orders on pages: issue, countdown, reply, review."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_supervision import (
    OrderSearch,
    find_orders,
    interviews_about,
    order_of,
    replies_of,
)
from services.evaluation.domain.order import STATE_WORDS, Order, OrderStep
from services.evaluation.domain.supervision_errors import NotYourOrderError, OrderNotFoundError
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import same, unit_words
from services.evaluation.entrypoints.web.supervision import ORIGINS, order_badge, own_unit, whole
from services.evaluation.service_layer.order import (
    AnswerOrder,
    CloseOrder,
    IssueOrder,
    SendBackOrder,
    WithdrawOrder,
    answer_order,
    close_order,
    issue_order,
    send_back_order,
    withdraw_order,
)
from shared.kernel.clock import COUNTY_ZONE, at_hour, day_of
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("order", prefix="/orders")
TITLE = Words("督办函", "Supervision orders")

DueOn = Annotated[date, Label("办结日期", "Due on")]
DueHour = Annotated[int, Field(ge=0, le=23), Label("时", "Hour", hint_zh="0–23时", hint_en="0 to 23")]
DueMinute = Annotated[int, Field(ge=0, le=59), Label("分", "Minute")]
Matter = Annotated[str, Field(min_length=1, max_length=1000), Label("事项", "Matter", lines=3)]
Reason = Annotated[str, Field(min_length=1, max_length=1000), Label("原因", "Reason", lines=3)]


class OrderForm(Form):
    """A letter to one unit; the deadline is an hour of a day."""

    unit: Annotated[str, Field(max_length=64), Label("承办单位", "Unit", choices=unit_choices)]
    matter: Matter
    requirement: Annotated[str, Field(max_length=1000), Label("办理要求", "What is required", lines=2)] = ""
    due_on: DueOn
    due_hour: DueHour
    due_minute: DueMinute = 0
    origin: Annotated[
        Literal["leader", "inspection", "problem", "meeting", "dispatch"],
        Label("来源", "Comes of", choices=[Choice(key, one.zh, one.en) for key, one in ORIGINS.items()]),
    ] = "leader"
    number: Annotated[
        str,
        Field(max_length=64),
        Label("文号", "Number", hint_zh="不填则自动编号", hint_en="numbered if empty"),
    ] = ""
    origin_id: Annotated[str, Field(max_length=64), Label("来源编号", "Its id", widget="hidden")] = ""


class ReplyForm(Form):
    version: Version
    text: Annotated[str, Field(min_length=1, max_length=2000), Label("办理情况", "What was done", lines=5)]


class SendBackForm(Form):
    version: Version
    reason: Reason
    due_on: DueOn
    due_hour: DueHour
    due_minute: DueMinute = 0


class CloseForm(Form):
    version: Version
    note: Annotated[str, Field(max_length=500), Label("审核意见", "Note", lines=2)] = ""


class WithdrawForm(Form):
    version: Version
    reason: Reason


def _columns(ask: EvaluationAsk) -> tuple[Column[Order], ...]:
    return (
        Column[Order]("状态", "State", lambda row: order_badge(ask, row)),
        Column[Order]("文号", "Number", lambda row: row.number, link=lambda row: f"/orders/{row.id}"),
        Column[Order]("承办单位", "Unit", lambda row: unit_words(row.unit)),
        Column[Order]("事项", "Matter", lambda row: row.matter),
        Column[Order]("时限", "Deadline", lambda row: row.due_at),
        Column[Order]("回复时间", "Answered", lambda row: row.answered_at),
        Column[Order]("来源", "Comes of", lambda row: ORIGINS[row.origin]),
    )


@section.page("", "order.read", "evaluation/orders.html")
def list_orders(
    ask: EvaluationAsk, unit: str = "", state: str = "", origin: str = "", overdue: str = ""
) -> View:
    """List the orders: of a unit its own, what is owed and due first on top."""
    now = ask.service.clock()
    mine = own_unit(ask)
    wanted = OrderSearch(mine or unit, state, origin, now if overdue else None)
    with reading(ask.service.engine) as connection:
        rows, total = find_orders(connection, wanted, **whole(ask.paging))
    due = default_due(ask)
    data = {
        "wanted": {"unit": unit, "state": state, "origin": origin, "overdue": overdue},
        "states": [(str(one), Words(*words)) for one, words in STATE_WORDS.items()],
        "origins": list(ORIGINS.items()),
        "units": [] if mine else [(one.id, one.name) for one in ask.service.units()],
        "due_on": due.date(),
        "due_hour": due.hour,
        "default": ask.service.supervision.order_reply_hour.entry_on(ask.today),
    }
    return View(TITLE, data, Listing(_columns(ask), rows, total, ask.paging))


@section.page("/{order_id}", "order.read", "evaluation/order.html")
def show_order(ask: EvaluationAsk, order_id: str) -> View:
    """Show an order with its replies; another unit's is not there."""
    with reading(ask.service.engine) as connection:
        order = order_of(connection, order_id)
        if own_unit(ask) not in ("", order.unit):
            raise OrderNotFoundError
        replies = replies_of(connection, order_id)
        interviews = interviews_about(connection, "order", order_id)
    if own_unit(ask):
        interviews = [replace(one, responsible="") for one in interviews]
    due = default_due(ask)
    data = {
        "order": order,
        "badge": order_badge(ask, order),
        "unit": unit_words(order.unit),
        "origin": ORIGINS[order.origin],
        "replies": replies,
        "interviews": interviews,
        "can": {str(step): order.permits(step) for step in OrderStep},
        "mine": own_unit(ask) == order.unit,
        "due_on": due.date(),
        "due_hour": due.hour,
        "today": ask.today,
    }
    return View(same(order.number), data, crumbs=(Crumb(TITLE, "/orders"), Crumb(same(order.number))))


def default_due(ask: EvaluationAsk) -> datetime:
    """Return the policy's default deadline as the county's clocks show it."""
    return ask.service.supervision.default_deadline(ask.service.clock()).astimezone(COUNTY_ZONE)


@section.action("", "order.issue", Words("印发督办函", "Issue an order"), OrderForm)
def issue(act: EvaluationAct, form: OrderForm) -> Done:
    command = IssueOrder(
        unit=form.unit,
        matter=form.matter,
        requirement=form.requirement,
        due_at=at_hour(form.due_on, form.due_hour, form.due_minute),
        origin=form.origin,
        origin_id=form.origin_id,
        number=form.number,
    )
    units = [unit.id for unit in act.service.units()]
    order_id = issue_order(command, act.uow(), units, act.service.supervision)
    return Done(f"/orders/{order_id}", "督办函已印发", "The order is issued", {"id": order_id}, created=True)


@section.action("/{order_id}/answer", "order.answer", Words("回复办理情况", "Reply"), ReplyForm)
def answer(act: EvaluationAct, form: ReplyForm, order_id: str) -> Done:
    unit = own_unit(act)
    if not unit:
        raise NotYourOrderError
    command = AnswerOrder(
        order_id=order_id, unit=unit, text=form.text, by=act.officer.login, version=form.version
    )
    answer_order(command, act.uow())
    return Done(f"/orders/{order_id}", "已回复，等待审核", "Answered; it will be reviewed", {"id": order_id})


@section.action(
    "/{order_id}/send-back",
    "order.send_back",
    Words("退回重办", "Send back"),
    SendBackForm,
    permission="order.review",
)
def send_back(act: EvaluationAct, form: SendBackForm, order_id: str) -> Done:
    due_at = at_hour(form.due_on, form.due_hour, form.due_minute)
    command = SendBackOrder(order_id=order_id, reason=form.reason, due_at=due_at, version=form.version)
    send_back_order(command, act.uow(), act.service.supervision)
    return Done("/orders?state=answered", "已退回", "Sent back", {"id": order_id})


@section.action(
    "/{order_id}/close",
    "order.close",
    Words("同意办结", "Accept and close"),
    CloseForm,
    permission="order.review",
)
def close(act: EvaluationAct, form: CloseForm, order_id: str) -> Done:
    close_order(CloseOrder(order_id=order_id, note=form.note, version=form.version), act.uow())
    return Done("/orders?state=answered", "已办结", "Closed", {"id": order_id})


@section.action(
    "/{order_id}/withdraw",
    "order.withdraw",
    Words("撤销督办", "Withdraw"),
    WithdrawForm,
    permission="order.review",
    danger=True,
)
def withdraw(act: EvaluationAct, form: WithdrawForm, order_id: str) -> Done:
    withdraw_order(WithdrawOrder(order_id=order_id, reason=form.reason, version=form.version), act.uow())
    return Done("/orders", "已撤销", "Withdrawn", {"id": order_id})


def due_day(order: Order) -> date:
    """Return the day an order is due, for the list of tasks."""
    return day_of(order.due_at)
