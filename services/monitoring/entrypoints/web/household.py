"""Households: the list, the registration, and the page of one with everything known of it."""

from typing import Annotated

from pydantic import Field

from services.monitoring.adapters.income import latest_ledgers
from services.monitoring.adapters.read_models import (
    HouseholdRow,
    HouseholdSearch,
    changes_of,
    find_households,
    household_of,
    latest_case_of,
    place_names,
    timeline_of,
    visits_of,
    where_person_lives,
)
from services.monitoring.adapters.read_models_clue import clues_of
from services.monitoring.adapters.read_models_place import changes_under_way
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.errors import PersonNotFoundError
from services.monitoring.domain.household import MONITORED, ORDINARY
from services.monitoring.domain.particulars import identity_of
from services.monitoring.entrypoints.web.change import FORMS, deals_with
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.household_reduced import reduced, rows_reduced, sees_income
from services.monitoring.entrypoints.web.household_shown import (
    case_words,
    change_shown,
    clue_shown,
    facts,
    member_shown,
    visit_shown,
)
from services.monitoring.entrypoints.web.income import arithmetic
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.member import PersonFields
from services.monitoring.entrypoints.web.people import called, name_for, rows_for, sees_names
from services.monitoring.entrypoints.web.quality_shown import errors_of, shown_of
from services.monitoring.entrypoints.web.record import record_shown
from services.monitoring.entrypoints.web.timeline import entry_of
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    RegisterHousehold,
    correct_household,
    register_household,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("household")
_YES_NO = {"1": True, "0": False}


def villages(ask: MonitoringAsk) -> list[Choice]:
    """Return the villages of the officer's area, to choose from."""
    return [
        Choice(area.code, areas().full_name(area.code), areas().full_name(area.code))
        for area in areas().inside(ask.officer.area_code)
        if area.level == "village"
    ]


def ordinary_types() -> tuple[Choice, ...]:
    """Return the types an officer may record: what is monitored is decided on a case."""
    return tuple(one for one in choices_of("household_type") if one.value not in MONITORED)


class RegisterForm(Form):
    household_no: Annotated[
        str,
        Field(min_length=1, max_length=20, pattern="^[0-9A-Za-z-]+$"),
        Label("户编号", "Household number"),
    ]
    area_code: Annotated[str, Field(pattern="^[0-9]{12}$"), Label("所在村", "Village", choices=villages)]
    household_type: Annotated[str, Label("户类型", "Type", choices=ordinary_types())] = ORDINARY
    lifted_out: Annotated[bool, Label("脱贫户", "Lifted out of poverty")] = False
    lifted_out_year: Annotated[int | None, Field(ge=2014, le=2020), Label("脱贫年度", "Year lifted out")] = (
        None
    )
    relocated: Annotated[bool, Label("易地搬迁户", "Relocated")] = False
    address: Annotated[str, Field(max_length=200), Label("家庭住址", "Address")] = ""
    phone: Annotated[str, Field(max_length=11), Label("联系电话", "Telephone")] = ""
    persons: Annotated[
        tuple[PersonFields, ...], Field(min_length=1, max_length=20), Label("家庭成员", "Members", rows=4)
    ]
    on: OnDay = None


class CorrectForm(Form):
    version: Version
    area_code: Annotated[str, Field(pattern="^[0-9]{12}$"), Label("所在村", "Village", choices=villages)]
    household_type: Annotated[
        str | None,
        Label(
            "户类型",
            "Type",
            hint_zh="监测对象类别由识别程序确定，不填则保留原类型",
            hint_en="monitored classes come from the case; left empty, it stays as it is",
            choices=ordinary_types(),
        ),
    ] = None
    lifted_out: Annotated[bool, Label("脱贫户", "Lifted out of poverty")] = False
    relocated: Annotated[bool, Label("易地搬迁户", "Relocated")] = False
    address: Annotated[str, Field(max_length=200), Label("家庭住址", "Address")] = ""
    phone: Annotated[
        str | None,
        Field(max_length=11),
        Label("联系电话", "Telephone", hint_zh="不填则保留原号码", hint_en="left empty, it stays as it is"),
    ] = None


