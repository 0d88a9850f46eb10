"""Departments' lists: what is owed and delivered for a month, one list with its rows, doubtful matches."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from services.monitoring.adapters.read_models_comparison import (
    ListShown,
    RowShown,
    delivered,
    find_lists,
    find_rows,
    list_shown,
)
from services.monitoring.domain.comparison.department_list import ListDuty
from services.monitoring.domain.comparison.errors import DepartmentListNotFoundError
from services.monitoring.domain.comparison.row import columns_of
from services.monitoring.entrypoints.web.comparison.place import (
    known,
    month_asked,
    month_words,
    require_own,
    unit_of,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import due_badge, words_of
from services.monitoring.service_layer.comparison.department_list import ConfirmMatch, confirm_match
from services.monitoring.service_layer.comparison.income_list import ScreenIncomes, screen_incomes
from shared.areas import areas
from shared.kernel.period import Month
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("department-list")

LISTS = Words("部门名单", "Department lists")


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A list that is owed for the month, and whether it came."""

    kind: str
    label: Words
    department: str
    named: bool
    due_on: date
    state: Badge
    list_id: str
    rows: int


class MatchForm(Form):
    line: Annotated[int, Field(ge=1), Label("行号", "Line", widget="hidden")]
    same: Annotated[
        str,
        Field(pattern="^(yes|no)$"),
        Label(
            "是否同一人",
            "The same person",
            choices=(Choice("yes", "是同一人", "yes"), Choice("no", "不是同一人", "no")),
            widget="radio",
        ),
    ]


class ScreenForm(Form):
    month: Annotated[
        str,
        Field(pattern="^20[0-9]{2}(0[1-9]|1[0-2])$"),
        Label("月份（YYYYMM）", "Month (YYYYMM)", hint_zh="按本年最新收入台账筛查", hint_en="newest ledgers"),
    ]


@section.page("/department-lists", "department_list.read", "monitoring/department_lists.html")
def list_lists(ask: MonitoringAsk, month: str = "") -> View:
    """Show what is owed for a month (the one before this), and every list that came for it."""
    asked = month_asked(month) or Month.of(ask.today).plus(-1)
    about = str(asked)
    unit = unit_of(ask.officer)
    with read(ask) as connection:
        came = delivered(connection, about)
        rows, total = find_lists(
            connection, department=unit, month=about, limit=ask.paging.size, offset=ask.paging.offset
        )
    owed = [
        _duty(ask, kind, duty, came.get(kind), asked)
        for kind, duty in ask.service.comparison.owed(asked).items()
        if unit in ("", duty.department)
    ]
    named = {one.department for one in owed if one.named}
    missing = {one.department for one in owed if one.named and not one.list_id}
    data = {
        "month": about,
        "month_words": month_words(about),
        "unit": unit,
        "owed": sorted(owed, key=lambda one: (bool(one.list_id), not one.named, one.department)),
        "named": len(named),
        "delivering": len(named - missing),
        "source": ask.service.comparison.duties["insured"].entry_on(ask.today).source,
    }
    return View(LISTS, data, Listing(_columns(), rows, total, ask.paging))


@section.page("/department-lists/{list_id}", "department_list.read", "monitoring/department_list.html")
def show_list(ask: MonitoringAsk, list_id: str, matched: str = "") -> View:
    """Show one list: its counts, and its rows by how they were matched."""
    with read(ask) as connection:
        one = known(list_shown(connection, list_id), DepartmentListNotFoundError)
        require_own(ask, one.department)
        rows, total = find_rows(
            connection, list_id, matched=matched, limit=ask.paging.size, offset=ask.paging.offset
        )
    title = _title(one)
    data = {"list": one, "month": month_words(one.month), "matched": matched, "waiting": _waiting(rows)}
    crumbs = (Crumb(LISTS, "/department-lists"), Crumb(title))
    return View(title, data, Listing(_row_columns(one.kind), rows, total, ask.paging), crumbs)


