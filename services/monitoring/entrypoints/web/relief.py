"""Temporary relief: the register of applications, one application, applying and deciding."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models_guarantee import Entry, entries_of_household
from services.monitoring.adapters.tables import reliefs
from services.monitoring.domain.assistance.relief import MOST, STATES, TIERS
from services.monitoring.domain.guarantee_errors import NotYourRegisterError
from services.monitoring.entrypoints.web.assistance import CIVIL, TABS, section
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.guarantee import (
    entry_area,
    is_unit,
    listed,
    shown_entry,
    state_badge,
    state_choices,
    state_column,
    task_of,
    waiting_entries,
    whose,
    whose_columns,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.register_page import (
    ActForm,
    Filter,
    Link,
    Mark,
    entry_data,
    limit_mark,
    list_data,
)
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.assistance import relief
from shared.kernel.money import yuan_text
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column

TITLE = Words("临时救助", "Temporary relief")
_area = entry_area(reliefs, "relief_id")
_TOWNS = ("urgent", "town")
"""Tiers a town decides (unconfirmed)."""
Amount = Annotated[int, Field(gt=0, le=MOST)]


class ApplyForm(Form):
    tier: Annotated[
        Literal["urgent", "town", "county"],
        Label("救助类别", "Tier", choices=choices_of("relief_tier"), widget="radio"),
    ] = "town"
    cause: Annotated[str, Label("事由", "Cause", choices=choices_of("relief_cause"))]
    asked_fen: Annotated[
        int, Field(ge=0, le=MOST), Label("申请金额（元）", "Amount asked for (yuan)", widget="yuan")
    ] = 0
    on: OnDay = None
    note: Note = ""


class GrantForm(Form):
    version: Version
    amount_fen: Annotated[Amount, Label("救助金额（元）", "Amount (yuan)", widget="yuan")]
    on: OnDay = None


class RefuseForm(Form):
    version: Version
    reason: Annotated[str, Label("不予救助原因", "Reason", choices=choices_of("assistance_refusal"))]
    eligible: Annotated[
        bool,
        Label(
            "符合条件但未予救助",
            "Eligible all the same",
            hint_zh="例如资金不足，计入应救未救",
            hint_en="for want of funds: counts as owed and not granted",
        ),
    ] = False
    on: OnDay = None


def relief_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the applications to be decided: by the town within its tiers, by the office all."""
    columns = reliefs.c
    tiers = TIERS if is_unit(ask, CIVIL) else _TOWNS if ask.officer.role == "town" else ()
    if tiers:
        for one in waiting_entries(
            ask, connection, reliefs, columns.state == "applied", columns.tier.in_(tiers)
        ):
            yield task_of(one, Words("审批临时救助", "Decide on relief"), f"/assistance/reliefs/{one.id}")


@section.page("/assistance/reliefs", "relief.read", "monitoring/register_list.html", area_of=own_area)
def list_reliefs(ask: MonitoringAsk, state: str = "", tier: str = "") -> View:
    """List the applications, what is due first on top."""
    columns = reliefs.c
    conditions = [columns.state == state] if state in STATES else []
    conditions += [columns.tier == tier] if tier else []
    shown = (
        *whose_columns(ask, lambda one: f"/assistance/reliefs/{one.id}"),
        Column[Entry]("类别", "Tier", lambda one: words_of("relief_tier", one["tier"])),
        Column[Entry]("事由", "Cause", lambda one: words_of("relief_cause", one["cause"])),
        Column[Entry]("申请日期", "Applied", lambda one: one["applied_on"]),
        Column[Entry]("审批期限", "Decide by", lambda one: one["due_on"]),
        Column[Entry]("救助金额（元）", "Granted (yuan)", lambda one: one["amount_fen"] or None, "yuan"),
        Column[Entry]("提示", "Check", _over),
        state_column(ask, STATES, ("applied",)),
    )
    with read(ask) as connection:
        order = (columns.state, columns.due_on)
        listing = listed(ask, connection, reliefs, shown, conditions=conditions, order=order)
    limit = ask.service.assistance.relief_days.entry_on(ask.today)
    data = list_data(
        tabs=TABS,
        filters=[
            Filter("state", Words("状态", "State"), state_choices(STATES), state),
            Filter("tier", Words("类别", "Tier"), [(t, words_of("relief_tier", t)) for t in TIERS], tier),
        ],
        note=Words(
            "应救尽救：按类别在期限内审批。在农户保障页登记申请。",
            "Decided in time by tier. Applications are recorded on the household's page.",
        ),
        source="" if limit.confirmed else limit.source,
        empty=Words("没有临时救助申请。", "There are no applications."),
    )
    return View(TITLE, data, listing)


def _over(one: Entry) -> object:
    return Badge("yellow", Words("超过额度", "over the limit")) if one["over_limit"] else None


