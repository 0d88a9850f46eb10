"""Notices of criticism on pages, with what they cost."""

from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models import NoticeSummary
from services.evaluation.entrypoints.web.dependencies import (
    EvaluationAct,
    EvaluationAsk,
    path_to,
    unit_area,
    unit_choices,
)
from services.evaluation.entrypoints.web.labels import LEVELS, unit_words
from services.evaluation.entrypoints.web.supervision import ABOUT, about_link
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
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
    document_no: Annotated[
        str,
        Field(max_length=64),
        Label(
            "文号",
            "Document number",
            hint_zh="同一通报的各单位填同一文号",
            hint_en="the same for all units of one notice",
        ),
    ] = ""
    about_kind: Annotated[
        Literal["", "order", "problem", "inspection", "trigger"],
        Label("起因", "Led to by", choices=[Choice(key, one.zh, one.en) for key, one in ABOUT.items()]),
    ] = ""
    about_id: Annotated[
        str,
        Field(max_length=64),
        Label(
            "起因编号", "Its id", hint_zh="该事项网址末尾的编号", hint_en="at the end of its page's address"
        ),
    ] = ""


def _line_path(ask: EvaluationAsk, unit: str) -> str:
    """Return the line of the unit's notices for who may open it, else nothing."""
    area = unit_area(ask, {"unit_id": unit})
    return path_to("units", unit, "I37-4") if area and ask.officer.may_see(area) else ""


def _columns(ask: EvaluationAsk, weights: dict[str, object]) -> tuple[Column[NoticeSummary], ...]:
    return (
        Column[NoticeSummary]("印发日期", "Issued on", lambda row: row.issued_on),
        Column[NoticeSummary]("文号", "Number", lambda row: row.document_no or None),
        Column[NoticeSummary](
            "被通报单位",
            "Unit",
            lambda row: unit_words(row.unit),
            link=lambda row: _line_path(ask, row.unit),
        ),
        Column[NoticeSummary]("层级", "Level", lambda row: LEVELS[row.level]),
        Column[NoticeSummary]("事由", "About", lambda row: row.reason),
        Column[NoticeSummary](
            "起因",
            "Led to by",
            lambda row: ABOUT[row.about_kind] if row.about_kind else None,
            link=lambda row: about_link(ask, row.unit, row.about_kind, row.about_id),
        ),
        Column[NoticeSummary]("扣分", "Points lost", lambda row: weights[row.level], "number"),
    )


@section.page("", "notice.read", "evaluation/notices.html")
def list_notices(ask: EvaluationAsk, unit: str = "") -> View:
    """List every notice that was issued, and how many the county owes the year."""
    every = ask.service.reads.notices()
    rows = [row for row in every if unit in ("", row.unit)]
    shown = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    figure = ask.service.rulebook.figures["notice_weights"].entry_on(ask.today)
    issued = {
        row.document_no or row.id
        for row in every
        if row.level == "county" and row.issued_on.year == ask.today.year
    }
    data = {
        "weights": dict(figure.value),
        "source": figure.source,
        "issued": len(issued),
        "unit": unit,
        "units": [(one.id, one.name) for one in ask.service.units()],
    }
    listing = Listing(_columns(ask, dict(figure.value)), shown, len(rows), ask.paging)
    return View(Words("通报", "Notices"), data, listing)


@section.action("", "notice.issue", Words("印发通报", "Issue a notice"), NoticeForm)
def issue(act: EvaluationAct, form: NoticeForm) -> Done:
    units = [unit.id for unit in act.service.units()]
    command = IssueNotice(
        form.unit, form.level, form.reason, form.document_no, form.about_kind, form.about_id
    )
    notice_id = issue_notice(command, act.uow(), units)
    return Done("/notices", "通报已印发", "The notice is issued", {"id": notice_id}, created=True)