@section.action(
    "/department-lists/{list_id}/match",
    "department_list.confirm",
    Words("确认匹配", "Decide on the match"),
    MatchForm,
)
def decide_match(act: MonitoringAct, form: MatchForm, list_id: str) -> Done:
    with read(act) as connection:
        require_own(act, known(list_shown(connection, list_id), DepartmentListNotFoundError).department)
    command = ConfirmMatch(
        list_id=list_id, line=form.line, same=form.same == "yes", by=act.officer.account_id
    )
    confirm_match(command, act.uow(), act.service.comparison, act.service.clue_policy)
    return Done(f"/department-lists/{list_id}?matched=name", "已确认", "Decided", {"id": list_id})


@section.action(
    "/department-lists/incomes",
    "department_list.screen",
    Words("按收入台账筛查（县乡村振兴局）", "Screen the income ledgers"),
    ScreenForm,
)
def screen(act: MonitoringAct, form: ScreenForm) -> Done:
    command = ScreenIncomes(month=form.month, by=act.officer.account_id)
    list_id = screen_incomes(command, act.uow(), act.service.comparison, act.service.clue_policy)
    return Done(f"/department-lists/{list_id}", "已筛查", "Screened", {"id": list_id}, created=True)


def _title(one: ListShown) -> Words:
    kind, month = words_of("department_list", one.kind), month_words(one.month)
    return Words(f"{month.zh}{kind.zh}名单", f"{kind.en}, {month.en}")


def _waiting(rows: list[RowShown]) -> list[RowShown]:
    return [one for one in rows if one.matched == "name"]


def _duty(ask: MonitoringAsk, kind: str, duty: ListDuty, came: ListShown | None, month: Month) -> DutyShown:
    due_on = duty.due_on(month)
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    state = due_badge(due_on, ask.today, near)
    if came is not None:
        late = came.received_on > due_on
        state = (
            Badge("yellow", Words("迟报", "late")) if late else Badge("green", Words("已报送", "delivered"))
        )
    return DutyShown(
        kind,
        words_of("department_list", kind),
        duty.department,
        duty.named,
        due_on,
        state,
        came.id if came else "",
        came.rows if came else 0,
    )


def _columns() -> tuple[Column[ListShown], ...]:
    return (
        Column[ListShown]("名单", "List", _title, link=lambda row: f"/department-lists/{row.id}"),
        Column[ListShown]("部门", "Department", lambda row: row.department),
        Column[ListShown]("接收日期", "Received", lambda row: row.received_on),
        Column[ListShown]("行数", "Rows", lambda row: row.rows, "number"),
        Column[ListShown]("已匹配", "Matched", lambda row: row.matched, "number"),
        Column[ListShown]("按姓名待确认", "By name", lambda row: row.by_name, "number"),
        Column[ListShown]("未匹配", "Not matched", lambda row: row.unmatched, "number"),
        Column[ListShown]("产生预警", "Warnings", lambda row: row.warnings, "number"),
        Column[ListShown]("新增差异", "Differences", lambda row: row.differences, "number"),
        Column[ListShown](
            "状态",
            "State",
            lambda row: (
                Badge("grey", Words("已被重报替换", "replaced"))
                if row.superseded_by
                else Badge("green", Words("有效", "in use"))
            ),
        ),
    )


def _row_columns(kind: str) -> tuple[Column[RowShown], ...]:
    said = [
        Column[RowShown](one.zh, one.en, _said(one.name, one.codes), "yuan" if one.type == "yuan" else "text")
        for one in columns_of(kind)[4:]
    ]
    return (
        Column[RowShown]("行", "Line", lambda row: row.line, "number"),
        Column[RowShown]("姓名", "Name", lambda row: row.head_name or None),
        Column[RowShown]("证件号", "Number", lambda row: row.masked_number or None),
        Column[RowShown]("户编号", "Household no.", lambda row: row.household_no or None),
        Column[RowShown](
            "所在村", "Village", lambda row: areas().full_name(row.area_code) if row.area_code else None
        ),
        *said,
        Column[RowShown]("匹配", "Match", lambda row: words_of("row_match", row.matched)),
        Column[RowShown](
            "原因", "Why", lambda row: words_of("match_reason", row.reason) if row.reason else None
        ),
    )


def _said(name: str, codes: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  (a column's value)
    def value(row: RowShown) -> object:
        given = row.said.get(name)
        return words_of(codes, given) if codes and given else given

    return value
