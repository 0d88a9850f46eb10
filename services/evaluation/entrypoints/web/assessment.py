"""Assessments on pages: the versions of a year's assessment, and the steps that make them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from services.evaluation.adapters.read_models_assessment import (
    AppealSearch,
    AssessmentSummary,
    VersionSummary,
)
from services.evaluation.domain.assessment import STAGE_WORDS, Stage, Version
from services.evaluation.domain.errors import UnknownAssessmentError
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, path_to
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.service_layer.assessment import (
    DraftAssessment,
    NextVersion,
    PublishAssessment,
    draft_assessment,
    finalise_assessment,
    publish_assessment,
    redraft_assessment,
    reopen_assessment,
    revise_assessment,
    show_assessment,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label
from shared.web.forms import Version as Record
from shared.web.i18n import Words
from shared.web.officer import Officer
from shared.web.paging import Badge, Colour, Column, Listing
from shared.web.section import Section

section = Section("assessment", prefix="/assessments")

ASSESSMENTS = Words("年度考评", "Assessments")
_COLOURS: dict[Stage, Colour] = {
    Stage.DRAFT: "grey",
    Stage.PRELIMINARY: "yellow",
    Stage.FINAL: "blue",
    Stage.PUBLISHED: "green",
}
_DRAFTS_FOR = frozenset({"county", "evaluator"})
"""Who sees drafts and what is final but not published; who is assessed does not."""

Reason = Annotated[
    str,
    Field(max_length=500),
    Label("说明", "Note", lines=2, hint_zh="不写个人姓名", hint_en="name no person"),
]


class DraftForm(Form):
    """The days of the assessment to be frozen."""

    as_of: Annotated[date, Label("截至日期", "As of")]
    known_at: Annotated[
        date | None,
        Label("知悉日期", "Known at", hint_zh="不填即为截至日期当日", hint_en="the same day when left empty"),
    ] = None


class StepForm(Form):
    """A step that makes a new version; everything known today is counted."""

    version: Record
    reason: Reason = ""


class ReopenForm(Form):
    version: Record
    reason: Annotated[
        str, Field(min_length=1, max_length=500), Label("更正原因", "Why it is corrected", lines=2)
    ]


class PublishForm(Form):
    """What is published is what the officer saw: a result that was reopened meanwhile is not."""

    version: Record


def stage_badge(stage: Stage) -> Badge:
    """Return where an assessment stands, or what a version was made for."""
    return Badge(_COLOURS[stage], Words(*STAGE_WORDS[stage]))


def visible(officer: Officer, row: AssessmentSummary, versions: Iterable[VersionSummary]) -> list[int]:
    """Return the numbers of the versions the officer may see, the newest first.

    Who is assessed sees what was shown as preliminary, and a final version once it is published.
    """
    if officer.role in _DRAFTS_FOR:
        return [one.number for one in versions]
    published = row.published_on is not None
    return [
        one.number
        for one in versions
        if one.stage is Stage.PRELIMINARY
        or (one.stage is Stage.FINAL and (published or one.number < row.number))
    ]


def seen_version(
    ask: EvaluationAsk, assessment_id: str, number: int = 0
) -> tuple[AssessmentSummary, Version, list[VersionSummary]]:
    """Return the assessment, the version asked for (0: the newest to be seen) and all that may be seen.

    Raises UnknownAssessmentError for what the officer may not see, as for what is not there.
    """
    row = ask.service.reads.assessment(assessment_id)
    versions = ask.service.reads.versions(assessment_id)
    numbers = visible(ask.officer, row, versions)
    if not numbers or (number and number not in numbers):
        raise UnknownAssessmentError(assessment_id=assessment_id[:64])
    found = ask.service.reads.version(assessment_id, number or numbers[0])
    return row, found, [one for one in versions if one.number in numbers]


COLUMNS = (
    Column[AssessmentSummary](
        "年度", "Year", lambda row: row.year, link=lambda row: f"/assessments/{row.id}"
    ),
    Column[AssessmentSummary]("截至", "As of", lambda row: row.as_of),
    Column[AssessmentSummary]("状态", "State", lambda row: stage_badge(row.stage)),
    Column[AssessmentSummary]("最新版次", "Newest version", lambda row: row.number, "number"),
    Column[AssessmentSummary]("公示日期", "Shown on", lambda row: row.shown_on),
    Column[AssessmentSummary]("申诉截止", "Appeals until", lambda row: row.appeals_until),
    Column[AssessmentSummary]("公布日期", "Published on", lambda row: row.published_on),
    Column[AssessmentSummary]("摘要", "Digest", lambda row: row.digest[:16]),
)


@section.page("", "assessment.read", "evaluation/assessments.html")
def list_assessments(ask: EvaluationAsk) -> View:
    """List every assessment; to who is assessed, those that were shown."""
    rows = [
        row
        for row in ask.service.reads.assessments()
        if ask.officer.role in _DRAFTS_FOR or row.shown_on is not None
    ]
    shown = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    return View(ASSESSMENTS, {}, Listing(COLUMNS, shown, len(rows), ask.paging))


def assessment_title(row: AssessmentSummary) -> Words:
    return Words(f"{row.year}年度综合考评", f"Assessment of {row.year}")


def crumbs_to(row: AssessmentSummary, *more: Crumb) -> tuple[Crumb, ...]:
    """Return the way back from a page below an assessment."""
    return (Crumb(ASSESSMENTS, "/assessments"), Crumb(assessment_title(row), f"/assessments/{row.id}"), *more)


def is_own(officer: Officer, unit: str) -> bool:
    """Say whether the officer works for the unit: a town's officers for the town, a department's for it."""
    if officer.role == "town":
        return officer.area_code == unit
    return officer.role == "department" and officer.unit == unit


def may_see_unit(officer: Officer, unit: str) -> bool:
    """Say whether the officer may see the unit's sheet: its own, or everybody's."""
    return officer.role in _DRAFTS_FOR or is_own(officer, unit)


def unit_sought(officer: Officer, unit: str) -> str | None:
    """Return whose things a list is searched for: *unit* ("" is everybody), its own, or None: nobody's."""
    if officer.role in _DRAFTS_FOR:
        return unit
    own = officer.area_code if officer.role == "town" else officer.unit
    return own if unit in ("", own) and may_see_unit(officer, own) else None


