"""Social assistance: the register by kind, one entitlement with assessment, decision and payments."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, Connection

from services.monitoring.adapters.read_models_guarantee import (
    Due,
    Entry,
    gone_but_granted,
    payments_of,
    sums_due,
    unpaid_by_kind,
)
from services.monitoring.adapters.tables import entitlements
from services.monitoring.domain.assistance.entitlement import (
    KINDS,
    MOST_A_MONTH,
    STATES,
    UNIT_OF,
    Assessment,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.guarantee import (
    MOST_TASKS,
    entry_area,
    is_unit,
    listed,
    shown_entry,
    state_badge,
    state_choices,
    state_column,
    sum_task,
    task_of,
    unit_of,
    whose,
    whose_columns,
)
from services.monitoring.entrypoints.web.labels import words_of
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
from shared.kernel.money import yuan_text
from shared.kernel.period import Month
from shared.web.asking import Crumb, TimelineEntry, View, own_area
from shared.web.forms import Label
from shared.web.i18n import Words
from shared.web.paging import Column
from shared.web.section import Section

section = Section("assistance")

CIVIL, DISABLED = "县民政局", "县残联"
TITLE = Words("社会救助", "Social assistance")
TABS = (
    Link(Words("低保、特困、补贴", "Monthly assistance"), "/assistance/entitlements"),
    Link(Words("临时救助", "Temporary relief"), "/assistance/reliefs", "relief.read"),
    Link(Words("集中供养", "Care in homes"), "/assistance/care", "relief.read"),
)
area = entry_area(entitlements, "entitlement_id")
Kind = Literal["low_income", "destitute", "single_person", "disability_living", "disability_care"]
Monthly = Annotated[
    int, Field(gt=0, le=MOST_A_MONTH), Label("月发放金额（元）", "Monthly amount (yuan)", widget="yuan")
]


def assistance_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield what the civil affairs office and the disabled persons' federation are to decide and to pay."""
    if not is_unit(ask, CIVIL, DISABLED):
        return
    columns, mine = entitlements.c, [kind for kind in KINDS if UNIT_OF[kind] == ask.officer.unit]
    found = columns.state == "found", columns.kind.in_(mine)
    for due in sums_due(connection, entitlements, columns.kind, "", *found):
        named = words_of("assistance_kind", due.key)
        path = f"/assistance/entitlements?kind={due.key}&state=found"
        yield sum_task(ask, f"认定{named.zh}对象", f"Decide: {named.en}", path, due)
    for one in gone_but_granted(connection, mine, area_code="", limit=MOST_TASKS)[0]:
        words = Words("人员已减少，核实后停发救助", "Somebody has left: end the assistance")
        yield task_of(one, words, f"/assistance/entitlements/{one.id}", ask.today)
    month = Month.of(ask.today)
    pay_by = month.first_day.replace(day=ask.service.assistance.pay_day.on(ask.today))
    for kind, number in unpaid_by_kind(connection, month, "").items():
        if kind in mine:
            named = words_of("assistance_kind", kind)
            due = Due(kind, number, pay_by)
            path = f"/assistance/entitlements?kind={kind}&state=granted"
            yield sum_task(ask, f"发放本月{named.zh}", f"Pay this month: {named.en}", path, due)


@section.page(
    "/assistance/entitlements", "assistance.read", "monitoring/register_list.html", area_of=own_area
)
def list_entitlements(ask: MonitoringAsk, kind: str = "", state: str = "") -> View:
    """List entitlements by kind and state, what is due first on top."""
    columns = entitlements.c
    mine = [one for one in KINDS if unit_of(ask) in ("", UNIT_OF[one])]
    conditions: list[ColumnElement[bool]] = [columns.kind.in_([kind] if kind in mine else mine)]
    conditions += [columns.state == state] if state in STATES else []
    shown = (
        *whose_columns(ask, lambda one: f"/assistance/entitlements/{one.id}"),
        Column[Entry]("类型", "Kind", lambda one: words_of("assistance_kind", one["kind"])),
        Column[Entry]("发现途径", "Found by", lambda one: words_of("assistance_source", one["found_by"])),
        Column[Entry]("发现日期", "Found", lambda one: one["found_on"]),
        Column[Entry]("认定期限", "Decide by", lambda one: one["due_on"]),
        Column[Entry]("月金额（元）", "Monthly (yuan)", lambda one: one["monthly_fen"] or None, "yuan"),
        state_column(ask, STATES, ("found",)),
    )
    month = Month.of(ask.today)
    with read(ask) as connection:
        order = (columns.state, columns.due_on)
        listing = listed(ask, connection, entitlements, shown, conditions=conditions, order=order)
        unpaid = unpaid_by_kind(connection, month, ask.officer.area_code)
    limit = ask.service.assistance.decide_days.entry_on(ask.today)
    data = list_data(
        tabs=TABS,
        figures=[
            Figure(
                Words(f"{words_of('assistance_kind', one).zh}·本月未发", words_of("assistance_kind", one).en),
                str(unpaid[one]),
                f"/assistance/entitlements?kind={one}&state=granted",
                Words("", "not paid this month"),
            )
            for one in mine
            if unpaid.get(one)
        ],
        filters=[
            Filter("kind", Words("类型", "Kind"), [(k, words_of("assistance_kind", k)) for k in mine], kind),
            Filter("state", Words("状态", "State"), state_choices(STATES), state),
        ],
        acts=[
            ActForm("assistance.compare", {"kind": kind} if kind else {}),
            ActForm("assistance.pay", {"kind": kind, "month": str(month)} if kind else {"month": str(month)}),
        ],
        note=Words(
            f"应保尽保：发现后{limit.value}天内认定。比对只提出线索，由业务部门审批；标准以县级文件为准。",
            f"Decided within {limit.value} days. Comparison only names who may be entitled.",
        ),
        source="" if limit.confirmed else limit.source,
        empty=Words("没有记录，可由户信息比对发现。", "Nobody is listed: find them from the registry."),
    )
    return View(TITLE, data, listing)


