"""Pages of facilities, their keepers at three levels, and the keepers' pay."""

from typing import Annotated, Any

from pydantic import Field

from services.finance.adapters.read_models import Part
from services.finance.adapters.read_models_process import find_processes
from services.finance.adapters.tables_projects import facility, keeper_pay
from services.finance.domain.upkeep import (
    KINDS,
    LEVELS,
    Facility,
    FacilityNotFoundError,
    KeeperPay,
    KeeperPayNotFoundError,
)
from services.finance.entrypoints.web.dependencies import FinanceAct, FinanceAsk, OnDay, read
from services.finance.entrypoints.web.process.frame import (
    Kind,
    Place,
    StepAction,
    StepForm,
    choices,
    columns_of,
    declare,
    given_area,
    one_of,
    said,
    taken,
)
from services.finance.service_layer import upkeep as commands
from services.finance.service_layer.step import TakeStep
from shared.kernel.money import yuan_text
from shared.web.asking import Done
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing, Paging
from shared.web.period_words import period_words
from shared.web.section import Section

section = Section("upkeep")
_SHOWN = 24
_Keeper = Annotated[str, Field(max_length=60)]


class ListForm(Form):
    facility_no: Annotated[str, Field(min_length=1, max_length=40), Label("设施编号", "Facility no.")]
    name: Annotated[str, Field(min_length=2, max_length=100), Label("设施名称", "Name")]
    kind: Annotated[str, one_of(KINDS), Label("种类", "Kind", choices=choices(KINDS))] = "road"
    area_code: Place
    on: OnDay = None


class KeepersForm(StepForm):
    county: Annotated[_Keeper, Label("县级管护责任人", "Keeper of the county")] = ""
    town: Annotated[_Keeper, Label("镇级管护责任人", "Keeper of the town")] = ""
    village: Annotated[_Keeper, Label("村级管护责任人", "Keeper of the village")] = ""
    wage_fen: Annotated[
        int, Field(ge=0, le=10_000_00), Label("村级管护员月工资（元）", "Monthly pay (yuan)", widget="yuan")
    ] = 0


class SampleForm(StepForm):
    passed: Annotated[bool, Label("管护合格", "Well kept")] = False


def _name_keepers(act: FinanceAct, form: KeepersForm, id_: str) -> None:
    keepers = {level: getattr(form, level) for level in LEVELS}
    command = commands.NameKeepers(**taken(act, form, id_), keepers=keepers, wage_fen=form.wage_fen)
    commands.name_keepers(command, act.uow())


def _facts(ask: FinanceAsk, one: Facility) -> list[tuple[Words, object]]:
    # A keeper may be a person: whoever only assesses needs no names.
    names = ask.officer.role != "evaluator"
    keepers = [
        (Words(f"{zh}管护", f"Keeper, {en}"), (one.keepers[level] if names else Words("已确定", "named")))
        for level, (zh, en) in LEVELS.items()
        if level in one.keepers
    ]
    return [
        (Words("设施名称", "Name"), one.name),
        (Words("种类", "Kind"), said(KINDS, one.kind)),
        *keepers,
        (Words("月工资（元）", "Monthly pay (yuan)"), yuan_text(one.wage_fen)),
        (Words("最近抽查", "Last sampled"), one.sampled_on),
        (Words("管护合格", "Well kept"), one.passed),
    ]


def _more(ask: FinanceAsk, one: Facility) -> list[tuple[Words, Listing[Any]]]:
    with read(ask) as connection:
        rows, total = find_processes(
            connection,
            keeper_pay,
            KeeperPay,
            area_code=ask.officer.area_code,
            part=Part(_SHOWN),
            wanted={"facility_id": one.id},
        )
    return [(Words("工资发放", "Pay"), Listing(columns_of(ask, PAY), rows, total, Paging(1, _SHOWN)))]


def _known(ask: FinanceAsk, one: Facility) -> dict[str, dict[str, Any]]:
    del ask
    named = {level: one.keepers.get(level, "") for level in LEVELS}
    return {"name_keepers": {**named, "wage_fen": one.wage_fen}}


KIND = Kind(
    name="facility",
    path="/facilities",
    table=facility,
    process=Facility,
    words=Words("设施管护", "Facilities"),
    reading="upkeep.read",
    columns=(
        Column[Facility]("设施名称", "Name", lambda one: one.name),
        Column[Facility]("种类", "Kind", lambda one: said(KINDS, one.kind)),
        Column[Facility]("管护级数", "Levels with a keeper", lambda one: f"{len(one.keepers)}/3"),
        Column[Facility]("月工资（元）", "Pay (yuan)", lambda one: one.wage_fen, "yuan"),
    ),
    title=lambda one: Words(one.facility_no, one.facility_no),
    facts=_facts,
    steps=(
        StepAction("name_keepers", "upkeep.record", _name_keepers, KeepersForm),
        StepAction(
            "sample",
            "upkeep.sample",
            lambda act, form, id_: commands.sample_facility(
                commands.SampleFacility(**taken(act, form, id_), passed=form.passed), act.uow()
            ),
            SampleForm,
        ),
        StepAction(
            "remove",
            "upkeep.record",
            lambda act, form, id_: commands.remove_facility(TakeStep(**taken(act, form, id_)), act.uow()),
            danger=True,
        ),
    ),
    opening="facility.list",
    missing=FacilityNotFoundError,
    known=_known,
    more=_more,
)
PAY = Kind(
    name="keeper_pay",
    path="/keeper-pays",
    table=keeper_pay,
    process=KeeperPay,
    words=Words("管护工资", "Keepers' pay"),
    reading="upkeep.read",
    columns=(
        Column[KeeperPay]("金额（元）", "Amount (yuan)", lambda one: one.amount_fen, "yuan"),
        Column[KeeperPay]("发放日期", "Paid on", lambda one: one.paid_on),
    ),
    title=lambda one: period_words(one.month),
    facts=lambda _ask, one: [
        (Words("月份", "Month"), period_words(one.month)),
        (Words("金额（元）", "Amount (yuan)"), yuan_text(one.amount_fen)),
        (Words("发放期限", "To be paid by"), one.due_on),
        (Words("发放日期", "Paid on"), one.paid_on),
    ],
    steps=(
        StepAction(
            "pay",
            "upkeep.record",
            lambda act, form, id_: commands.pay_keeper(TakeStep(**taken(act, form, id_)), act.uow()),
        ),
    ),
    missing=KeeperPayNotFoundError,
    links=lambda one: [(f"/facilities/{one.facility_id}", Words("查看设施", "See the facility"))],
)
declare(section, KIND)
declare(section, PAY)


@section.action(
    "/facilities",
    "facility.list",
    Words("登记管护设施", "Put a facility on the list"),
    ListForm,
    permission="upkeep.record",
    area_of=given_area,
)
def list_one(act: FinanceAct, form: ListForm) -> Done:
    told: dict[str, Any] = form.model_dump(exclude={"on"})
    command = commands.ListFacility(**told, on=form.on or act.today, by=act.officer.login)
    one = commands.list_facility(command, act.uow())
    return Done(
        f"/facilities/{one}",
        "已登记，请确定管护责任人",
        "Recorded; name its keepers",
        {"id": one},
        created=True,
    )
