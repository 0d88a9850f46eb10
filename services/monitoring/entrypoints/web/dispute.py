"""Disputes in villages: the list with its limits, opening and settling one."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.tables import disputes
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, OnDay
from services.monitoring.entrypoints.web.household import villages
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.matter_pages import MatterKind, declare
from services.monitoring.service_layer.dispute import OpenDispute, close_dispute, open_dispute
from shared.web.asking import Done
from shared.web.forms import Form, Label, Note
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("dispute")

DISPUTE = MatterKind(
    name="dispute",
    path="/disputes",
    table=disputes,
    words=Words("矛盾纠纷", "Disputes"),
    task=Words("化解矛盾纠纷", "Settle a dispute"),
    close_words=Words("办结纠纷", "Settle the dispute"),
    way_list="dispute_way",
    close=close_dispute,
    reading="dispute.read",
    closing="dispute.close",
    workers=("village", "town"),
    kind_list="dispute_kind",
    empty=Words("没有未化解的矛盾纠纷。", "No dispute is open."),
)
declare(section, DISPUTE)


class DisputeForm(Form):
    area_code: Annotated[str, Field(pattern="^[0-9]{12}$"), Label("所在村", "Village", choices=villages)]
    kind: Annotated[str, Label("纠纷类型", "Kind", choices=choices_of("dispute_kind"))]
    on: OnDay = None
    note: Note = ""


def _village(_act: MonitoringAct, given: Mapping[str, Any]) -> str:
    return str(given["area_code"])


@section.action(
    "/disputes", "dispute.open", Words("登记矛盾纠纷", "Record a dispute"), DisputeForm, area_of=_village
)
def open_one(act: MonitoringAct, form: DisputeForm) -> Done:
    dispute_id = open_dispute(
        OpenDispute(
            area_code=form.area_code,
            kind=form.kind,
            on=form.on or act.today,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
        act.service.governance_policy,
    )
    return Done(
        f"/disputes/{dispute_id}", "纠纷已登记", "The dispute is recorded", {"id": dispute_id}, created=True
    )
