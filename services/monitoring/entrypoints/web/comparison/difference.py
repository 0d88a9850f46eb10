"""Differences between departments' lists and the register: whose turn it is, and the answer."""

from typing import Annotated, Literal

from services.monitoring.adapters.read_models_comparison import (
    DifferenceShown,
    difference_shown,
    differences_by_unit,
    find_differences,
)
from services.monitoring.domain.comparison.difference import DifferenceStep, Side
from services.monitoring.domain.comparison.errors import DifferenceNotFoundError
from services.monitoring.entrypoints.web.comparison.place import (
    difference_area,
    due,
    known,
    require_own,
    says,
    unit_of,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.people import rows_for
from services.monitoring.service_layer.comparison.difference import AnswerDifference, answer_difference
from shared.areas import areas
from shared.contracts.codes import codes
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("difference")

DIFFERENCES = Words("比对差异", "Differences")
_SIDES = {
    "register": Badge("yellow", Words("待镇村核对", "town and village to check")),
    "department": Badge("blue", Words("待部门核对", "department to check")),
}
SIDE_WORDS = {
    "open": Words("未办结", "open"),
    "register": Words("待镇村核对", "town and village"),
    "department": Words("待部门核对", "department"),
    "closed": Words("已办结", "closed"),
}


class RegisterForm(Form):
    version: Version
    step: Annotated[
        Literal["correct_register", "ask_department", "explain"],
        Label(
            "核对结果",
            "What was found",
            widget="radio",
            choices=(
                Choice(
                    "correct_register", "名单正确，台账已更正", "the list is right; the register is corrected"
                ),
                Choice(
                    "ask_department",
                    "台账正确，请部门更正名单",
                    "the register is right; the department is asked",
                ),
                Choice("explain", "两边都无误，说明原因", "both are right, for a reason"),
            ),
        ),
    ]
    note: Note = ""


class DepartmentForm(Form):
    version: Version
    step: Annotated[
        Literal["correct_list", "ask_register", "explain"],
        Label(
            "核对结果",
            "What was found",
            widget="radio",
            choices=(
                Choice(
                    "correct_list", "台账正确，名单已更正", "the register is right; the list is corrected"
                ),
                Choice("ask_register", "名单正确，请镇村更正台账", "the list is right; the town is asked"),
                Choice("explain", "两边都无误，说明原因", "both are right, for a reason"),
            ),
        ),
    ]
    note: Note = ""


@section.page("/differences", "difference.read", "monitoring/differences.html", area_of=own_area)
def list_differences(ask: MonitoringAsk, side: str = "", about: str = "", household: str = "") -> View:
    """List the differences of the officer's area or department; at first those that wait for the officer."""
    unit = unit_of(ask.officer)
    own = "department" if unit else "open" if ask.officer.role == "county" else "register"
    shown = side or own
    with read(ask) as connection:
        rows, total = find_differences(
            connection,
            area_code=ask.officer.area_code,
            department=unit,
            side="" if shown == "all" else shown,
            about=about,
            household_id=household,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        by_unit = differences_by_unit(connection) if ask.officer.role == "county" else []
    data = {
        "side": shown,
        "about": about,
        "sides": list(SIDE_WORDS.items()),
        "abouts": [(one.value, Words(one.zh, one.en)) for one in codes()["difference"]],
        "by_unit": [(unit, SIDE_WORDS[where], number) for unit, where, number in by_unit],
    }
    listing = Listing(columns(ask), rows_for(ask.officer, rows), total, ask.paging)
    return View(DIFFERENCES, data, listing)


@section.page(
    "/differences/{difference_id}",
    "difference.read",
    "monitoring/difference.html",
    area_of=difference_area,
)
def show_difference(ask: MonitoringAsk, difference_id: str) -> View:
    """Show what each side says of the person, and what can be done."""
    with read(ask) as connection:
        one = known(difference_shown(connection, difference_id), DifferenceNotFoundError)
    require_own(ask, one.department)
    of_department = bool(unit_of(ask.officer))
    about = words_of("difference", one.about)
    title = Words(f"{about.zh}：名单与台账不一致", f"{about.en}: list and register disagree")
    data = {
        "difference": one,
        "about": title,
        "person": one.head_name,
        "village": areas().full_name(one.area_code),
        "listed": says(one.listed),
        "registered": says(one.registered),
        "state": _state(one),
        "due": due(ask, one) if one.side != Side.CLOSED else None,
        "mine": one.side == (Side.DEPARTMENT if of_department else Side.REGISTER),
        "of_department": of_department,
        "limit": ask.service.comparison.difference_days.entry_on(one.found_on),
    }
    return View(title, data, crumbs=(Crumb(DIFFERENCES, "/differences"), Crumb(title)))


@section.action(
    "/differences/{difference_id}/register",
    "difference.answer",
    Words("提交核对结果", "Record what was found"),
    RegisterForm,
    area_of=difference_area,
)
def answer_for_register(act: MonitoringAct, form: RegisterForm, difference_id: str) -> Done:
    return _answered(act, form.step, form.note, form.version, difference_id)


@section.action(
    "/differences/{difference_id}/department",
    "difference.answer_department",
    Words("提交核对结果", "Record what was found"),
    DepartmentForm,
    area_of=difference_area,
)
def answer_for_department(act: MonitoringAct, form: DepartmentForm, difference_id: str) -> Done:
    return _answered(act, form.step, form.note, form.version, difference_id)


def _answered(act: MonitoringAct, step: str, note: str, version: int, difference_id: str) -> Done:
    answer_difference(
        AnswerDifference(
            difference_id=difference_id,
            step=DifferenceStep(step),
            unit=unit_of(act.officer),
            by=act.officer.account_id,
            note=note,
            version=version,
        ),
        act.uow(),
    )
    return Done("/differences", "核对结果已提交", "Recorded", {"id": difference_id})


def columns(ask: MonitoringAsk) -> tuple[Column[DifferenceShown], ...]:
    """Return the columns of a list of differences."""
    return (
        Column[DifferenceShown](
            "差异",
            "About",
            lambda row: words_of("difference", row.about),
            link=lambda row: f"/differences/{row.id}",
        ),
        Column[DifferenceShown]("姓名", "Name", lambda row: row.head_name),
        Column[DifferenceShown]("户编号", "Household no.", lambda row: row.household_no),
        Column[DifferenceShown]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[DifferenceShown]("部门", "Department", lambda row: row.department),
        Column[DifferenceShown]("部门名单", "List says", lambda row: says(row.listed)),
        Column[DifferenceShown]("台账", "Register says", lambda row: says(row.registered)),
        Column[DifferenceShown]("期限", "By", lambda row: row.due_on),
        Column[DifferenceShown]("时限", "Time", lambda row: due(ask, row) if not row.how else None),
        Column[DifferenceShown]("状态", "State", _state),
    )


def _state(row: DifferenceShown) -> Badge:
    return _SIDES.get(row.side) or Badge("green", words_of("difference_closed", row.how))