def _columns(ask: MonitoringAsk) -> tuple[Column[HouseholdRow], ...]:
    earned = Column[HouseholdRow](
        "人均纯收入（元）", "Net per head (yuan)", lambda row: row.net_per_head_fen, "yuan"
    )
    return (
        Column[HouseholdRow]("户编号", "Number", lambda row: row.household_no, link=_page),
        Column[HouseholdRow]("户主", "Head", lambda row: row.head_name, link=_page),
        Column[HouseholdRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[HouseholdRow]("人口", "Persons", lambda row: row.persons, "number"),
        Column[HouseholdRow]("户类型", "Type", lambda row: words_of("household_type", row.household_type)),
        *((earned,) if sees_income(ask.officer) else ()),
        Column[HouseholdRow]("识别程序", "Case", lambda row: case_words(row.case_state)),
    )


def _page(row: HouseholdRow) -> str:
    return f"/households/{row.id}"


@section.page("/households", "household.read", "monitoring/households.html", area_of=own_area)
def list_households(
    ask: MonitoringAsk,
    area: str = "",
    text: str = "",
    kind: str = "",
    state: str = "",
    lifted_out: str = "",
    relocated: str = "",
) -> View:
    """List the households of an area, searched by number or, by who sees names, by the head's."""
    inside = area if area in areas() and ask.officer.may_see(area) else ask.officer.area_code
    search = HouseholdSearch(
        area_code=inside,
        text=text.strip(),
        by_name=sees_names(ask.officer),
        household_type=kind,
        case_state=state,
        lifted_out=_YES_NO.get(lifted_out),
        relocated=_YES_NO.get(relocated),
    )
    with read(ask) as connection:
        rows, total = find_households(connection, search, limit=ask.paging.size, offset=ask.paging.offset)
    shown = rows_for(ask.officer, rows_reduced(ask.officer, rows))
    listing = Listing(_columns(ask), shown, total, ask.paging)
    data = {
        "search": {
            "area": inside,
            "text": search.text,
            "kind": kind,
            "state": state,
            "lifted_out": lifted_out,
            "relocated": relocated,
        },
        "areas": [
            (one.code, areas().full_name(one.code))
            for one in areas().inside(ask.officer.area_code)
            if one.level == "town" or ask.officer.role in ("town", "village")
        ],
        "kinds": [(one.value, one.words) for one in choices_of("household_type")],
        "states": [(one.value, case_words(one.value)) for one in CaseState],
    }
    return View(Words("农户", "Households"), data, listing)


class FindForm(Form):
    id_number: Annotated[
        str,
        Field(min_length=15, max_length=24),
        Label(
            "证件号码",
            "Document number",
            hint_zh="按完整号码查找；号码不会出现在网址和日志中",
            hint_en="the whole number; it enters no address and no log",
        ),
    ]


@section.action(
    "/households/find",
    "household.find",
    Words("按证件号码查找", "Find by document number"),
    FindForm,
    permission="household.search_number",
    area_of=own_area,
)
def find(act: MonitoringAct, form: FindForm) -> Done:
    with read(act) as connection:
        found = where_person_lives(connection, identity_of("01", form.id_number))
    if found is None or not act.officer.may_see(found[1]):
        raise PersonNotFoundError
    return Done(f"/households/{found[0]}", "已找到", "Found", {"id": found[0]})


@section.page("/households/new", "household.register", "monitoring/register.html", area_of=own_area)
def new_household(_ask: MonitoringAsk) -> View:
    """Show the form for a new household."""
    words = Words("登记农户", "Register a household")
    return View(words, {}, crumbs=(Crumb(Words("农户", "Households"), "/households"), Crumb(words)))


@section.action(
    "/households",
    "household.register",
    Words("登记农户", "Register"),
    RegisterForm,
    area_of=lambda _ask, given: str(given["area_code"]),
)
def register(act: MonitoringAct, form: RegisterForm) -> Done:
    household_id = register_household(
        RegisterHousehold(
            household_no=form.household_no,
            area_code=form.area_code,
            persons=tuple(person.person() for person in form.persons),
            on=form.on or act.today,
            household_type=form.household_type,
            lifted_out=form.lifted_out,
            lifted_out_year=form.lifted_out_year,
            relocated=form.relocated,
            address=form.address,
            phone=form.phone,
        ),
        act.uow(),
        act.service.checks,
    )
    return Done(f"/households/{household_id}", "已登记", "Registered", {"id": household_id}, created=True)


@section.page(
    "/households/{household_id}", "household.read", "monitoring/household.html", area_of=household_area
)
def show_household(ask: MonitoringAsk, household_id: str) -> View:
    """Show one household with everything known of it, and its timeline across departments."""
    with read(ask) as connection:
        household = household_of(connection, household_id)
        ledgers = latest_ledgers(connection, household_id, limit=1)
        happened = changes_of(connection, household_id)
        under_way = changes_under_way(connection, household_id)
        clues = clues_of(connection, household_id)
        visits = visits_of(connection, household_id)
        events = timeline_of(connection, household_id)
        errors = errors_of(connection, household_id, ask)
        places = place_names(
            connection, [one for one in (household.grid_id, household.resettlement_site_id) if one]
        )
        case_id, case_state = latest_case_of(connection, household_id) or (None, None)
    names = {member.id: name_for(ask.officer, member.name) for member in household.members}
    head = household.head
    data = {
        "household_id": household_id,
        "household": facts(household, ask),
        "version": household.version,
        "area_code": household.area_code,
        "first": {
            "area_code": household.area_code,
            "household_type": household.household_type,
            "lifted_out": household.lifted_out,
            "relocated": household.relocated,
            "address": "" if ask.officer.role == "evaluator" else household.address,
        },
        **record_shown(household, ask, places),
        "case_id": case_id,
        "case_state": case_words(case_state),
        "members": [member_shown(one, ask) for one in household.present],
        "left": [member_shown(one, ask) for one in household.members if not one.present],
        "errors": [shown_of(one, ask) for one in errors],
        "income": arithmetic(ledgers[0]) if ledgers else None,
        "changes": [change_shown(one, names, under_way, ask) for one in happened],
        "clues": [clue_shown(one) for one in clues],
        "visits": [visit_shown(one, ask) for one in visits],
        "timeline": [entry_of(one) for one in events],
        "kinds": [(kind, words) for kind, (_form, words) in FORMS.items() if deals_with(ask, kind)],
    }
    here = called(ask.officer, household.household_no, head.name if head else "")
    shown = reduced(ask.officer, data)
    return View(here, shown, crumbs=(Crumb(Words("农户", "Households"), "/households"), Crumb(here)))


@section.action(
    "/households/{household_id}/correct",
    "household.correct",
    Words("更正农户信息", "Correct the household"),
    CorrectForm,
    area_of=household_area,
)
def correct(act: MonitoringAct, form: CorrectForm, household_id: str) -> Done:
    act.ensure_area(form.area_code)
    changes = form.model_dump(exclude={"version"}, exclude_none=True)
    command = CorrectHousehold(household_id=household_id, changes=changes, on=act.today, version=form.version)
    correct_household(command, act.uow())
    return Done(f"/households/{household_id}", "已更正", "Corrected", {"id": household_id})
