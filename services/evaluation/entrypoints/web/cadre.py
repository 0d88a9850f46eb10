"""The roster: cadres in scope of training and members of resident teams, entering them and their leaving."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_field_work import field_work_on, find_cadres, reach_by_unit
from services.evaluation.domain.field_work.cadre import CADRE_KINDS, HOW, Cadre
from services.evaluation.domain.field_work.errors import OtherUnitError, UnknownFieldWorkError
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.matrix import Act, Cell, Matrix, chosen
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.service_layer.field_work.cadre import (
    CadreLeaves,
    EnrolCadre,
    cadre_leaves,
    enrol_cadres,
)
from shared.areas import areas
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("cadre", prefix="/cadres")
TITLE = Words("干部和驻村队员", "Cadres and resident teams")


class EnrolForm(Form):
    """People by their numbers only, a line for each."""

    numbers: Annotated[
        tuple[Annotated[str, Field(max_length=32)], ...],
        Field(min_length=1, max_length=500),
        Label(
            "编号",
            "Numbers",
            hint_zh="每行一个，本单位自编，不写姓名、身份证号、手机号",
            hint_en="one a line, your own: no names, no ID card or telephone numbers",
            widget="lines",
            lines=5,
        ),
    ]
    unit: Annotated[str, Field(max_length=64), Label("单位", "Unit", choices=unit_choices)]
    kind: Annotated[
        Literal["cadre", "resident"],
        Label("类别", "Kind", choices=[Choice(key, *words) for key, words in CADRE_KINDS.items()]),
    ] = "cadre"
    how: Annotated[
        Literal["standing", "new", "rotated"],
        Label("到岗情况", "In post", choices=[Choice(key, *words) for key, words in HOW.items()]),
    ] = "standing"
    since: Annotated[date, Label("到岗日期", "Since")]
    area_code: Annotated[
        str,
        Field(pattern=r"^([0-9]{12})?$"),
        Label("所驻村（区划代码）", "Village (area code)", hint_zh="驻村队员必填", hint_en="of a resident"),
    ] = ""


class LeaveForm(Form):
    version: Version
    left_on: Annotated[date, Label("离任日期", "Last day in post")]


def _columns() -> tuple[Column[Cadre], ...]:
    return (
        Column[Cadre]("编号", "Number", lambda row: row.number, link=lambda row: f"/cadres/{row.id}"),
        Column[Cadre]("单位", "Unit", lambda row: unit_words(row.unit)),
        Column[Cadre]("类别", "Kind", lambda row: Words(*CADRE_KINDS[row.kind])),
        Column[Cadre]("所在村", "Village", _place),
        Column[Cadre]("到岗情况", "In post", lambda row: Words(*HOW[row.how])),
        Column[Cadre]("到岗日期", "Since", lambda row: row.since),
        Column[Cadre]("培训期限", "Train by", lambda row: row.train_by),
    )


def _place(row: Cadre) -> str | None:
    return areas().get(row.area_code).name if row.area_code in areas() else None


@section.page("", "field_work.read", "evaluation/work_list.html")
def list_cadres(
    ask: EvaluationAsk, unit: str = "", kind: str = "", how: str = "", untrained: str = ""
) -> View:
    """Show how far training has reached in each unit, and the roster."""
    mine, since = own_unit(ask), date(ask.today.year, 1, 1)
    with reading(ask.service.engine) as connection:
        rows, total = find_cadres(
            connection,
            unit=mine or unit,
            kind=kind,
            how=how,
            untrained_since=since if untrained else None,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        reach = {one: reach_by_unit(connection, since, kind=one, unit=mine) for one in CADRE_KINDS}
    units = sorted({one.unit for found in reach.values() for one in found})
    matrix = Matrix(
        Words(f"{ask.today.year}年培训覆盖", f"Reach of training in {ask.today.year}"),
        [Words(*words) for words in CADRE_KINDS.values()],
        [
            (
                unit_words(name),
                [
                    next((_cell(one.people, one.trained, name) for one in found if one.unit == name), None)
                    for found in reach.values()
                ],
            )
            for name in units
        ],
    )
    filters = [
        chosen("kind", "类别", "Kind", CADRE_KINDS, kind),
        chosen("how", "到岗情况", "In post", HOW, how),
        chosen("untrained", "培训", "Training", {"1": ("本年未参训", "not trained this year")}, untrained),
    ]
    if not mine:
        names = {one.id: (one.name, one.name) for one in ask.service.units()}
        filters.append(chosen("unit", "单位", "Unit", names, unit))
    days = ask.service.field_work.training_days.entry_on(ask.today)
    notes = [
        (Words("只登记编号，不登记姓名。", "Numbers only, no names."), True),
        (
            Words(f"新任职、新轮换{days.value}日内培训", f"New in post: trained in {days.value} days"),
            days.confirmed,
        ),
    ]
    given: dict[str, object] = {"since": ask.today} | ({"unit": mine} if mine else {})
    data = {"notes": notes, "filters": filters, "matrix": matrix, "acts": [Act("cadre.enrol", given)]}
    return View(TITLE, data, Listing(_columns(), rows, total, ask.paging))


def _cell(people: int, trained: int, unit: str) -> Cell:
    words = Words(f"{trained}/{people}", f"{trained}/{people}")
    return Cell(Badge("green" if trained == people else "yellow", words), f"/cadres?untrained=1&unit={unit}")


@section.page("/{cadre_id}", "field_work.read", "evaluation/work_page.html")
def show_cadre(ask: EvaluationAsk, cadre_id: str) -> View:
    """Show one post-holder."""
    with reading(ask.service.engine) as connection:
        cadre = field_work_on(connection).cadres.get(cadre_id)
    if own_unit(ask) not in ("", cadre.unit):
        raise UnknownFieldWorkError
    title = Words(cadre.number, cadre.number)
    facts = [(one.words, one.value(cadre)) for one in _columns()]
    facts.append((Words("离任日期", "Left on"), cadre.left_on))
    acts = [Act("cadre.leave", {"cadre_id": cadre.id, "version": cadre.version, "left_on": ask.today})]
    data = {
        "facts": facts,
        "texts": [],
        "notes": [],
        "links": [],
        "acts": acts if cadre.left_on is None else [],
    }
    return View(title, data, crumbs=(Crumb(TITLE, "/cadres"), Crumb(title)))


@section.action("", "cadre.enrol", Words("登记人员", "Enter people"), EnrolForm, permission="cadre.change")
def enrol(act: EvaluationAct, form: EnrolForm) -> Done:
    if own_unit(act) not in ("", form.unit):
        raise OtherUnitError
    commands = [
        EnrolCadre(
            number=number,
            unit=form.unit,
            since=form.since,
            kind=form.kind,
            how=form.how,
            area_code=form.area_code,
        )
        for number in form.numbers
        if number.strip()
    ]
    ids = enrol_cadres(commands, act.uow(), act.service.field_work, [one.id for one in act.service.units()])
    return Done("/cadres", f"已登记{len(ids)}人", f"{len(ids)} entered", {"ids": list(ids)}, created=True)


@section.action(
    "/{cadre_id}/leave",
    "cadre.leave",
    Words("登记离任", "Enter the leaving"),
    LeaveForm,
    permission="cadre.change",
)
def leave(act: EvaluationAct, form: LeaveForm, cadre_id: str) -> Done:
    with reading(act.service.engine) as connection:
        cadre = field_work_on(connection).cadres.get(cadre_id)
    if own_unit(act) not in ("", cadre.unit):
        raise UnknownFieldWorkError
    cadre_leaves(CadreLeaves(cadre_id=cadre_id, on=form.left_on, version=form.version), act.uow())
    return Done("/cadres", "已登记离任", "Entered", {"id": cadre_id})
