"""Listed diseases: the register, one disease with contract and services, what can be done."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models_guarantee import Entry, services_of, sums_due
from services.monitoring.adapters.tables import diseases
from services.monitoring.domain.medical.disease import CHRONIC, STATES, proof_doubtful
from services.monitoring.entrypoints.web.cover import HEALTH, TABS, section
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
    near_days,
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
from services.monitoring.entrypoints.web.register_page import (
    ActForm,
    Filter,
    Link,
    Mark,
    entry_data,
    list_data,
)
from services.monitoring.entrypoints.web.task_item import Task
from services.monitoring.service_layer.medical import disease
from shared.kernel.period import add_days
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Column

TITLE = Words("大病慢病", "Listed diseases")
_area = entry_area(diseases, "disease_id")
_WAITING = ("listed", "signed")
Kind = Annotated[
    Literal["serious", "chronic"], Label("类别", "Kind", choices=choices_of("disease_kind"), widget="radio")
]
Doctor = Annotated[str, Field(max_length=60)]


class ListForm(Form):
    person_id: Annotated[str, Label("成员", "Member", choices=persons)]
    kind: Kind
    disease: Annotated[str, Label("病种", "Disease", choices=choices_of("listed_disease"))]
    proof: Annotated[
        str,
        Label(
            "认定依据",
            "Recognised by",
            hint_zh="“两病”（高血压、糖尿病）可凭村镇随访记录或门诊病历简化认定",
            hint_en="for the two diseases a clinic's record or an outpatient record does",
            choices=choices_of("disease_proof"),
        ),
    ] = "certificate"
    on: OnDay = None


class FromRegistryForm(Form):
    kind: Kind


class SignForm(Form):
    version: Version
    contract_no: Annotated[str, Field(max_length=40), Label("协议编号", "Number of the contract")] = ""
    doctor: Annotated[Doctor, Label("签约医生团队", "Doctor's team")] = ""
    on: OnDay = None


class ServiceForm(Form):
    version: Version
    on: OnDay = None
    doctor: Annotated[
        Doctor, Label("医生", "Doctor", hint_zh="不填即为签约医生", hint_en="empty: the contracted one")
    ] = ""
    note: Note = ""


class EndForm(Form):
    version: Version
    reason: Annotated[str, Label("移出原因", "Reason", choices=choices_of("disease_end"))]
    on: OnDay = None


def disease_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield who is to be treated, signed or visited soon: sums for the health office, each on the ground."""
    columns = diseases.c
    soon = columns.due_on <= add_days(ask.today, near_days(ask))
    waiting = columns.state.in_(_WAITING)
    if is_unit(ask, HEALTH):
        for due in sums_due(connection, diseases, columns.kind, "", waiting, soon):
            named = words_of("disease_kind", due.key)
            path = f"/medical/diseases?kind={due.key}&state=due"
            yield sum_task(ask, f"{named.zh}到期服务", f"Services due: {named.en}", path, due)
    if on_the_ground(ask):
        for one in waiting_entries(ask, connection, diseases, waiting, soon):
            yield task_of(one, _next(one), f"/medical/diseases/{one.id}")


def _next(one: Entry) -> Words:
    if one["kind"] != CHRONIC:
        return Words("大病患者落实救治", "Have a serious disease treated")
    if one["state"] == "listed":
        return Words("慢病患者签约", "Sign a chronic patient's contract")
    return Words("慢病患者随访", "Visit a chronic patient")


