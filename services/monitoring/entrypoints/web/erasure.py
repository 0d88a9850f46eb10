"""个人信息删除: who is asked to be erased, on what ground, and the second person who confirms."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.erasure import area_of_erasure, area_of_person, erasures_in
from services.monitoring.domain.erasure import ASKED, DONE, GROUNDS, PRESENT, RETAINED, UNDER_MONITORING
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.service_layer.erasure import (
    AskErasure,
    SettleErasure,
    ask_erasure,
    confirm_erasure,
    refuse_erasure,
)
from shared.areas import areas
from shared.web.asking import Done, View, own_area
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge
from shared.web.section import Section

section = Section("erasure")
TITLE = Words("个人信息删除", "Erasures of people")
GROUND_WORDS = dict(
    zip(
        GROUNDS,
        (
            Words("处理目的已实现或不再必要", "the purpose is over"),
            Words("保存期限已届满", "the time of keeping is over"),
            Words("个人撤回同意", "consent was withdrawn"),
            Words("违反法律、法规或约定处理", "it was against the law"),
            Words("法律、法规规定的其他情形", "another ground of the law"),
        ),
        strict=True,
    )
)
DOUBT_WORDS = {
    PRESENT: Words("仍在户内", "still in the household"),
    UNDER_MONITORING: Words("正在监测帮扶", "under monitoring"),
    RETAINED: Words("保存期限未满（政策未确认）", "still to be kept (policy unconfirmed)"),
}
STATES = {
    ASKED: Badge("yellow", Words("待另一人确认", "waits for a second person")),
    DONE: Badge("grey", Words("已删除", "erased")),
}
_REFUSED = Badge("grey", Words("已退回", "refused"))


def _grounds(_ask: MonitoringAsk) -> list[Choice]:
    return [Choice(code, words.zh, words.en) for code, words in GROUND_WORDS.items()]


class AskForm(Form):
    person_id: Annotated[
        str, Field(min_length=1, max_length=36), Label("人员标识（见成员页地址）", "Id of the person")
    ]
    ground: Annotated[
        str, Label("删除依据（个人信息保护法第四十七条）", "Ground (PIPL, article 47)", choices=_grounds)
    ]
    reason: Annotated[
        str,
        Field(max_length=500),
        Label("不符合条件仍须删除的理由", "Reason, if something speaks against it", lines=2),
    ] = ""


class SettleForm(Form):
    version: Version


def _person_area(ask: MonitoringAct, given: Mapping[str, Any]) -> str | None:
    with read(ask) as connection:
        return area_of_person(connection, str(given["person_id"]))


def _erasure_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    with read(ask) as connection:
        return area_of_erasure(connection, given["erasure_id"])


@section.page("/erasures", "erasure.read", "monitoring/erasures.html", area_of=own_area)
def list_erasures(ask: MonitoringAsk) -> View:
    """List the requests, those that wait first; never whose name it was."""
    with read(ask) as connection:
        size, offset = ask.paging.size, ask.paging.offset
        rows, total = erasures_in(connection, ask.officer.area_code, limit=size, offset=offset)
    shown = [
        {
            "row": one,
            "area": areas().full_name(one.area_code),
            "ground": GROUND_WORDS[one.ground],
            "doubts": [DOUBT_WORDS[doubt] for doubt in one.doubts],
            "mark": STATES.get(one.state, _REFUSED),
            "waits": one.state == ASKED,
            "mine": one.asked_by == ask.officer.account_id,
        }
        for one in rows
    ]
    return View(TITLE, {"erasures": shown, "total": total})


@section.action(
    "/erasures",
    "erasure.ask",
    Words("申请删除一个人的信息", "Ask for an erasure"),
    AskForm,
    area_of=_person_area,
)
def ask_one(act: MonitoringAct, form: AskForm) -> Done:
    erasure_id = ask_erasure(
        AskErasure(
            person_id=form.person_id, ground=form.ground, reason=form.reason, by=act.officer.account_id
        ),
        act.uow(),
        act.service.erasure_policy,
    )
    said = "已登记，须由另一名县级人员确认后删除", "Recorded; somebody else of the county confirms it"
    return Done("/erasures", *said, {"id": erasure_id}, created=True)


@section.action(
    "/erasures/{erasure_id}/confirm",
    "erasure.confirm",
    Words("确认删除（不可恢复）", "Confirm the erasure (for good)"),
    SettleForm,
    area_of=_erasure_area,
)
def confirm(act: MonitoringAct, form: SettleForm, erasure_id: str) -> Done:
    command = SettleErasure(erasure_id=erasure_id, by=act.officer.account_id, version=form.version)
    rows = confirm_erasure(command, act.uow(), act.service.erasure_policy)
    return Done(
        "/erasures", f"已删除，共 {rows} 处", f"Erased, in {rows} places", {"id": erasure_id, "rows": rows}
    )


@section.action(
    "/erasures/{erasure_id}/refuse",
    "erasure.refuse",
    Words("退回申请", "Refuse"),
    SettleForm,
    area_of=_erasure_area,
)
def refuse(act: MonitoringAct, form: SettleForm, erasure_id: str) -> Done:
    refuse_erasure(
        SettleErasure(erasure_id=erasure_id, by=act.officer.account_id, version=form.version), act.uow()
    )
    return Done("/erasures", "已退回", "Refused", {"id": erasure_id})
