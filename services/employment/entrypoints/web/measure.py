"""Requested measures: what is asked for, and the department's answer."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from services.employment.adapters.read_models import JobRow, LabourerRow, jobs_of, labourers_of_household
from services.employment.adapters.read_models_measure import (
    MeasureRow,
    find_measures,
    measure_by_id,
)
from services.employment.adapters.read_models_post import PlacementRow, placements_of
from services.employment.domain.errors import MeasureNotFoundError
from services.employment.domain.measure import DECLINE_REASONS, POST_CATEGORY, DeclineReason, MeasureState
from services.employment.entrypoints.web.dependencies import (
    EmploymentAct,
    EmploymentAsk,
    measure_area,
    part_of,
    read,
    towns,
)
from services.employment.entrypoints.web.labels import (
    DECLINES,
    REGIONS,
    STATES,
    area_words,
    due_badge,
    measure_words,
    words_of,
)
from services.employment.service_layer.measure import (
    AcceptMeasure,
    DeclineMeasure,
    DeliverMeasure,
    accept_measure,
    decline_measure,
    deliver_measure,
)
from shared.kernel.period import age_on
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("measure", "/measures")

OPEN_STATES = ("requested", "accepted")
DECLINE_CHOICES = tuple(Choice(each, DECLINES[each].zh, DECLINES[each].en) for each in DECLINE_REASONS)
OTHER_KINDS = (Choice("training", "技能培训", "Training"), Choice("other", "其他", "Other"))


def _records(ask: EmploymentAsk) -> Iterable[Choice]:
    """Return the jobs and placements of the household that can be named as delivery."""
    measure_id = str(ask.request.path_params.get("measure_id", ""))
    with read(ask) as connection:
        row = measure_by_id(connection, measure_id)
        if row is None:
            return
        request = row.measure.request
        placements = placements_of(connection, household_id=request.household_id)
        jobs = jobs_of(connection, household_id=request.household_id)
    if request.category == POST_CATEGORY:
        yield from (_placement_choice(each) for each in placements if _of(request.person_id, each.placement))
    else:
        yield from (_job_choice(each) for each in jobs if _of(request.person_id, each.job))


def _of(person_id: str | None, record: Any) -> bool:  # noqa: ANN401  (a job or a placement)
    return person_id is None or record.person_id == person_id


def _job_choice(row: JobRow) -> Choice:
    region, since = REGIONS[row.job.work.region], row.job.started_on.isoformat()
    return Choice(
        f"job:{row.job.id}",
        f"{row.person_no} 务工（{region.zh}），{since} 起",
        f"{row.person_no} at work ({region.en}) since {since}",
    )


def _placement_choice(row: PlacementRow) -> Choice:
    kind, since = words_of("measure_100A42", row.kind), row.placement.started_on.isoformat()
    return Choice(
        f"placement:{row.placement.id}",
        f"{row.person_no} 公益岗位（{kind.zh}），{since} 起",
        f"{row.person_no} on a post ({kind.en}) since {since}",
    )


class AcceptForm(Form):
    version: Version


class DeliverForm(Form):
    version: Version
    record: Annotated[
        str,
        Field(pattern=r"^(job|placement):.+$", max_length=100),
        Label(
            "落实记录",
            "Delivered by",
            choices=_records,
            hint_zh="该户的务工或上岗记录",
            hint_en="a job or placement of the household: job:ID or placement:ID",
        ),
    ]
    delivered_on: Annotated[
        date | None, Label("落实日期", "Delivered on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


class DeliverOtherForm(Form):
    version: Version
    kind: Annotated[Literal["training", "other"], Label("落实方式", "By", choices=OTHER_KINDS)]
    reference: Annotated[
        str,
        Field(min_length=2, max_length=60),
        Label("编号", "Reference", hint_zh="培训班次或文件编号", hint_en="number of the course or paper"),
    ]
    delivered_on: Annotated[
        date | None, Label("落实日期", "Delivered on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


class DeclineForm(Form):
    version: Version
    reason: Annotated[DeclineReason, Label("退回原因", "Reason", choices=DECLINE_CHOICES)]
    note: Annotated[
        Note, Label("说明", "Note", lines=3, hint_zh="不要填写姓名", hint_en="no names, please")
    ] = ""


def measure_columns(ask: EmploymentAsk) -> tuple[Column[MeasureRow], ...]:
    """Return the columns of a list of measures, with how near each day is."""
    soon = ask.service.policy.due_soon_days.on(ask.today)

    def badge(row: MeasureRow) -> Badge:
        return due_badge(row.measure.state, row.measure.request.due_on, today=ask.today, soon_days=soon)

    return (
        Column[MeasureRow](
            "措施",
            "Measure",
            lambda row: measure_words(row.measure.request.category, row.measure.request.code),
            link=lambda row: f"/measures/{row.measure.id}",
        ),
        Column[MeasureRow]("风险", "Risk", lambda row: words_of("risk", row.measure.request.risk)),
        Column[MeasureRow]("户编号", "Household no.", lambda row: row.household_no or None),
        Column[MeasureRow]("人编号", "Person no.", lambda row: row.person_no or None),
        Column[MeasureRow]("所在村", "Village", lambda row: area_words(row.measure.request.area_code)),
        Column[MeasureRow]("提出日期", "Requested", lambda row: row.measure.request.requested_on),
        Column[MeasureRow]("办理期限", "Due", lambda row: row.measure.request.due_on),
        Column[MeasureRow]("状态", "State", badge),
    )


@section.page("", "measure.read", "employment/measures.html", area_of=own_area)
def list_measures(ask: EmploymentAsk, town: str = "", state: str = "open") -> View:
    """List the measures asked of this department, the first due first."""
    states = OPEN_STATES if state == "open" else (state,) if state in set(MeasureState) else ()
    with read(ask) as connection:
        rows, total = find_measures(connection, ask.officer.area_code, town, states, part_of(ask))
    data = {
        "towns": towns(ask),
        "given": {"town": town, "state": state},
        "states": [(each.value, STATES[each].words) for each in MeasureState],
    }
    return View(
        Words("帮扶需求", "Requested measures"), data, Listing(measure_columns(ask), rows, total, ask.paging)
    )


@section.page("/{measure_id}", "measure.read", "employment/measure.html", area_of=measure_area)
def show_measure(ask: EmploymentAsk, measure_id: str) -> View:
    """Show one requested measure, who it is for, and the answers that may be given now."""
    with read(ask) as connection:
        row = measure_by_id(connection, measure_id)
        if row is None:
            raise MeasureNotFoundError(measure_id=measure_id)
        members = labourers_of_household(connection, row.measure.request.household_id)
    measure, request = row.measure, row.measure.request
    soon = ask.service.policy.due_soon_days.on(ask.today)
    title = measure_words(request.category, request.code)
    data = {
        "row": row,
        "badge": due_badge(measure.state, request.due_on, today=ask.today, soon_days=soon),
        "facts": [
            (Words("风险", "Risk"), words_of("risk", request.risk)),
            (Words("户编号", "Household no."), row.household_no or None),
            (Words("对象", "For"), row.person_no or Words("全户", "the whole household")),
            (Words("所在村", "Village"), area_words(request.area_code)),
            (Words("责任单位", "Department"), request.department),
            (Words("提出日期", "Requested on"), request.requested_on),
            (Words("办理期限", "Due on"), request.due_on),
            (Words("答复日期", "Answered on"), measure.answered_on),
            (Words("落实日期", "Delivered on"), measure.delivered_on),
            (Words("退回原因", "Reason"), DECLINES.get(measure.reason)),
            (Words("说明", "Note"), measure.note or None),
        ],
        "delivered_at": _path_of(measure.delivery_kind, measure.delivered_by),
        "delivered_by": measure.delivered_by,
        "steps": measure.steps,
        "by_post": request.category == POST_CATEGORY,
        "members": [_member(ask, member) for member in members],
        "event_id": request.event_id,
    }
    crumbs = (Crumb(Words("帮扶需求", "Requested measures"), "/measures"), Crumb(title))
    return View(title, data, crumbs=crumbs)


def _member(ask: EmploymentAsk, row: LabourerRow) -> dict[str, Any]:
    return {
        "person_id": row.person_id,
        "person_no": row.person_no,
        "relation": words_of("relation", row.relation),
        "age": age_on(row.born_on, ask.today),
        "skill": words_of("labour_skill", row.labour_skill),
        "job_id": row.job_id,
        "placement_id": row.placement_id,
    }


def _path_of(kind: str, by: str) -> str:
    """Return the page of what delivered the measure, if it has one here."""
    return {"job": f"/jobs/{by}", "placement": f"/placements/{by}"}.get(kind, "")


@section.action(
    "/{measure_id}/accept",
    "measure.accept",
    Words("受理", "Accept"),
    AcceptForm,
    permission="measure.answer",
    area_of=measure_area,
)
def accept(act: EmploymentAct, form: AcceptForm, measure_id: str) -> Done:
    accept_measure(AcceptMeasure(measure_id, form.version), act.uow())
    return Done(f"/measures/{measure_id}", "已受理", "Accepted", {"id": measure_id})


@section.action(
    "/{measure_id}/deliver",
    "measure.deliver",
    Words("登记落实", "Record the delivery"),
    DeliverForm,
    permission="measure.answer",
    area_of=measure_area,
)
def deliver(act: EmploymentAct, form: DeliverForm, measure_id: str) -> Done:
    kind, _, by = form.record.partition(":")
    delivered_on = form.delivered_on or act.today
    by_job = kind == "job"
    command = DeliverMeasure(
        measure_id, "job" if by_job else "placement", by, delivered_on, version=form.version
    )
    deliver_measure(command, act.uow())
    return Done(f"/measures/{measure_id}", "已登记落实", "The delivery is recorded", {"id": measure_id})


@section.action(
    "/{measure_id}/deliver-other",
    "measure.deliver_other",
    Words("以培训或其他方式落实", "Delivered by training or otherwise"),
    DeliverOtherForm,
    permission="measure.answer",
    area_of=measure_area,
)
def deliver_other(act: EmploymentAct, form: DeliverOtherForm, measure_id: str) -> Done:
    command = DeliverMeasure(
        measure_id, form.kind, form.reference, form.delivered_on or act.today, version=form.version
    )
    deliver_measure(command, act.uow())
    return Done(f"/measures/{measure_id}", "已登记落实", "The delivery is recorded", {"id": measure_id})


@section.action(
    "/{measure_id}/decline",
    "measure.decline",
    Words("退回", "Decline"),
    DeclineForm,
    permission="measure.answer",
    area_of=measure_area,
    danger=True,
)
def decline(act: EmploymentAct, form: DeclineForm, measure_id: str) -> Done:
    decline_measure(DeclineMeasure(measure_id, form.reason, form.note, form.version), act.uow())
    return Done(f"/measures/{measure_id}", "已退回", "Declined", {"id": measure_id})