@section.page("/medical/diseases", "disease.read", "monitoring/register_list.html", area_of=own_area)
def list_register(ask: MonitoringAsk, kind: str = "", state: str = "", disease: str = "") -> View:
    """List the diseases, what is due first on top; ``state=due`` is what is due soon."""
    columns = diseases.c
    soon = [columns.state.in_(_WAITING), columns.due_on <= add_days(ask.today, near_days(ask))]
    conditions = soon if state == "due" else [columns.state == state] if state in STATES else []
    conditions += [columns.kind == kind] if kind else []
    conditions += [columns.disease == disease] if disease else []
    policy = ask.service.medical.disease
    shown = (
        *whose_columns(ask, lambda one: f"/medical/diseases/{one.id}"),
        Column[Entry]("类别", "Kind", lambda one: words_of("disease_kind", one["kind"])),
        Column[Entry]("病种", "Disease", lambda one: words_of("listed_disease", one["disease"])),
        Column[Entry]("签约", "Signed", lambda one: one["signed_on"]),
        Column[Entry]("最近服务", "Last served", lambda one: one["served_on"]),
        Column[Entry]("下次期限", "Next by", lambda one: one["due_on"] if one["state"] in _WAITING else None),
        state_column(ask, STATES, _WAITING),
    )
    with read(ask) as connection:
        listing = listed(ask, connection, diseases, shown, conditions=conditions, order=(columns.due_on,))
    limit = policy.service_months.entry_on(ask.today)
    kinds = [(one, words_of("disease_kind", one)) for one in ("serious", "chronic")]
    data = list_data(
        tabs=TABS,
        filters=[
            Filter("kind", Words("类别", "Kind"), kinds, kind),
            Filter(
                "state",
                Words("状态", "State"),
                [("due", Words("到期应服务", "due soon")), *state_choices(STATES)],
                state,
            ),
        ],
        acts=[ActForm("disease.from_registry", {"kind": kind or "chronic"})],
        note=Words(
            f"大病应治尽治；慢病应签尽签，每{limit.value}个月随访一次。",
            f"Serious diseases are treated; chronic patients signed and visited every {limit.value} months.",
        ),
        source="" if limit.confirmed else limit.source,
        empty=Words("名单为空，可由户信息生成。", "Nobody is listed: find them from the registry."),
    )
    return View(TITLE, data, listing)


@section.page(
    "/medical/diseases/{disease_id}", "disease.read", "monitoring/register_entry.html", area_of=_area
)
def show_disease(ask: MonitoringAsk, disease_id: str) -> View:
    """Show one listed disease with every service."""
    with read(ask) as connection:
        one = shown_entry(ask, connection, diseases, disease_id)
        services = services_of(connection, disease_id) if ask.officer.role != "evaluator" else []
    served = Words("随访服务", "Service visit") if one["kind"] == CHRONIC else Words("救治", "Treatment")
    data = entry_data(
        [
            (Words("状态", "State"), state_badge(STATES, one["state"])),
            (Words("类别", "Kind"), words_of("disease_kind", one["kind"])),
            (Words("病种", "Disease"), words_of("listed_disease", one["disease"])),
            (Words("认定依据", "Recognised by"), words_of("disease_proof", one["proof"])),
            (Words("列入日期", "Listed on"), one["listed_on"]),
            (Words("下次期限", "Next by"), one["due_on"] if one["state"] in _WAITING else None),
            (Words("协议编号", "Contract"), one["contract_no"] or None),
            (Words("签约医生", "Doctor"), one["doctor"] or None),
            (Words("移出原因", "Why off the list"), words_of("disease_end", one["reason"])),
        ],
        acts=_acts(one),
        marks=_marks(ask, one),
        links=(Link(Words("农户与时间线", "Household"), f"/households/{one.household_id}"),),
        entries=[TimelineEntry(day, served, Words(*[f"{who} {note}"] * 2)) for day, who, note in services],
    )
    return View(whose(ask, one), data, crumbs=(Crumb(TITLE, "/medical/diseases"), Crumb(whose(ask, one))))


def _acts(one: Entry) -> list[ActForm]:
    given = {"disease_id": one.id, "version": one["version"]}
    if one["state"] == "ended":
        return []
    acts = []
    if one["kind"] == CHRONIC:
        acts.append(ActForm("disease.sign", {**given, "unfolded": one["state"] == "listed"}))
    if one["kind"] != CHRONIC or one["state"] == "signed":
        acts.append(ActForm("disease.serve", {**given, "unfolded": True}))
    return [*acts, ActForm("disease.end", given)]


