"""Assessments on pages: frozen results, drafting one, publishing one."""

from datetime import date
from typing import Annotated, Any

from services.evaluation.adapters.read_models import AssessmentSummary
from services.evaluation.domain.errors import UnknownAssessmentError
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk
from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    PublishAssessment,
    draft_assessment,
    publish_assessment,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.officer import Officer
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("assessment", prefix="/assessments")

ASSESSMENTS = Words("年度考评", "Assessments")
PUBLISHED = Badge("green", Words("已公布", "published"))
DRAFT = Badge("grey", Words("草案", "draft"))
_DRAFTS_FOR = frozenset({"county", "evaluator"})
"""Who sees an assessment before it is published; who is assessed does not."""


class DraftForm(Form):
    """The days of the assessment to be frozen."""

    as_of: Annotated[date, Label("截至日期", "As of")]
    known_at: Annotated[
        date | None,
        Label("知悉日期", "Known at", hint_zh="不填即为截至日期当日", hint_en="the same day when left empty"),
    ] = None


class PublishForm(Form):
    """Publishing asks for nothing more."""


def _may_see(officer: Officer, row: AssessmentSummary) -> bool:
    return row.published_on is not None or officer.role in _DRAFTS_FOR


def _state(row: AssessmentSummary) -> Badge:
    return PUBLISHED if row.published_on else DRAFT


COLUMNS = (
    Column[AssessmentSummary](
        "年度", "Year", lambda row: row.year, link=lambda row: f"/assessments/{row.id}"
    ),
    Column[AssessmentSummary]("截至", "As of", lambda row: row.as_of),
    Column[AssessmentSummary]("知悉", "Known at", lambda row: row.known_at),
    Column[AssessmentSummary]("形成日期", "Drafted on", lambda row: row.drafted_on),
    Column[AssessmentSummary]("公布日期", "Published on", lambda row: row.published_on),
    Column[AssessmentSummary]("状态", "State", _state),
    Column[AssessmentSummary]("摘要", "Digest", lambda row: row.digest[:16]),
)


@section.page("", "assessment.read", "evaluation/assessments.html")
def list_assessments(ask: EvaluationAsk) -> View:
    """List every assessment that was frozen; to who is assessed, the published ones."""
    rows = [row for row in ask.service.reads.assessments() if _may_see(ask.officer, row)]
    shown = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    return View(ASSESSMENTS, {}, Listing(COLUMNS, shown, len(rows), ask.paging))


@section.page("/{assessment_id}", "assessment.read", "evaluation/assessment.html")
def show_assessment(ask: EvaluationAsk, assessment_id: str) -> View:
    """Show a frozen assessment: totals and ranks as they were, its rules and digest."""
    found = ask.service.reads.assessment(assessment_id)
    if not _may_see(ask.officer, found.summary):
        raise UnknownAssessmentError(assessment_id=assessment_id[:64])
    lines: dict[str, list[Any]] = {}
    for line in found.lines:
        if ask.officer.role not in {"town", "village"} or line["unit"] == ask.officer.area_code:
            lines.setdefault(str(line["unit"]), []).append(line)
    data = {
        "summary": found.summary,
        "state": _state(found.summary),
        "board": found.board,
        "lines": lines,
        "files": sorted(found.rules.items()),
        "same_days": f"?as_of={found.summary.as_of}&known_at={found.summary.known_at}",
    }
    title = Words(f"{found.summary.year}年度综合考评", f"Assessment of {found.summary.year}")
    return View(title, data, crumbs=(Crumb(ASSESSMENTS, "/assessments"), Crumb(title)))


@section.action("", "assessment.draft", Words("形成考评草案", "Draft an assessment"), DraftForm)
def draft(act: EvaluationAct, form: DraftForm) -> Done:
    command = DraftAssessment(form.as_of, form.known_at)
    assessment_id = draft_assessment(command, act.uow(), act.service.scores)
    location = f"/assessments/{assessment_id}"
    return Done(location, "考评草案已固化", "The draft is frozen", {"id": assessment_id}, created=True)


@section.action(
    "/{assessment_id}/publish",
    "assessment.publish",
    Words("公布考评结果", "Publish the result"),
    PublishForm,
    danger=True,
)
def publish(act: EvaluationAct, form: PublishForm, assessment_id: str) -> Done:  # noqa: ARG001  (every action has its form)
    publish_assessment(PublishAssessment(assessment_id), act.uow())
    return Done(
        f"/assessments/{assessment_id}", "考评结果已公布", "The result is published", {"id": assessment_id}
    )
