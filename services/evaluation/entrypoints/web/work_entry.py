"""The register of work that is counted: articles, cases, activities, homes, residents on post."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_field_work import (
    cadres_numbered,
    field_work_on,
    find_entries,
    same_entry,
)
from services.evaluation.domain.field_work.errors import (
    CheckedByOfficeError,
    OtherUnitError,
    UnknownFieldWorkError,
    UnknownNumberError,
)
from services.evaluation.domain.field_work.work_entry import FIELDS, KINDS, LEVELS, WorkEntry
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.matrix import Act, chosen
from services.evaluation.entrypoints.web.site import village_choices
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.service_layer.field_work.work_entry import (
    EnterWork,
    WithdrawWork,
    enter_work,
    withdraw_work,
)
from shared.observability.personal_data import masked
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("work_entry", prefix="/entries")
TITLE = Words("工作登记", "Register of work")
KIND_WORDS = {code: (kind.zh, kind.en) for code, kind in KINDS.items()}
Unit = Annotated[str, Field(max_length=64), Label("单位", "Unit", choices=unit_choices)]
DoneOn = Annotated[date, Label("日期", "Day")]
Text = Annotated[
    str,
    Field(max_length=300),
    Label("名称或说明", "Title or note", hint_zh="不写个人姓名", hint_en="name no person"),
]


class PublicityForm(Form):
    kind: Annotated[
        Literal["article", "typical_case", "volunteer_activity"],
        Label(
            "种类",
            "Kind",
            choices=[Choice(k, *KIND_WORDS[k]) for k in ("article", "typical_case", "volunteer_activity")],
        ),
    ]
    unit: Unit
    done_on: DoneOn
    level: Annotated[
        Literal["", "county", "city", "province", "central"],
        Label("层级", "Level", choices=[Choice(key, *words) for key, words in LEVELS.items()]),
    ] = ""
    field: Annotated[
        Literal["", "consolidation", "construction", "governance", "social"],
        Label("宣传领域", "Field", choices=[Choice(key, *words) for key, words in FIELDS.items()]),
    ] = ""
    text: Text = ""


CHECKS = frozenset({"spot_check", "home_check"})
"""What says how a unit does its work: for the office alone, never for who is checked."""


def _resident_kinds(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return what the officer may enter of a resident: a unit its attendance, the office checks too."""
    for kind in ("attendance", "spot_check"):
        if kind not in CHECKS or not own_unit(ask):
            yield Choice(kind, *KIND_WORDS[kind])


class ResidentForm(Form):
    """A resident's month, or a spot check; the resident by number."""

    kind: Annotated[
        Literal["attendance", "spot_check"],
        Label("种类", "Kind", choices=_resident_kinds),
    ]
    number: Annotated[str, Field(min_length=1, max_length=32), Label("队员编号", "Number")]
    done_on: DoneOn
    days: Annotated[int, Field(ge=0, le=31), Label("当月在岗天数", "Days on post in the month")] = 0
    present: Annotated[
        bool, Label("抽查在岗", "Present at the check", hint_zh="抽查时填", hint_en="of a spot check")
    ] = False


class HomeForm(Form):
    area_code: Annotated[str, Field(max_length=12), Label("所在村", "Village", choices=village_choices)]
    text: Annotated[str, Field(min_length=1, max_length=80), Label("幸福院名称", "Name of the home")]


class CheckForm(Form):
    checked_on: Annotated[date, Label("检查日期", "Checked on")]
    passed: Annotated[bool, Label("正常运行", "Running")] = False
    text: Text = ""


class WithdrawForm(Form):
    version: Version


_COLUMNS = (
    Column[WorkEntry]("日期", "Day", lambda row: row.done_on, link=lambda row: f"/entries/{row.id}"),
    Column[WorkEntry]("种类", "Kind", lambda row: Words(*KIND_WORDS[row.kind])),
    Column[WorkEntry]("单位", "Unit", lambda row: unit_words(row.unit)),
    Column[WorkEntry]("层级", "Level", lambda row: Words(*LEVELS[row.level]) if row.level else None),
    Column[WorkEntry]("领域", "Field", lambda row: Words(*FIELDS[row.field]) if row.field else None),
    Column[WorkEntry]("月份", "Month", lambda row: row.month or None),
    Column[WorkEntry](
        "在岗天数", "Days", lambda row: row.quantity if row.kind == "attendance" else None, "number"
    ),
    Column[WorkEntry]("检查合格", "Passed", lambda row: row.passed),
    Column[WorkEntry]("名称或说明", "Title or note", lambda row: row.text or None),
)


