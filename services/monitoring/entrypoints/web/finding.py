"""What the county itself finds: sample checks and relapses."""

from typing import Annotated

from services.monitoring.entrypoints.web.dependencies import MonitoringAct, OnDay, household_area
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.service_layer.finding import (
    RecordRelapse,
    RecordSampleCheck,
    record_relapse,
    record_sample_check,
)
from shared.web.asking import Done
from shared.web.forms import Form, Label, Note
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("finding")


class SampleCheckForm(Form):
    finding: Annotated[
        str | None,
        Label(
            "发现的问题",
            "Finding",
            hint_zh="没有问题就不选",
            hint_en="leave empty when all was right",
            choices=choices_of("sample_finding"),
        ),
    ] = None
    on: OnDay = None
    note: Note = ""


class RelapseForm(Form):
    cause: Annotated[str, Label("返贫致贫原因", "Cause", choices=choices_of("risk"))]
    on: OnDay = None
    note: Note = ""


@section.action(
    "/households/{household_id}/sample-checks",
    "sample.check",
    Words("登记抽样检查", "Record a sample check"),
    SampleCheckForm,
    area_of=household_area,
)
def check(act: MonitoringAct, form: SampleCheckForm, household_id: str) -> Done:
    command = RecordSampleCheck(
        household_id=household_id,
        on=form.on or act.today,
        finding=form.finding or "",
        by=act.officer.account_id,
        note=form.note,
    )
    check_id = record_sample_check(command, act.uow())
    return Done(
        f"/households/{household_id}",
        "抽样检查已登记",
        "The check is recorded",
        {"id": check_id},
        created=True,
    )


@section.action(
    "/households/{household_id}/relapses",
    "relapse.record",
    Words("认定返贫致贫", "Record a relapse into poverty"),
    RelapseForm,
    area_of=household_area,
    danger=True,
)
def relapse(act: MonitoringAct, form: RelapseForm, household_id: str) -> Done:
    command = RecordRelapse(
        household_id=household_id,
        cause=form.cause,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    relapse_id = record_relapse(command, act.uow())
    return Done(f"/households/{household_id}", "已认定", "Recorded", {"id": relapse_id}, created=True)
