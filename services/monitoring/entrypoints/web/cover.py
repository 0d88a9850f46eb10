"""Basic medical insurance: who is not insured, the list of a year, and taking the insurance office's list."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.people import People
from services.monitoring.adapters.read_models_guarantee import (
    Due,
    Entry,
    Uninsured,
    find_uninsured,
    identified_of,
)
from services.monitoring.adapters.tables import medical_covers
from services.monitoring.domain.guarantee_errors import ListRowError, UnknownPersonNoError
from services.monitoring.domain.medical.cover import subsidy_doubtful
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.guarantee import (
    MOST_TASKS,
    is_unit,
    lines_of,
    listed,
    on_the_ground,
    sum_task,
    whose_columns,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import called, name_for, persons
from services.monitoring.entrypoints.web.register_page import ActForm, Figure, Filter, Link, list_data
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.medical.cover import CoverRow, RecordCovers, record_covers
from shared.areas import areas
from shared.contracts.codes import codes
from shared.kernel.money import fen
from shared.kernel.period import Month
from shared.web.asking import Done, View, own_area
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("medical")

INSURANCE, HEALTH = "县医保局", "县卫健局"
TITLE = Words("基本医保参保", "Medical insurance")
TABS = (
    Link(Words("未参保人员", "Not insured"), "/medical/uninsured"),
    Link(Words("参保名单", "Insured"), "/medical/covers"),
    Link(Words("住院结算", "Hospital stays"), "/medical/stays"),
    Link(Words("大病慢病", "Listed diseases"), "/medical/diseases"),
)
_SCHEMES = {code.zh: code.value for code in codes()["cover_scheme"]}

Year = Annotated[int, Field(ge=2015, le=2100), Label("年度", "Year")]


class ListForm(Form):
    year: Year
    rows: Annotated[
        str,
        Field(min_length=1, max_length=200_000),
        Label(
            "参保名单",
            "The list",
            hint_zh="每行一人：人员编号,参保类型（城乡居民、城镇职工、未参保）,参保资助（元，可不填）；可从表格直接粘贴",
            hint_en="one person a line: person's number,resident|employee|none,premium subsidy in yuan",
            lines=8,
        ),
    ]


class OneForm(Form):
    person_id: Annotated[str, Label("成员", "Member", choices=persons)]
    year: Year
    scheme: Annotated[
        Literal["resident", "employee", "none"],
        Label("参保类型", "Insurance", choices=choices_of("cover_scheme"), widget="radio"),
    ]
    subsidy_fen: Annotated[
        int, Field(ge=0, le=10**7), Label("参保资助（元）", "Premium subsidy (yuan)", widget="yuan")
    ] = 0


def cover_due(ask: MonitoringAsk, year: int) -> date:
    """Return the day by which the cover of *year* is to be on record."""
    return Month(year, ask.service.medical.cover_by_month.on(ask.today)).last_day


def cover_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield who is to be insured: their number for the insurance office, each for those on the ground."""
    office = is_unit(ask, INSURANCE)
    if not (office or on_the_ground(ask)):
        return
    year = ask.today.year
    rows, total = find_uninsured(
        connection, year, area_code=ask.officer.area_code, limit=0 if office else MOST_TASKS
    )
    if office and total:
        due = Due("", total, cover_due(ask, year))
        zh, en = "脱贫和监测人口未参保", "Lifted-out and monitored people not insured"
        yield sum_task(ask, zh, en, "/medical/uninsured", due)
    for one in rows:
        words = Words("动员参加基本医保", "Have somebody insured")
        path = f"/households/{one.household_id}/guarantees"
        yield Task(words, path, one.household_no, one.head_name, one.area_code, cover_due(ask, year))


