"""Teaching at home: the month view of who is behind, one pupil with its lessons, what can be done."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models_guarantee import Entry, find_entries, home_visits_of, visits_in
from services.monitoring.adapters.tables import home_pupils
from services.monitoring.domain.education import home_teaching as rules
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.dropout import EDUCATION, TABS, section
from services.monitoring.entrypoints.web.guarantee import (
    MOST_TASKS,
    entry_area,
    is_unit,
    listed,
    on_the_ground,
    shown_entry,
    state_badge,
    state_choices,
    state_column,
    task_of,
    whose,
    whose_columns,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import persons
from services.monitoring.entrypoints.web.register_page import ActForm, Filter, Link, entry_data, list_data
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.education import home_teaching
from shared.kernel.period import Month
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column

TITLE = Words("送教上门", "Teaching at home")
_area = entry_area(home_pupils, "pupil_id")
_running = home_pupils.c.state == "running"
Teacher = Annotated[str, Field(max_length=60)]


class BeginForm(Form):
    person_id: Annotated[str, Label("学生", "Pupil", choices=persons)]
    teacher: Annotated[Teacher, Label("送教教师", "Teacher")] = ""
    on: OnDay = None


class VisitForm(Form):
    on: OnDay = None
    lessons: Annotated[int, Field(ge=1, le=10), Label("课时", "Lessons")] = 1
    teacher: Annotated[
        Teacher,
        Label("送教教师", "Teacher", hint_zh="不填即为本人教师", hint_en="empty: the pupil's own"),
    ] = ""
    note: Note = ""


class EndForm(Form):
    version: Version
    reason: Annotated[str, Label("结束原因", "Reason", choices=choices_of("home_teaching_end"))]
    on: OnDay = None


def teaching_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the pupils who have too few lessons this month."""
    if not (is_unit(ask, EDUCATION) or on_the_ground(ask)):
        return
    month = Month.of(ask.today)
    made = visits_in(connection, month)
    for one in _pupils(ask, connection):
        missing = rules.behind(one["visits_a_month"], made, one.id)
        if missing and one["began_on"] <= month.first_day:
            words = Words(f"本月送教上门还差{missing}次", f"Teach at home: {missing} more this month")
            yield task_of(one, words, f"/education/home-teaching/{one.id}", month.last_day)


def _pupils(ask: MonitoringAsk, connection: Connection) -> list[Entry]:
    rows, _total = find_entries(
        connection,
        home_pupils,
        area_code=ask.officer.area_code,
        conditions=(_running,),
        limit=MOST_TASKS,
    )
    return rows


@section.page("/education/home-teaching", "education.read", "monitoring/register_list.html", area_of=own_area)
def list_pupils(ask: MonitoringAsk, month: str = "", state: str = "running") -> View:
    """List the children taught at home with their lessons of a month; who is behind is marked."""
    chosen = _month(month, ask)
    conditions = (home_pupils.c.state == state,) if state in rules.STATES else ()
    with read(ask) as connection:
        made = visits_in(connection, chosen)
        listing = listed(ask, connection, home_pupils, _columns(ask, chosen, made), conditions=conditions)
    wanted = ask.service.education.home_visits_a_month.entry_on(ask.today)
    data = list_data(
        tabs=TABS,
        filters=[
            Filter("month", Words("月份", "Month"), _months(ask), str(chosen)),
            Filter("state", Words("状态", "State"), state_choices(rules.STATES), state),
        ],
        note=Words(
            f"“一对一”送教，每月不少于{wanted.value}次。在农户保障页开始送教。",
            f"One to one, at least {wanted.value} times a month. It begins on the household's page.",
        ),
        source="" if wanted.confirmed else wanted.source,
        empty=Words("没有送教上门学生。", "Nobody is taught at home."),
    )
    return View(TITLE, data, listing)


def _columns(ask: MonitoringAsk, month: Month, made: dict[str, int]) -> tuple[Column[Entry], ...]:
    def standing(one: Entry) -> Badge:
        missing = rules.behind(one["visits_a_month"], made, one.id)
        if not missing:
            return Badge("green", Words("达标", "enough"))
        whole = rules.whole_month(one["began_on"], one["ended_on"], month)
        if not whole:
            return Badge("grey", Words("非整月", "not the whole month"))
        over = month < Month.of(ask.today)
        return Badge("red" if over else "yellow", Words(f"差{missing}次", f"{missing} missing"))

    return (
        *whose_columns(ask, lambda one: f"/education/home-teaching/{one.id}"),
        Column[Entry]("教师", "Teacher", lambda one: one["teacher"] or None),
        Column[Entry]("开始", "Since", lambda one: one["began_on"]),
        Column[Entry]("当月次数", "This month", lambda one: made.get(one.id, 0), "number"),
        Column[Entry]("应送次数", "Wanted", lambda one: one["visits_a_month"], "number"),
        Column[Entry]("当月情况", "Standing", standing),
        state_column(ask, rules.STATES, ()),
    )


