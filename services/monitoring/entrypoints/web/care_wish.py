"""Care in homes of destitute people with a mental disorder: the register, one wish, what can be done."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models_guarantee import Entry
from services.monitoring.adapters.tables import care_wishes
from services.monitoring.domain.assistance.care_wish import STATES
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
from services.monitoring.entrypoints.web.people import persons
from services.monitoring.entrypoints.web.register_page import (
    ActForm,
    Filter,
    Link,
    entry_data,
    limit_mark,
    list_data,
)
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.assistance import care_wish
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column

TITLE = Words("特困精神障碍集中供养", "Care in homes")
_area = entry_area(care_wishes, "wish_id")


class WishForm(Form):
    person_id: Annotated[str, Label("对象", "Person", choices=persons)]
    on: OnDay = None


class PlaceForm(Form):
    version: Version
    home: Annotated[str, Field(min_length=1, max_length=100), Label("供养机构", "Home")]
    on: OnDay = None


class EndForm(Form):
    version: Version
    note: Annotated[str, Field(min_length=4, max_length=200), Label("结束原因", "Why it ends")]
    on: OnDay = None


def care_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield who waits for a place, for the civil affairs office."""
    if is_unit(ask, CIVIL):
        for one in waiting_entries(ask, connection, care_wishes, care_wishes.c.state == "wished"):
            words = Words("安置集中供养", "Find a place in a home")
            yield task_of(one, words, f"/assistance/care/{one.id}")


@section.page("/assistance/care", "relief.read", "monitoring/register_list.html", area_of=own_area)
def list_wishes(ask: MonitoringAsk, state: str = "") -> View:
    """List who asks to be cared for, and where they are."""
    columns = care_wishes.c
    conditions = [columns.state == state] if state in STATES else []
    shown = (
        *whose_columns(ask, lambda one: f"/assistance/care/{one.id}"),
        Column[Entry]("意愿日期", "Wished", lambda one: one["wished_on"]),
        Column[Entry]("安置期限", "By", lambda one: one["due_on"]),
        Column[Entry]("供养机构", "Home", lambda one: one["home"] or None),
        Column[Entry]("入住日期", "Placed", lambda one: one["placed_on"]),
        state_column(ask, STATES, ("wished",)),
    )
    with read(ask) as connection:
        listing = listed(ask, connection, care_wishes, shown, conditions=conditions, order=(columns.due_on,))
    limit = ask.service.assistance.care_days.entry_on(ask.today)
    data = list_data(
        tabs=TABS,
        filters=[Filter("state", Words("状态", "State"), state_choices(STATES), state)],
        note=Words(
            f"有集中供养需求的特困精神障碍人员应养尽养，{limit.value}天内安置。",
            f"Destitute people with a mental disorder who wish it have a place within {limit.value} days.",
        ),
        source="" if limit.confirmed else limit.source,
        empty=Words("没有集中供养意愿。", "Nobody asks for it."),
    )
    return View(TITLE, data, listing)


@section.page("/assistance/care/{wish_id}", "relief.read", "monitoring/register_entry.html", area_of=_area)
def show_wish(ask: MonitoringAsk, wish_id: str) -> View:
    """Show one wish and the home."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, care_wishes, wish_id)
    given = {"wish_id": one.id, "version": one["version"]}
    acts = [ActForm("care.place", {**given, "unfolded": True})] if one["state"] == "wished" else []
    limit = ask.service.assistance.care_days.entry_on(one["wished_on"])
    data = entry_data(
        [
            (Words("状态", "State"), state_badge(STATES, one["state"])),
            (Words("意愿日期", "Wished"), one["wished_on"]),
            (Words("安置期限", "By"), one["due_on"]),
            (Words("供养机构", "Home"), one["home"] or None),
            (Words("入住日期", "Placed"), one["placed_on"]),
            (Words("结束日期", "Ended"), one["ended_on"]),
            (Words("说明", "Note"), one["note"] or None),
        ],
        acts=[*acts, ActForm("care.end", given)] if one["state"] != "ended" else (),
        marks=(limit_mark(f"安置期限{limit.value}天", f"placed within {limit.value} days", limit),),
        links=(Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),),
    )
    return View(whose(ask, one), data, crumbs=(Crumb(TITLE, "/assistance/care"), Crumb(whose(ask, one))))


@section.action(
    "/households/{household_id}/care",
    "care.wish",
    Words("登记集中供养意愿", "Record a wish for care"),
    WishForm,
    permission="care.work",
    area_of=household_area,
)
def wish(act: MonitoringAct, form: WishForm, household_id: str) -> Done:
    command = care_wish.RecordCareWish(
        household_id=household_id, person_id=form.person_id, on=form.on or act.today
    )
    id_ = care_wish.record_care_wish(command, act.uow(), act.service.assistance)
    return Done(f"/assistance/care/{id_}", "意愿已登记", "The wish is recorded", {"id": id_}, created=True)


@section.action(
    "/assistance/care/{wish_id}/place",
    "care.place",
    Words("登记入住", "Record the home"),
    PlaceForm,
    permission="care.work",
    area_of=_area,
)
def place(act: MonitoringAct, form: PlaceForm, wish_id: str) -> Done:
    command = care_wish.PlaceInCare(
        wish_id=wish_id, home=form.home, on=form.on or act.today, version=form.version
    )
    care_wish.place_in_care(command, act.uow())
    return Done(f"/assistance/care/{wish_id}", "已登记入住", "Recorded", {"id": wish_id})


@section.action(
    "/assistance/care/{wish_id}/end",
    "care.end",
    Words("结束", "End"),
    EndForm,
    permission="care.work",
    area_of=_area,
    danger=True,
)
def end(act: MonitoringAct, form: EndForm, wish_id: str) -> Done:
    command = care_wish.EndCare(
        wish_id=wish_id, note=form.note, on=form.on or act.today, version=form.version
    )
    care_wish.end_care(command, act.uow())
    return Done(f"/assistance/care/{wish_id}", "已结束", "Ended", {"id": wish_id})