@section.page("/medical/uninsured", "cover.read", "monitoring/register_list.html", area_of=own_area)
def list_uninsured(ask: MonitoringAsk, year: str = "") -> View:
    """List who of the lifted-out and monitored is not insured for a year."""
    chosen = _year(year, ask)
    with read(ask) as connection:
        rows, total = find_uninsured(
            connection,
            chosen,
            area_code=ask.officer.area_code,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    masked = [
        Uninsured(
            **{
                **{name: getattr(one, name) for name in Uninsured.__slots__},
                "person_name": name_for(ask.officer, one.person_name),
                "head_name": name_for(ask.officer, one.head_name),
            }
        )
        for one in rows
    ]
    columns = (
        Column[Uninsured](
            "姓名",
            "Name",
            lambda one: one.person_name,
            link=lambda one: f"/households/{one.household_id}",
        ),
        Column[Uninsured]("人员编号", "Person's no.", lambda one: one.person_no),
        Column[Uninsured](
            "农户", "Household", lambda one: called(ask.officer, one.household_no, one.head_name)
        ),
        Column[Uninsured]("所在村", "Village", lambda one: areas().full_name(one.area_code)),
        Column[Uninsured]("依据", "By", _source_of),
    )
    limit = ask.service.medical.cover_by_month.entry_on(ask.today)
    data = list_data(
        tabs=TABS,
        figures=[Figure(Words(f"{chosen}年未参保", f"not insured in {chosen}"), str(total))],
        filters=[Filter("year", Words("年度", "Year"), _years(ask), str(chosen))],
        acts=[ActForm("cover.list", {"year": chosen})],
        note=Words(
            f"应参保率100%：脱贫户、监测户成员应于{limit.value}月底前落实参保。医保局名单没有的，按户信息。",
            "All of lifted-out and monitored households are to be insured by the end of month "
            f"{limit.value}. For whom the office's list says nothing, the registry's entry counts.",
        ),
        source="" if limit.confirmed else limit.source,
        empty=Words("全部已参保。", "Everybody is insured."),
    )
    return View(Words("未参保人员", "Not insured"), data, Listing(columns, masked, total, ask.paging))


@section.page("/medical/covers", "cover.read", "monitoring/register_list.html", area_of=own_area)
def list_covers(ask: MonitoringAsk, year: str = "", scheme: str = "") -> View:
    """List the insurance office's entries of a year, with doubtful subsidies marked."""
    chosen = _year(year, ask)
    conditions = [medical_covers.c.year == chosen]
    conditions += [medical_covers.c.scheme == scheme] if scheme else []
    cutoff = ask.service.medical.subsidy_cutoff_month.on(date(chosen, 12, 31))
    identified: dict[str, date] = {}

    def subsidy(one: Entry) -> object:
        day = identified.get(one.household_id)
        if subsidy_doubtful(one["subsidy_fen"], day, chosen, cutoff):
            return Badge("yellow", Words("识别晚于资助截止，请核对", "identified after the cut-off"))
        return None

    columns = (
        *whose_columns(ask, lambda one: f"/households/{one.household_id}"),
        Column[Entry]("参保类型", "Insurance", lambda one: words_of("cover_scheme", one["scheme"])),
        Column[Entry]("参保资助（元）", "Subsidy (yuan)", lambda one: one["subsidy_fen"], "yuan"),
        Column[Entry]("提示", "Check", subsidy),
        Column[Entry]("登记日期", "Recorded", lambda one: one["recorded_on"]),
    )
    with read(ask) as connection:
        listing = listed(ask, connection, medical_covers, columns, conditions=conditions)
        identified |= identified_of(connection, [one.household_id for one in listing.rows])
    limit = ask.service.medical.subsidy_cutoff_month.entry_on(date(chosen, 12, 31))
    schemes = [(one, words_of("cover_scheme", one)) for one in ("resident", "employee", "none")]
    data = list_data(
        tabs=TABS,
        filters=[
            Filter("year", Words("年度", "Year"), _years(ask), str(chosen)),
            Filter("scheme", Words("参保类型", "Insurance"), schemes, scheme),
        ],
        acts=[ActForm("cover.list", {"year": chosen})],
        note=Words(
            f"{limit.value}月起新识别的监测对象一般不享受当年参保资助，仅作提示。",
            f"Those identified from month {limit.value} on have no subsidy of the year: only marked.",
        ),
        source="" if limit.confirmed else limit.source,
        empty=Words("还没有这一年度的参保名单。", "There is no list of this year yet."),
    )
    return View(TITLE, data, listing)


def _source_of(one: Uninsured) -> Words:
    if one.scheme == "none":
        return Words("医保局名单：未参保", "the insurance office's list")
    return Words("户信息：未登记参保", "the household's record")


def _year(text: str, ask: MonitoringAsk) -> int:
    return int(text) if text in {value for value, _ in _years(ask)} else ask.today.year


def _years(ask: MonitoringAsk) -> list[tuple[str, Words]]:
    years = [str(ask.today.year + step) for step in (1, 0, -1, -2)]
    return [(one, Words(one, one)) for one in years]


@section.action(
    "/medical/covers",
    "cover.list",
    Words("导入参保名单", "Take the insurance list"),
    ListForm,
    permission="cover.record",
    area_of=own_area,
)
def take_list(act: MonitoringAct, form: ListForm) -> Done:
    lines = lines_of(form.rows, 3)
    with read(act) as connection:
        known = People(connection).by_number([cells[0] for _, cells in lines])
    rows = []
    for line, (number, scheme, subsidy) in lines:
        if number not in known:
            raise UnknownPersonNoError(line=line)
        code = _SCHEMES.get(scheme, scheme)
        try:
            amount = fen(subsidy or "0")
        except ValueError as error:
            raise ListRowError(line=line) from error
        if code not in _SCHEMES.values():
            raise ListRowError(line=line)
        rows.append(CoverRow(known[number].household_id, known[number].person_id, code, amount))
    command = RecordCovers(year=form.year, on=act.today, rows=tuple(rows))
    # Several transactions, each repeatable by itself: the request's own key would fit only one.
    came = record_covers(command, act.service.uow(), act.service.checks)
    zh = f"已登记 {came.changed} 人，{came.unchanged} 人无变化"
    zh += f"；{len(came.refused)} 户户信息有矛盾，请在农户页更正" if came.refused else ""
    body = {"changed": came.changed, "unchanged": came.unchanged, "refused": list(came.refused)}
    path = f"/medical/covers?year={form.year}"
    return Done(path, zh, f"{came.changed} recorded, {came.unchanged} as before", body)


@section.action(
    "/households/{household_id}/cover",
    "cover.record",
    Words("登记参保", "Record the insurance"),
    OneForm,
    area_of=household_area,
)
def record_one(act: MonitoringAct, form: OneForm, household_id: str) -> Done:
    row = CoverRow(household_id, form.person_id, form.scheme, form.subsidy_fen)
    command = RecordCovers(year=form.year, on=act.today, rows=(row,))
    came = record_covers(command, act.uow(), act.service.checks)
    path = f"/households/{household_id}/guarantees"
    return Done(path, "参保已登记", "The insurance is recorded", {"changed": came.changed})