@section.page(
    "/assistance/entitlements/{entitlement_id}",
    "assistance.read",
    "monitoring/register_entry.html",
    area_of=area,
)
def show_entitlement(ask: MonitoringAsk, entitlement_id: str) -> View:
    """Show one entitlement with assessment, decision and payments."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, entitlements, entitlement_id)
        payments = payments_of(connection, entitlement_id)
    limit = ask.service.assistance.decide_days.entry_on(one["found_on"])
    monthly = ask.service.assistance.monthly.entry_on(ask.today)
    marks = [limit_mark(f"认定期限{limit.value}天", f"decided within {limit.value} days", limit)]
    if one["state"] == "found":
        marks.append(limit_mark("建议金额", "the proposed amount", monthly))
    entries = [
        TimelineEntry(
            day,
            Words(
                f"发放 {month[:4]}年{month[4:]}月 {yuan_text(amount)} 元",
                f"Paid {yuan_text(amount)}, {month}",
            ),
        )
        for day, month, amount in payments
    ]
    data = entry_data(
        _facts(one),
        acts=_acts(ask, one, monthly.value[one["kind"]]),
        marks=marks,
        links=(
            Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),
            Link(Words("收入台账", "Income"), f"/households/{one.household_id}/income"),
        ),
        entries=entries,
    )
    crumbs = (Crumb(TITLE, "/assistance/entitlements"), Crumb(whose(ask, one)))
    return View(whose(ask, one), data, crumbs=crumbs)


def _facts(one: Entry) -> list[tuple[Words, object]]:
    facts: list[tuple[Words, object]] = [
        (Words("状态", "State"), state_badge(STATES, one["state"])),
        (Words("类型", "Kind"), words_of("assistance_kind", one["kind"])),
        (Words("审批单位", "Decided by"), UNIT_OF[one["kind"]]),
        (Words("发现途径", "Found by"), words_of("assistance_source", one["found_by"])),
        (Words("发现日期", "Found"), one["found_on"]),
        (Words("认定期限", "Decide by"), one["due_on"]),
        (Words("认定日期", "Decided on"), one["decided_on"]),
        (
            Words("月金额（元）", "Monthly (yuan)"),
            yuan_text(one["monthly_fen"]) if one["monthly_fen"] else None,
        ),
    ]
    if one["income"] is not None:
        counted = Assessment(one["income"], one["rigid"], one["property_found"], one["exempt"])
        facts += [
            (Words("家庭收入（元）", "Income (yuan)"), yuan_text(one["income"])),
            (Words("刚性支出扣减（元）", "Rigid spending deducted"), yuan_text(one["rigid"])),
            (Words("核算收入（元）", "Counted income"), yuan_text(counted.counted_income)),
            (Words("家庭财产（元）", "Property (yuan)"), yuan_text(one["property_found"])),
            (Words("财产豁免（元）", "Property exempt"), yuan_text(one["exempt"])),
            (Words("核算财产（元）", "Counted property"), yuan_text(counted.counted_property)),
            (Words("核算说明", "Note"), one["note"] or None),
        ]
    ended = "assistance_refusal" if one["state"] == "refused" else "assistance_end"
    if one["reason"]:
        facts.append((Words("原因", "Reason"), words_of(ended, one["reason"])))
    return facts


def _acts(ask: MonitoringAsk, one: Entry, proposed: int) -> list[ActForm]:
    if unit_of(ask) not in ("", UNIT_OF[one["kind"]]):
        return []
    given = {"entitlement_id": one.id, "version": one["version"]}
    if one["state"] == "found":
        return [
            ActForm("assistance.assess", given),
            ActForm("assistance.grant", {**given, "monthly_fen": proposed, "unfolded": True}),
            ActForm("assistance.refuse", given),
        ]
    if one["state"] == "granted":
        return [
            ActForm("assistance.adjust", {**given, "monthly_fen": one["monthly_fen"]}),
            ActForm("assistance.end", given),
        ]
    return []
