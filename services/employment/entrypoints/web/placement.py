"""Placements: one person on one post, the monthly check, and leaving it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.employment.adapters.read_models_post import placement_by_id
from services.employment.domain.errors import PlacementNotFoundError
from services.employment.domain.placement import PlacementEndReason
from services.employment.entrypoints.web.dependencies import (
    EmploymentAct,
    EmploymentAsk,
    placement_area,
    read,
)
from services.employment.entrypoints.web.labels import (
    PLACEMENT_END_CHOICES,
    PLACEMENT_ENDS,
    remarks_of,
    words_of,
)
from services.employment.service_layer.placement import (
    EndPlacement,
    RecordAttendance,
    end_placement,
    record_attendance,
)
from shared.kernel.money import yuan_text
from shared.kernel.period import Month
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge
from shared.web.section import Section

section = Section("placement", "/placements")

ON_POST = Badge("green", Words("在岗", "On the post"))
LEFT = Badge("grey", Words("已退岗", "Left"))


class EndForm(Form):
    version: Version
    reason: Annotated[PlacementEndReason, Label("退岗原因", "Reason", choices=PLACEMENT_END_CHOICES)]
    ended_on: Annotated[
        date | None, Label("最后一天", "Last day", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


class CheckForm(Form):
    month: Annotated[
        str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$"), Label("月份", "Month", widget="month")
    ]
    passed: Annotated[bool, Label("考核合格", "Passed")] = False


@section.page("/{placement_id}", "post.read", "employment/placement.html", area_of=placement_area)
def show_placement(ask: EmploymentAsk, placement_id: str) -> View:
    """Show one placement with every monthly check."""
    with read(ask) as connection:
        row = placement_by_id(connection, placement_id)
    if row is None:
        raise PlacementNotFoundError(placement_id=placement_id)
    placement, kind = row.placement, words_of("measure_100A42", row.kind)
    data = {
        "row": row,
        "badge": ON_POST if placement.open else LEFT,
        "facts": [
            (Words("人编号", "Person no."), row.person_no),
            (Words("户编号", "Household no."), row.household_no),
            (Words("岗位类别", "Kind"), kind),
            (Words("月补贴（元）", "Monthly pay (yuan)"), yuan_text(row.monthly_pay_fen)),
            (Words("上岗日期", "Started on"), placement.started_on),
            (Words("协议到期日", "Agreement ends"), placement.ends_on),
            (Words("退岗日期", "Ended on"), placement.ended_on),
            (
                Words("退岗原因", "Reason"),
                PLACEMENT_ENDS[placement.end_reason] if placement.end_reason else None,
            ),
            (Words("继续办理的理由", "Reason to go on"), placement.override_reason or None),
        ],
        "remarks": remarks_of(placement.remarks),
        "checks": sorted(placement.attendance.items(), reverse=True),
        "this_month": f"{ask.today:%Y-%m}",
    }
    crumbs = (
        Crumb(Words("公益岗位", "Posts"), "/posts"),
        Crumb(kind, f"/posts/{placement.post_id}"),
        Crumb(Words(row.person_no, row.person_no)),
    )
    return View(Words("公益岗位上岗", "Placement on a post"), data, crumbs=crumbs)


@section.action(
    "/{placement_id}/end",
    "placement.end",
    Words("登记退岗", "Record the end"),
    EndForm,
    permission="post.place",
    area_of=placement_area,
)
def end(act: EmploymentAct, form: EndForm, placement_id: str) -> Done:
    command = EndPlacement(placement_id, form.ended_on or act.today, form.reason, form.version)
    end_placement(command, act.uow())
    return Done(f"/placements/{placement_id}", "退岗已登记", "The end is recorded", {"id": placement_id})


@section.action(
    "/{placement_id}/checks",
    "placement.check",
    Words("登记月考核", "Record a month's check"),
    CheckForm,
    permission="post.check",
    area_of=placement_area,
)
def check(act: EmploymentAct, form: CheckForm, placement_id: str) -> Done:
    year, number = form.month.split("-")
    record_attendance(RecordAttendance(placement_id, Month(int(year), int(number)), form.passed), act.uow())
    return Done(f"/placements/{placement_id}", "考核已登记", "The check is recorded", {"id": placement_id})