def seen_part(officer: Officer, version: Version) -> Version:
    """Return of a version what the officer may see: a program gets all that a page is given."""

    def seen(entries: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
        return tuple(one for one in entries if may_see_unit(officer, one["unit"]))

    difference = dict(version.difference)
    if "units" in difference:
        difference["units"] = seen(difference["units"])
    return replace(
        version,
        lines=seen(version.lines),
        frozen=seen(version.frozen),
        rulings=seen(version.rulings),
        difference=difference,
    )


@section.page("/{assessment_id}", "assessment.read", "evaluation/assessment.html")
def show(ask: EvaluationAsk, assessment_id: str, number: int = 0) -> View:
    """Show a version: totals and ranks as they were, what is frozen, what was ruled, its rules and digest."""
    row, found, versions = seen_version(ask, assessment_id, number)
    units = {unit["unit"] for group in ("towns", "departments") for unit in found.board[group]}
    data = {
        "row": row,
        "version": seen_part(ask.officer, found),
        "versions": [(one, stage_badge(one.stage)) for one in versions],
        "stages": [(str(stage), Words(*STAGE_WORDS[stage])) for stage in Stage],
        "stage": stage_badge(found.stage),
        "newest": found.number == row.number,
        "board": found.board,
        "sheets": {
            unit: path_to("assessments", row.id, "units", unit)
            for unit in units
            if may_see_unit(ask.officer, unit)
        },
        "frozen": [_point(one) for one in found.frozen if may_see_unit(ask.officer, one["unit"])],
        "rulings": [_point(one) for one in found.rulings if may_see_unit(ask.officer, one["unit"])],
        "open_appeals": len(ask.service.reads.appeals(AppealSearch(row.id, open_only=True))),
        "changed": len(found.difference.get("units", ())),
        "files": sorted(found.rules.items()),
        "same_days": f"?as_of={found.as_of}&known_at={found.known_at}",
    }
    title = assessment_title(row)
    return View(title, data, crumbs=(Crumb(ASSESSMENTS, "/assessments"), Crumb(title)))


def _point(one: Any) -> dict[str, Any]:  # noqa: ANN401  (an entry of a frozen version)
    return {**one, "unit_words": unit_words(one["unit"])}


@section.action("", "assessment.draft", Words("形成考评草案", "Draft an assessment"), DraftForm)
def draft(act: EvaluationAct, form: DraftForm) -> Done:
    command = DraftAssessment(form.as_of, form.known_at)
    assessment_id = draft_assessment(command, act.uow(), act.service.scores)
    location = f"/assessments/{assessment_id}"
    return Done(location, "考评草案已固化", "The draft is frozen", {"id": assessment_id}, created=True)


def _made(assessment_id: str, number: int, zh: str, en: str) -> Done:
    body = {"id": assessment_id, "number": number}
    return Done(f"/assessments/{assessment_id}", f"{zh}（第{number}版）", f"{en} (version {number})", body)


def _command(form: StepForm | ReopenForm, assessment_id: str) -> NextVersion:
    return NextVersion(assessment_id, form.reason, version=form.version)


@section.action(
    "/{assessment_id}/redraft",
    "assessment.redraft",
    Words("按今日所知重新起草", "Draft again with what is known today"),
    StepForm,
    permission="assessment.draft",
)
def redraft(act: EvaluationAct, form: StepForm, assessment_id: str) -> Done:
    number = redraft_assessment(_command(form, assessment_id), act.uow(), act.service.scores)
    return _made(assessment_id, number, "已重新起草", "Drafted again")


@section.action(
    "/{assessment_id}/show",
    "assessment.show",
    Words("公示初评结果", "Show it as preliminary"),
    StepForm,
    permission="assessment.draft",
)
def show_preliminary(act: EvaluationAct, form: StepForm, assessment_id: str) -> Done:
    number = show_assessment(_command(form, assessment_id), act.uow(), act.service.scores)
    return _made(assessment_id, number, "初评已公示，申诉期开始", "It is shown; units may appeal")


@section.action(
    "/{assessment_id}/revise",
    "assessment.revise",
    Words("计入更正，修订初评", "Count the rulings: revise it"),
    StepForm,
    permission="assessment.draft",
)
def revise(act: EvaluationAct, form: StepForm, assessment_id: str) -> Done:
    number = revise_assessment(_command(form, assessment_id), act.uow(), act.service.scores)
    return _made(assessment_id, number, "初评已修订", "Revised")


@section.action(
    "/{assessment_id}/finalise",
    "assessment.finalise",
    Words("定稿", "Make it final"),
    StepForm,
    permission="assessment.draft",
)
def finalise(act: EvaluationAct, form: StepForm, assessment_id: str) -> Done:
    number = finalise_assessment(_command(form, assessment_id), act.uow(), act.service.scores)
    return _made(assessment_id, number, "已定稿", "It is final")


@section.action(
    "/{assessment_id}/reopen",
    "assessment.reopen",
    Words("更正：重新公示", "Correct it: show it again"),
    ReopenForm,
    permission="assessment.publish",
    danger=True,
)
def reopen(act: EvaluationAct, form: ReopenForm, assessment_id: str) -> Done:
    number = reopen_assessment(_command(form, assessment_id), act.uow(), act.service.scores)
    return _made(assessment_id, number, "已重新公示", "Shown again")


@section.action(
    "/{assessment_id}/publish",
    "assessment.publish",
    Words("公布考评结果", "Publish the result"),
    PublishForm,
    danger=True,
)
def publish(act: EvaluationAct, form: PublishForm, assessment_id: str) -> Done:
    publish_assessment(PublishAssessment(assessment_id, form.version), act.uow())
    return Done(
        f"/assessments/{assessment_id}", "考评结果已公布", "The result is published", {"id": assessment_id}
    )
