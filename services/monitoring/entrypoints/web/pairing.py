"""The children of the five classes and their teachers: the register, one child, what can be done."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models_guarantee import (
    Entry,
    sums_due,
)
from services.monitoring.adapters.tables import paired_children
from services.monitoring.domain.education import pairing as rules
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.dropout import EDUCATION, TABS, section
from services.monitoring.entrypoints.web.guarantee import (
    entry_area,
    is_unit,
    listed,
    on_the_ground,
    shown_entry,
    state_badge,
    state_choices,
    state_column,
    sum_task,
    task_of,
    waiting_entries,
    whose,
    whose_columns,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import persons
from services.monitoring.entrypoints.web.register_page import ActForm, Filter, Link, entry_data, list_data
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.education import pairing
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column

PAIRING = Words("教师结对", "Paired teachers")
_child_area = entry_area(paired_children, "child_id")


class AddChildForm(Form):
    person_id: Annotated[str, Label("儿童", "Child", choices=persons)]
    child_class: Annotated[str, Label("类别", "Class", choices=choices_of("special_child"))]


class PairForm(Form):
    version: Version
    teacher: Annotated[str, Field(min_length=1, max_length=60), Label("结对教师", "Teacher")]
    on: OnDay = None


class DayForm(Form):
    version: Version
    on: OnDay = None


class NowForm(Form):
    """Nothing to fill in: it happens today."""


def pairing_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the children without a teacher: their number for the bureau, each for those on the ground."""
    bureau = is_unit(ask, EDUCATION)
    if not (bureau or on_the_ground(ask)):
        return
    children = paired_children.c
    if bureau:
        for due in sums_due(connection, paired_children, children.state, "", children.state == "listed"):
            path = "/education/pairing?state=listed"
            yield sum_task(ask, "特殊困难儿童结对教师", "Pair children with teachers", path, due)
        return
    for one in waiting_entries(ask, connection, paired_children, children.state == "listed"):
        words = Words("特殊困难儿童结对教师", "Pair a child with a teacher")
        yield task_of(one, words, f"/education/pairing/{one.id}")


@section.page("/education/pairing", "education.read", "monitoring/register_list.html", area_of=own_area)
def list_children(ask: MonitoringAsk, state: str = "", child_class: str = "") -> View:
    """List the children of the five classes with their teachers."""
    columns = paired_children.c
    conditions = [columns.state == state] if state in rules.STATES else []
    conditions += [columns.child_class == child_class] if child_class else []
    shown = (
        *whose_columns(ask, lambda one: f"/education/pairing/{one.id}"),
        Column[Entry]("类别", "Class", lambda one: words_of("special_child", one["child_class"])),
        Column[Entry]("教师", "Teacher", lambda one: one["teacher"] or None),
        Column[Entry]("结对日期", "Paired on", lambda one: one["paired_on"]),
        Column[Entry]("期限", "By", lambda one: one["due_on"]),
        state_column(ask, rules.STATES, ("listed",)),
    )
    with read(ask) as connection:
        listing = listed(
            ask, connection, paired_children, shown, conditions=conditions, order=(columns.due_on,)
        )
    classes = [(one, words_of("special_child", one)) for one in rules.CLASSES]
    data = list_data(
        tabs=TABS,
        filters=[
            Filter("state", Words("状态", "State"), state_choices(rules.STATES), state),
            Filter("child_class", Words("类别", "Class"), classes, child_class),
        ],
        acts=[ActForm("pairing.list", {})],
        note=Words(
            "工作要点要求五类特殊困难儿童少年教师结对；五类的构成由推定。",
            "The plan asks for a teacher for the children of five classes; which five is inferred.",
        ),
        source="推定：工作要点没有写明五类 / inferred: the plan does not say which five",
        empty=Words("名单为空，请由户信息生成。", "Nobody is listed: find them from the registry."),
    )
    return View(PAIRING, data, listing)


@section.page(
    "/education/pairing/{child_id}", "education.read", "monitoring/register_entry.html", area_of=_child_area
)
def show_child(ask: MonitoringAsk, child_id: str) -> View:
    """Show one child and its teacher."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, paired_children, child_id)
    given = {"child_id": one.id, "version": one["version"]}
    data = entry_data(
        [
            (Words("状态", "State"), state_badge(rules.STATES, one["state"])),
            (Words("类别", "Class"), words_of("special_child", one["child_class"])),
            (Words("教师", "Teacher"), one["teacher"] or None),
            (Words("列入日期", "Listed on"), one["listed_on"]),
            (Words("结对期限", "To be paired by"), one["due_on"]),
            (Words("结对日期", "Paired on"), one["paired_on"]),
        ],
        acts=[ActForm("pairing.pair", {**given, "unfolded": True}), ActForm("pairing.end", given)]
        if one["state"] != "ended"
        else (),
        links=(Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),),
    )
    crumbs = (Crumb(PAIRING, "/education/pairing"), Crumb(whose(ask, one)))
    return View(whose(ask, one), data, crumbs=crumbs)


@section.action(
    "/education/pairing/list",
    "pairing.list",
    Words("由户信息生成名单", "Find the children from the registry"),
    NowForm,
    permission="education.aid",
    area_of=own_area,
)
def list_from_registry(act: MonitoringAct, form: NowForm) -> Done:  # noqa: ARG001  (nothing to fill in)
    command = pairing.ListSpecialChildren(on=act.today)
    new = pairing.list_special_children(command, act.service.uow(), act.service.education)
    return Done("/education/pairing", f"新增 {new} 名儿童", f"{new} more children", {"new": new})


@section.action(
    "/households/{household_id}/pairing",
    "pairing.add",
    Words("列入五类特殊困难儿童", "List a special child"),
    AddChildForm,
    permission="education.work",
    area_of=household_area,
)
def add_child(act: MonitoringAct, form: AddChildForm, household_id: str) -> Done:
    command = pairing.AddSpecialChild(
        household_id=household_id, person_id=form.person_id, child_class=form.child_class, on=act.today
    )
    child_id = pairing.add_special_child(command, act.uow(), act.service.education)
    return Done(f"/education/pairing/{child_id}", "已列入名单", "Listed", {"id": child_id}, created=True)


@section.action(
    "/education/pairing/{child_id}/pair",
    "pairing.pair",
    Words("结对教师", "Pair with a teacher"),
    PairForm,
    permission="education.work",
    area_of=_child_area,
)
def pair(act: MonitoringAct, form: PairForm, child_id: str) -> Done:
    command = pairing.PairChild(
        child_id=child_id, teacher=form.teacher, on=form.on or act.today, version=form.version
    )
    pairing.pair_child(command, act.uow())
    return Done(f"/education/pairing/{child_id}", "已结对", "Paired", {"id": child_id})


@section.action(
    "/education/pairing/{child_id}/end",
    "pairing.end",
    Words("移出名单", "Take off the list"),
    DayForm,
    permission="education.work",
    area_of=_child_area,
    danger=True,
)
def end_pairing(act: MonitoringAct, form: DayForm, child_id: str) -> Done:
    command = pairing.EndPairing(child_id=child_id, on=form.on or act.today, version=form.version)
    pairing.end_pairing(command, act.uow())
    return Done("/education/pairing", "已移出名单", "Taken off the list", {"id": child_id})