@section.page("", "field_work.read", "evaluation/work_list.html")
def list_work(ask: EvaluationAsk, kind: str = "", unit: str = "", level: str = "", field: str = "") -> View:
    """List the entries of the officer's unit, the newest first."""
    mine = own_unit(ask)
    with reading(ask.service.engine) as connection:
        rows, total = find_entries(
            connection,
            kind=kind,
            unit=mine or unit,
            level=level,
            field=field,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    filters = [
        chosen("kind", "种类", "Kind", KIND_WORDS, kind),
        chosen("level", "层级", "Level", LEVELS, level),
        chosen("field", "领域", "Field", FIELDS, field),
    ]
    if not mine:
        names = {one.id: (one.name, one.name) for one in ask.service.units()}
        filters.append(chosen("unit", "单位", "Unit", names, unit))
    given: dict[str, object] = {"done_on": ask.today}
    acts = [
        Act("work.publicity", given | ({"unit": mine} if mine else {})),
        Act("work.resident", given),
        Act("work.home", {}),
    ]
    data = {"notes": [], "filters": filters, "matrix": None, "acts": acts}
    return View(TITLE, data, Listing(_COLUMNS, rows, total, ask.paging))


def _entry_of(ask: EvaluationAsk, entry_id: str) -> WorkEntry:
    with reading(ask.service.engine) as connection:
        entry = field_work_on(connection).entries.get(entry_id)
    if own_unit(ask) not in ("", entry.unit):
        raise UnknownFieldWorkError
    return entry


@section.page("/{entry_id}", "field_work.read", "evaluation/work_page.html")
def show_entry(ask: EvaluationAsk, entry_id: str) -> View:
    """Show an entry; a home has the form of a check."""
    entry = _entry_of(ask, entry_id)
    title = Words(*KIND_WORDS[entry.kind])
    acts = []
    office = not own_unit(ask)
    if entry.withdrawn_on is None and (office or entry.kind not in CHECKS):
        if entry.kind == "home" and office:
            acts.append(Act("work.check", {"entry_id": entry.id, "checked_on": ask.today, "unfolded": True}))
        acts.append(Act("work.withdraw", {"entry_id": entry.id, "version": entry.version}))
    shown = [(one.words, one.value(entry)) for one in _COLUMNS]
    shown.append((Words("撤回日期", "Withdrawn on"), entry.withdrawn_on))
    data = {"facts": shown, "texts": [], "notes": [], "links": [], "acts": acts}
    return View(title, data, crumbs=(Crumb(TITLE, "/entries"), Crumb(title)))


def _ensure_not_checked(act: EvaluationAct, kind: str) -> None:
    if kind in CHECKS and own_unit(act):
        zh, en = KIND_WORDS[kind]
        raise CheckedByOfficeError(kind_zh=zh, kind_en=en)


def _enter(act: EvaluationAct, command: EnterWork, unit: str) -> Done:
    if own_unit(act) not in ("", unit):
        raise OtherUnitError
    _ensure_not_checked(act, command.kind)
    (made,) = enter_work([command], act.uow(), [one.id for one in act.service.units()])
    return Done("/entries", "已登记", "Entered", {"id": made}, created=True)


@section.action(
    "", "work.publicity", Words("登记宣传和活动", "Enter publicity"), PublicityForm, permission="work.enter"
)
def enter_publicity(act: EvaluationAct, form: PublicityForm) -> Done:
    command = EnterWork(
        kind=form.kind, on=form.done_on, unit=form.unit, level=form.level, field=form.field, text=form.text
    )
    twice = _entered_already(act, form)
    done = _enter(act, command, form.unit)
    if twice is None:
        return done
    zh = f"已登记。注意：{twice.done_on} 已有同一单位的同名登记，如属重复请撤回其中一条"
    en = f"Entered. {twice.done_on} has an entry of the unit by that name already; withdraw what is twice"
    return replace(done, zh=zh, en=en)


def _entered_already(act: EvaluationAct, form: PublicityForm) -> WorkEntry | None:
    """Return the entry of the unit, kind, day and name if there is one: most likely the same, typed twice."""
    with reading(act.service.engine) as connection:
        return same_entry(connection, form.kind, form.unit, form.done_on, form.text.strip())


@section.action(
    "/residents",
    "work.resident",
    Words("登记驻村考勤和抽查", "Enter a resident's month or spot check"),
    ResidentForm,
    permission="work.enter",
)
def enter_resident(act: EvaluationAct, form: ResidentForm) -> Done:
    with reading(act.service.engine) as connection:
        resident = cadres_numbered(connection, [form.number]).get(form.number)
    if resident is None or resident.kind != "resident":
        raise UnknownNumberError(number=masked(form.number))
    attendance = form.kind == "attendance"
    command = EnterWork(
        kind=form.kind,
        on=form.done_on,
        about=resident.id,
        month=f"{form.done_on:%Y%m}" if attendance else "",
        quantity=form.days if attendance else 0,
        passed=None if attendance else form.present,
    )
    return _enter(act, command, resident.unit)


@section.action(
    "/homes", "work.home", Words("登记互助幸福院", "Enter a home"), HomeForm, permission="work.enter"
)
def enter_home(act: EvaluationAct, form: HomeForm) -> Done:
    town = form.area_code[:9]
    command = EnterWork(kind="home", on=act.today, unit=town, area_code=form.area_code, text=form.text)
    return _enter(act, command, town)


@section.action(
    "/{entry_id}/checks", "work.check", Words("登记检查", "Enter a check"), CheckForm, permission="work.enter"
)
def enter_check(act: EvaluationAct, form: CheckForm, entry_id: str) -> Done:
    home = _entry_of(act, entry_id)
    command = EnterWork(
        kind="home_check", on=form.checked_on, about=home.id, passed=form.passed, text=form.text
    )
    return _enter(act, command, home.unit)


@section.action(
    "/{entry_id}/withdraw",
    "work.withdraw",
    Words("撤回（登记有误）", "Withdraw (a mistake)"),
    WithdrawForm,
    permission="work.enter",
    danger=True,
)
def withdraw(act: EvaluationAct, form: WithdrawForm, entry_id: str) -> Done:
    _ensure_not_checked(act, _entry_of(act, entry_id).kind)
    withdraw_work(WithdrawWork(entry_id=entry_id, version=form.version), act.uow(), act.today)
    return Done("/entries", "已撤回", "Withdrawn", {"id": entry_id})
