"""Student aid: the register of a term, its generation and payment, one entitlement."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models_guarantee import Entry, aid_totals, sums_due
from services.monitoring.adapters.tables import student_aids
from services.monitoring.domain.education.student_aid import STATES
from services.monitoring.domain.education.term import Term
from services.monitoring.domain.guarantee_errors import TermError
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.dropout import EDUCATION, TABS, section
from services.monitoring.entrypoints.web.guarantee import (
    entry_area,
    is_unit,
    listed,
    shown_entry,
    state_badge,
    state_choices,
    state_column,
    sum_task,
    whose,
    whose_columns,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.register_page import (
    ActForm,
    Figure,
    Filter,
    Link,
    entry_data,
    limit_mark,
    list_data,
)
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.education import student_aid
from shared.kernel.money import yuan_text
from shared.web.asking import Ask, Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Column

TITLE = Words("学生资助", "Student aid")
_area = entry_area(student_aids, "aid_id")
_TERMS_SHOWN = 4


def recent_terms(ask: Ask[Any]) -> list[Choice]:
    """Return this term and the three before it."""
    return [Choice(str(one), one.zh, one.en) for one in _recent(ask.today)]


ChosenTerm = Annotated[str, Field(pattern=r"^[0-9]{5}$"), Label("学期", "Term", choices=recent_terms)]


class GenerateForm(Form):
    term: ChosenTerm


class PayForm(Form):
    term: ChosenTerm
    kind: Annotated[
        Literal["", "aid", "yulu"],
        Label("类型（不选为全部）", "Kind (empty: both)", choices=choices_of("student_aid_kind")),
    ] = ""
    on: OnDay = None


class PayOneForm(Form):
    on: OnDay = None


class WithdrawForm(Form):
    version: Version
    reason: Annotated[str, Label("撤销原因", "Reason", choices=choices_of("aid_withdrawal"))]
    on: OnDay = None
    note: Note = ""


def _recent(today: date) -> list[Term]:
    terms = [Term.of(today)]
    while len(terms) < _TERMS_SHOWN:
        terms.append(terms[-1].before)
    return terms


def aid_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield what the education bureau is to pay, summed up by term and kind."""
    if not is_unit(ask, EDUCATION):
        return
    columns = student_aids.c
    for due in sums_due(
        connection, student_aids, columns.term + "-" + columns.kind, "", columns.state == "due"
    ):
        term, kind = due.key.split("-")
        named, of = Term.parse(term), words_of("student_aid_kind", kind)
        path = f"/education/aids?term={term}&kind={kind}&state=due"
        yield sum_task(ask, f"发放{named.zh}{of.zh}", f"Pay {of.en}, {named.en}", path, due)


@section.page("/education/aids", "education.read", "monitoring/register_list.html", area_of=own_area)
def list_aids(ask: MonitoringAsk, term: str = "", kind: str = "", state: str = "") -> View:
    """List what pupils are entitled to in a term; how much of it is paid stands above."""
    chosen = _term(term, ask.today)
    columns = student_aids.c
    conditions = [columns.term == str(chosen)]
    conditions += [columns.kind == kind] if kind else []
    conditions += [columns.state == state] if state else []
    with read(ask) as connection:
        listing = listed(ask, connection, student_aids, _columns(ask), conditions=conditions)
        totals = aid_totals(connection, str(chosen), ask.officer.area_code)
    amounts = ask.service.education.aid.yulu_amounts.entry_on(chosen.first_day)
    data = list_data(
        tabs=TABS,
        figures=[_figure(one, totals, chosen) for one in ("aid", "yulu")],
        filters=[
            Filter("term", Words("学期", "Term"), _terms(ask.today), str(chosen)),
            Filter("kind", Words("类型", "Kind"), _kinds(), kind),
            Filter("state", Words("状态", "State"), state_choices(STATES), state),
        ],
        acts=[
            ActForm("aid.generate", {"term": str(chosen)}),
            ActForm("aid.pay", {"term": str(chosen), "kind": kind}),
        ],
        note=Words(
            "名单由户信息按年级生成：脱贫户和监测户在校生。金额标准以正式文件为准。",
            "Found from the registry by grade: pupils of lifted-out and monitored households.",
        ),
        source="" if amounts.confirmed else amounts.source,
        empty=Words("本学期还没有资助名单，请先生成。", "Nobody is listed yet: generate the list."),
    )
    return View(TITLE, data, listing)


def _columns(ask: MonitoringAsk) -> tuple[Column[Entry], ...]:
    return (
        *whose_columns(ask, lambda one: f"/education/aids/{one.id}"),
        Column[Entry]("类型", "Kind", lambda one: words_of("student_aid_kind", one["kind"])),
        Column[Entry]("年级", "Grade", lambda one: words_of("school_status", one["school_status"])),
        Column[Entry]("金额（元）", "Yuan", lambda one: one["amount_fen"], "yuan"),
        Column[Entry]("期限", "By", lambda one: one["due_on"]),
        state_column(ask, STATES, ("due",)),
        Column[Entry]("发放日期", "Paid on", lambda one: one["paid_on"]),
    )


