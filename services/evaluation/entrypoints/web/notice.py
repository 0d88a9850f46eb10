"""Notices of criticism on pages."""

from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models import NoticeSummary
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import LEVELS, same
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
from shared.areas import areas
from shared.web.asking import Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("notice", prefix="/notices")


class NoticeForm(Form):
    """A notice names one unit and says what it is about; no person is named."""

    unit: Annotated[str, Field(max_length=64), Label("被通报单位", "Unit", choices=unit_choices)]
    level: Annotated[
        Literal["county", "city", "province"],
        Label("层级", "Level", choices=[Choice(key, words.zh, words.en) for key, words in LEVELS.items()]),
    ]
    reason: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Label("事由", "About", lines=3, hint_zh="不写个人姓名", hint_en="name no person"),
    ]


def _name(unit: str) -> Words:
    return same(areas().get(unit).name if unit in areas() else unit)


COLUMNS = (
    Column[NoticeSummary]("印发日期", "Issued on", lambda row: row.issued_on),
    Column[NoticeSummary](
        "被通报单位", "Unit", lambda row: _name(row.unit), link=lambda row: f"/units/{row.unit}/I37-4"
    ),
    Column[NoticeSummary]("层级", "Level", lambda row: LEVELS[row.level]),
    Column[NoticeSummary]("事由", "About", lambda row: row.reason),
)


@section.page("", "notice.read", "evaluation/notices.html")
def list_notices(ask: EvaluationAsk) -> View:
    """List every notice that was issued."""
    rows = ask.service.reads.notices()
    shown = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    return View(Words("通报", "Notices"), {}, Listing(COLUMNS, shown, len(rows), ask.paging))


@section.action("", "notice.issue", Words("印发通报", "Issue a notice"), NoticeForm)
def issue(act: EvaluationAct, form: NoticeForm) -> Done:
    units = [unit.id for unit in act.service.units()]
    notice_id = issue_notice(IssueNotice(form.unit, form.level, form.reason), act.uow(), units)
    return Done("/notices", "通报已印发", "The notice is issued", {"id": notice_id}, created=True)