def _marks(ask: MonitoringAsk, one: Entry) -> list[Mark]:
    policy = ask.service.medical.disease
    marks = []
    if not one["limit_confirmed"]:
        source = policy.first_service_days.entry_on(one["listed_on"]).source
        marks.append(Mark(Words("服务期限", "the limit"), source))
    if proof_doubtful(one["kind"], one["disease"], one["proof"], policy, one["listed_on"]):
        source = policy.simple_proofs.entry_on(one["listed_on"]).source
        zh = "该依据一般只用于“两病”简化认定，请核对"
        marks.append(Mark(Words(zh, "this proof usually does for the two diseases only"), source))
    return marks


@section.action(
    "/households/{household_id}/diseases",
    "disease.list",
    Words("列入大病慢病名单", "List a disease"),
    ListForm,
    area_of=household_area,
)
def put_on_list(act: MonitoringAct, form: ListForm, household_id: str) -> Done:
    command = disease.ListDisease(
        household_id=household_id,
        person_id=form.person_id,
        kind=form.kind,
        disease=form.disease,
        proof=form.proof,
        on=form.on or act.today,
    )
    disease_id = disease.list_disease(command, act.uow(), act.service.medical.disease)
    return Done(f"/medical/diseases/{disease_id}", "已列入名单", "Listed", {"id": disease_id}, created=True)


@section.action(
    "/medical/diseases/from-registry",
    "disease.from_registry",
    Words("由户信息生成名单", "Find patients from the registry"),
    FromRegistryForm,
    permission="disease.generate",
    area_of=own_area,
)
def from_registry(act: MonitoringAct, form: FromRegistryForm) -> Done:
    command = disease.ListDiseases(kind=form.kind, on=act.today)
    new = disease.list_diseases(command, act.service.uow(), act.service.medical.disease)
    return Done(f"/medical/diseases?kind={form.kind}", f"新增 {new} 人", f"{new} more patients", {"new": new})


@section.action(
    "/medical/diseases/{disease_id}/contract",
    "disease.sign",
    Words("家庭医生签约", "Sign the contract"),
    SignForm,
    permission="disease.serve",
    area_of=_area,
)
def sign(act: MonitoringAct, form: SignForm, disease_id: str) -> Done:
    command = disease.SignContract(
        disease_id=disease_id,
        contract_no=form.contract_no,
        doctor=form.doctor,
        on=form.on or act.today,
        version=form.version,
    )
    disease.sign_contract(command, act.uow())
    return Done(f"/medical/diseases/{disease_id}", "已签约", "Signed", {"id": disease_id})


@section.action(
    "/medical/diseases/{disease_id}/services",
    "disease.serve",
    Words("登记救治或随访", "Record a treatment or visit"),
    ServiceForm,
    area_of=_area,
)
def serve(act: MonitoringAct, form: ServiceForm, disease_id: str) -> Done:
    command = disease.RecordService(
        disease_id=disease_id,
        on=form.on or act.today,
        doctor=form.doctor,
        note=form.note,
        version=form.version,
    )
    service_id = disease.record_service(command, act.uow(), act.service.medical.disease)
    path = f"/medical/diseases/{disease_id}"
    return Done(path, "服务已登记", "The service is recorded", {"id": service_id}, created=True)


@section.action(
    "/medical/diseases/{disease_id}/end",
    "disease.end",
    Words("移出名单", "Take off the list"),
    EndForm,
    permission="disease.serve",
    area_of=_area,
    danger=True,
)
def end(act: MonitoringAct, form: EndForm, disease_id: str) -> Done:
    command = disease.EndDisease(
        disease_id=disease_id, reason=form.reason, on=form.on or act.today, version=form.version
    )
    disease.end_disease(command, act.uow())
    return Done(f"/medical/diseases/{disease_id}", "已移出名单", "Off the list", {"id": disease_id})