def _months(ask: MonitoringAsk) -> list[tuple[str, Words]]:
    last = [str(Month.of(ask.today).plus(-back)) for back in range(12)]
    return [(one, Words(one, one)) for one in last]


def _month(text: str, ask: MonitoringAsk) -> Month:
    now = Month.of(ask.today)
    last = [now.plus(-back) for back in range(24)]
    return next((one for one in last if str(one) == text), now)


@section.page(
    "/education/home-teaching/{pupil_id}", "education.read", "monitoring/register_entry.html", area_of=_area
)
def show_pupil(ask: MonitoringAsk, pupil_id: str) -> View:
    """Show one pupil with every lesson."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, home_pupils, pupil_id)
        visits = home_visits_of(connection, pupil_id) if ask.officer.role != "evaluator" else []
    given = {"pupil_id": one.id}
    data = entry_data(
        [
            (Words("状态", "State"), state_badge(rules.STATES, one["state"])),
            (Words("教师", "Teacher"), one["teacher"] or None),
            (Words("开始", "Since"), one["began_on"]),
            (Words("每月应送", "Wanted a month"), one["visits_a_month"]),
            (Words("累计次数", "Lessons so far"), len(visits)),
            (Words("结束", "Ended"), one["ended_on"]),
            (Words("结束原因", "Why it ended"), words_of("home_teaching_end", one["reason"])),
        ],
        acts=[
            ActForm("home_teaching.visit", {**given, "unfolded": True}),
            ActForm("home_teaching.end", {**given, "version": one["version"]}),
        ]
        if one["state"] == "running"
        else (),
        links=(Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),),
        entries=[
            TimelineEntry(
                day,
                Words(f"送教{lessons}课时", f"{lessons} lessons"),
                Words(f"{who} {note}", f"{who} {note}"),
            )
            for day, who, lessons, note in visits
        ],
    )
    crumbs = (Crumb(TITLE, "/education/home-teaching"), Crumb(whose(ask, one)))
    return View(whose(ask, one), data, crumbs=crumbs)


@section.action(
    "/households/{household_id}/home-teaching",
    "home_teaching.begin",
    Words("开始送教上门", "Begin teaching at home"),
    BeginForm,
    permission="education.work",
    area_of=household_area,
)
def begin(act: MonitoringAct, form: BeginForm, household_id: str) -> Done:
    command = home_teaching.BeginHomeTeaching(
        household_id=household_id, person_id=form.person_id, teacher=form.teacher, on=form.on or act.today
    )
    pupil_id = home_teaching.begin_home_teaching(command, act.uow(), act.service.education)
    path = f"/education/home-teaching/{pupil_id}"
    return Done(path, "已开始送教上门", "Teaching at home begins", {"id": pupil_id}, created=True)


@section.action(
    "/education/home-teaching/{pupil_id}/visits",
    "home_teaching.visit",
    Words("登记送教", "Record a lesson"),
    VisitForm,
    permission="education.work",
    area_of=_area,
)
def visit(act: MonitoringAct, form: VisitForm, pupil_id: str) -> Done:
    command = home_teaching.RecordHomeVisit(
        pupil_id=pupil_id,
        on=form.on or act.today,
        lessons=form.lessons,
        teacher=form.teacher,
        note=form.note,
    )
    visit_id = home_teaching.record_home_visit(command, act.uow())
    path = f"/education/home-teaching/{pupil_id}"
    return Done(path, "送教已登记", "The lesson is recorded", {"id": visit_id}, created=True)


@section.action(
    "/education/home-teaching/{pupil_id}/end",
    "home_teaching.end",
    Words("结束送教", "End teaching at home"),
    EndForm,
    permission="education.end",
    area_of=_area,
    danger=True,
)
def end(act: MonitoringAct, form: EndForm, pupil_id: str) -> Done:
    command = home_teaching.EndHomeTeaching(
        pupil_id=pupil_id, reason=form.reason, on=form.on or act.today, version=form.version
    )
    home_teaching.end_home_teaching(command, act.uow())
    return Done(f"/education/home-teaching/{pupil_id}", "已结束", "Ended", {"id": pupil_id})