def _figure(kind: str, totals: dict[tuple[str, str], tuple[int, int]], term: Term) -> Figure:
    paid, due = totals.get((kind, "paid"), (0, 0)), totals.get((kind, "due"), (0, 0))
    whole = paid[0] + due[0]
    share = f"{paid[0] * 100 / whole:.1f}%" if whole else "—"
    named = words_of("student_aid_kind", kind)
    paid_yuan, due_yuan = yuan_text(paid[1]), yuan_text(due[1])
    return Figure(
        Words(f"{named.zh}·已发放", f"{named.en}: paid"),
        f"{paid[0]}/{whole}（{share}）" if whole else "0",
        f"/education/aids?term={term}&kind={kind}",
        Words(f"已发 {paid_yuan} 元，待发 {due_yuan} 元", f"{paid_yuan} yuan paid, {due_yuan} due"),
    )


def _terms(today: date) -> list[tuple[str, Words]]:
    return [(str(one), Words(one.zh, one.en)) for one in _recent(today)]


def _kinds() -> list[tuple[str, Words]]:
    return [(one, words_of("student_aid_kind", one)) for one in ("aid", "yulu")]


def _term(text: str, today: date) -> Term:
    try:
        return Term.parse(text) if text else Term.of(today)
    except TermError:
        return Term.of(today)


@section.page("/education/aids/{aid_id}", "education.read", "monitoring/register_entry.html", area_of=_area)
def show_aid(ask: MonitoringAsk, aid_id: str) -> View:
    """Show one entitlement and what can be done with it."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, student_aids, aid_id)
    term = Term.parse(one["term"])
    amounts = ask.service.education.aid.amounts(one["kind"]).entry_on(term.first_day)
    steps = (
        (one["found_on"], Words("列入资助名单", "Listed")),
        (one["paid_on"], Words("发放", "Paid")),
        (one["withdrawn_on"], Words("撤销", "Withdrawn")),
    )
    data = entry_data(
        [
            (Words("状态", "State"), state_badge(STATES, one["state"])),
            (Words("类型", "Kind"), words_of("student_aid_kind", one["kind"])),
            (Words("学期", "Term"), Words(term.zh, term.en)),
            (Words("年级", "Grade"), words_of("school_status", one["school_status"])),
            (Words("金额（元）", "Yuan"), yuan_text(one["amount_fen"])),
            (Words("期限", "By"), one["due_on"]),
            (Words("发放日期", "Paid on"), one["paid_on"]),
            (Words("撤销原因", "Why withdrawn"), words_of("aid_withdrawal", one["reason"])),
        ],
        acts=[
            ActForm("aid.pay_one", {"aid_id": one.id}),
            ActForm("aid.withdraw", {"aid_id": one.id, "version": one["version"]}),
        ]
        if one["state"] == "due"
        else (),
        marks=(limit_mark("金额标准", "the amount", amounts),),
        links=(Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),),
        entries=[TimelineEntry(day, words) for day, words in reversed(steps) if day is not None],
    )
    return View(whose(ask, one), data, crumbs=(Crumb(TITLE, "/education/aids"), Crumb(whose(ask, one))))


@section.action(
    "/education/aids/generate",
    "aid.generate",
    Words("生成本学期资助名单", "Find who is entitled"),
    GenerateForm,
    permission="education.aid",
    area_of=own_area,
)
def generate(act: MonitoringAct, form: GenerateForm) -> Done:
    # Several transactions, each repeatable by itself: the request's own key would fit only one.
    new = student_aid.generate_student_aid(
        student_aid.GenerateStudentAid(term=form.term, on=act.today),
        act.service.uow(),
        act.service.education.aid,
    )
    path = f"/education/aids?term={form.term}"
    return Done(path, f"新增 {new} 条应享受资助", f"{new} new entitlements", {"new": new})


@section.action(
    "/education/aids/pay",
    "aid.pay",
    Words("登记批量发放", "Record that all is paid"),
    PayForm,
    permission="education.aid",
    area_of=own_area,
)
def pay(act: MonitoringAct, form: PayForm) -> Done:
    paid = student_aid.pay_student_aid(
        student_aid.PayStudentAid(term=form.term, kind=form.kind, on=form.on or act.today),
        act.service.uow(),
    )
    path = f"/education/aids?term={form.term}"
    return Done(path, f"已登记发放 {paid} 人次", f"{paid} payments recorded", {"paid": paid})


@section.action(
    "/education/aids/{aid_id}/pay",
    "aid.pay_one",
    Words("登记发放", "Record the payment"),
    PayOneForm,
    permission="education.aid",
    area_of=_area,
)
def pay_one(act: MonitoringAct, form: PayOneForm, aid_id: str) -> Done:
    with read(act) as connection:
        term = shown_entry(act, connection, student_aids, aid_id)["term"]
    command = student_aid.PayStudentAid(term=term, on=form.on or act.today, aid_ids=(aid_id,))
    paid = student_aid.pay_student_aid(command, act.uow())
    return Done(f"/education/aids/{aid_id}", "已登记发放", "The payment is recorded", {"paid": paid})


@section.action(
    "/education/aids/{aid_id}/withdraw",
    "aid.withdraw",
    Words("撤销资助", "Withdraw the aid"),
    WithdrawForm,
    permission="education.aid",
    area_of=_area,
    danger=True,
)
def withdraw(act: MonitoringAct, form: WithdrawForm, aid_id: str) -> Done:
    command = student_aid.WithdrawStudentAid(
        aid_id=aid_id, reason=form.reason, on=form.on or act.today, note=form.note, version=form.version
    )
    student_aid.withdraw_student_aid(command, act.uow())
    return Done(f"/education/aids/{aid_id}", "已撤销", "Withdrawn", {"id": aid_id})