@section.page(
    "/assistance/reliefs/{relief_id}", "relief.read", "monitoring/register_entry.html", area_of=_area
)
def show_relief(ask: MonitoringAsk, relief_id: str) -> View:
    """Show one application and the forms to decide it."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, reliefs, relief_id)
        same = _same_cause(connection, one)
    days = ask.service.assistance.relief_days.entry_on(one["applied_on"])
    most = ask.service.assistance.relief_limits.entry_on(one["applied_on"])
    number, fen = days.value[one["tier"]], most.value[one["tier"]]
    marks = [limit_mark(f"审批时限{number}天", f"decided within {number} days", days)]
    words = f"额度 {yuan_text(fen)} 元", f"at most {yuan_text(fen)} yuan"
    marks.append(Mark(Words(*words), "" if most.confirmed else most.source))
    marks += [Mark(_told_of(other)) for other in same]
    steps = ((one["decided_on"], Words("审批", "Decided")), (one["applied_on"], Words("申请", "Applied")))
    given = {"relief_id": one.id, "version": one["version"]}
    first = {"amount_fen": one["asked_fen"]} if one["asked_fen"] else {}
    waits = one["state"] == "applied" and not (ask.officer.role == "town" and one["tier"] not in _TOWNS)
    data = entry_data(
        [
            (Words("状态", "State"), state_badge(STATES, one["state"])),
            (Words("类别", "Tier"), words_of("relief_tier", one["tier"])),
            (Words("事由", "Cause"), words_of("relief_cause", one["cause"])),
            (Words("申请日期", "Applied"), one["applied_on"]),
            (Words("审批期限", "Decide by"), one["due_on"]),
            (Words("申请金额（元）", "Asked for (yuan)"), yuan_text(one["asked_fen"])),
            (Words("救助金额（元）", "Granted (yuan)"), yuan_text(one["amount_fen"])),
            (Words("原因", "Reason"), words_of("assistance_refusal", one["reason"])),
            (Words("说明", "Note"), one["note"] or None),
        ],
        acts=[
            ActForm("relief.grant", {**given, **first, "unfolded": True}),
            ActForm("relief.refuse", given),
        ]
        if waits
        else (),
        marks=marks,
        links=(
            Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),
            *(Link(_told_of(other), f"/assistance/reliefs/{other.id}") for other in same),
        ),
        entries=[TimelineEntry(day, words) for day, words in steps if day is not None],
    )
    return View(whose(ask, one), data, crumbs=(Crumb(TITLE, "/assistance/reliefs"), Crumb(whose(ask, one))))


def _same_cause(connection: Connection, one: Entry) -> list[Entry]:
    """Return what else the household asked for or was granted for the same cause in the same year.

    Asking again is allowed (illness goes on); whoever decides must see it.
    """
    return [
        other
        for other in entries_of_household(connection, reliefs, one.household_id)
        if other.id != one.id
        and other["cause"] == one["cause"]
        and other["applied_on"].year == one["applied_on"].year
        and other["state"] != "refused"
    ]


def _told_of(other: Entry) -> Words:
    day, fen = other["applied_on"], yuan_text(other["amount_fen"] or other["asked_fen"])
    zh, en = STATES[other["state"]]
    return Words(f"同一事由另有申请：{day}，{fen} 元，{zh}", f"Same cause: {day}, {fen} yuan, {en}")


@section.action(
    "/households/{household_id}/reliefs",
    "relief.apply",
    Words("申请临时救助", "Apply for temporary relief"),
    ApplyForm,
    area_of=household_area,
)
def apply(act: MonitoringAct, form: ApplyForm, household_id: str) -> Done:
    command = relief.ApplyForRelief(
        household_id=household_id,
        tier=form.tier,
        cause=form.cause,
        on=form.on or act.today,
        asked_fen=form.asked_fen,
        note=form.note,
    )
    id_ = relief.apply_for_relief(command, act.uow(), act.service.assistance)
    path = f"/assistance/reliefs/{id_}"
    return Done(path, "申请已登记", "The application is recorded", {"id": id_}, created=True)


@section.action(
    "/assistance/reliefs/{relief_id}/grant",
    "relief.grant",
    Words("批准救助", "Grant"),
    GrantForm,
    permission="relief.decide",
    area_of=_area,
)
def grant(act: MonitoringAct, form: GrantForm, relief_id: str) -> Done:
    _may_decide(act, relief_id)
    command = relief.GrantRelief(
        relief_id=relief_id, amount_fen=form.amount_fen, on=form.on or act.today, version=form.version
    )
    relief.grant_relief(command, act.uow(), act.service.assistance)
    return Done(f"/assistance/reliefs/{relief_id}", "已批准救助", "Granted", {"id": relief_id})


@section.action(
    "/assistance/reliefs/{relief_id}/refuse",
    "relief.refuse",
    Words("不予救助", "Refuse"),
    RefuseForm,
    permission="relief.decide",
    area_of=_area,
    danger=True,
)
def refuse(act: MonitoringAct, form: RefuseForm, relief_id: str) -> Done:
    _may_decide(act, relief_id)
    command = relief.RefuseRelief(
        relief_id=relief_id,
        reason=form.reason,
        on=form.on or act.today,
        eligible=form.eligible,
        version=form.version,
    )
    relief.refuse_relief(command, act.uow())
    return Done(f"/assistance/reliefs/{relief_id}", "已登记不予救助", "Refused", {"id": relief_id})


def _may_decide(act: MonitoringAct, relief_id: str) -> None:
    with read(act) as connection:
        tier = shown_entry(act, connection, reliefs, relief_id)["tier"]
    if act.officer.role == "town" and tier not in _TOWNS:
        raise NotYourRegisterError(unit=CIVIL)
