"""Documents of an assessment to take away: circular, score sheets, units' pages, all data; its charts."""

import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from services.evaluation.adapters.documents.chart import Chart, distribution, tiles
from services.evaluation.adapters.documents.circular_docx import circular_docx
from services.evaluation.adapters.documents.data_set import write_data_set
from services.evaluation.adapters.documents.score_book import score_book
from services.evaluation.adapters.documents.unit_docx import unit_docx
from services.evaluation.adapters.read_models_assessment import AssessmentSummary
from services.evaluation.domain.assessment import Version
from services.evaluation.domain.assessment_errors import NotOwnPointError
from services.evaluation.domain.documents.circular import CircularGiven, year_end_circular
from services.evaluation.domain.documents.frozen import FrozenResult, FrozenUnit
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.entrypoints.web.assessment import crumbs_to, may_see_unit, seen_version, stage_badge
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, day_in, path_to
from shared.spreadsheet import file_pieces
from shared.web.asking import Crumb, FileAnswer, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("document", prefix="/assessments/{assessment_id}")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIP = "application/zip"
_LONGEST_NUMBER = 40


def _result(
    ask: EvaluationAsk, assessment_id: str, number: int
) -> tuple[AssessmentSummary, Version, FrozenResult]:
    """Return the version asked for; refused as the page of the assessment refuses it."""
    row, version, _ = seen_version(ask, assessment_id, number)
    published = row.published_on is not None and version.number == row.number
    return row, version, FrozenResult.of(version, ask.service.rulebook, published=published)


@section.page("/documents", "document.read", "evaluation/documents.html")
def show_documents(ask: EvaluationAsk, assessment_id: str, number: int = 0) -> View:
    """Show what can be taken away of a version, and its totals as charts."""
    row, version, result = _result(ask, assessment_id, number)
    data = {
        "row": row,
        "version": version,
        "stage": stage_badge(version.stage),
        "published": result.published,
        "circular": given_to(row, version, "", "", None),
        "reply_days": ask.service.documents.reply_days.on(version.made_on),
        "charts": [
            *charts_of(ask, result.towns, "各镇", "towns"),
            *charts_of(ask, result.departments, "县级部门", "departments")[1:],
        ],
        "sheets": [
            (unit.name, path_to("assessments", row.id, "units", unit.id, "sheet.docx"))
            for unit in result.units()
        ],
    }
    title = Words("考评文件和图表", "Documents and charts")
    return View(title, data, crumbs=crumbs_to(row, Crumb(title)))


def charts_of(ask: EvaluationAsk, units: Iterable[FrozenUnit], zh: str, en: str) -> list[Chart]:
    """Return the tile map (by code) and the distribution of the totals of *units*."""
    known = [
        (unit.name, None if unit["total"] is None else Decimal(unit["total"]), unit["rank"])
        for unit in sorted(units, key=lambda unit: unit.id)
    ]
    return board_charts(ask, known, Words(zh, en))


def board_charts(
    ask: EvaluationAsk, known: list[tuple[str, Decimal | None, int | None]], who: Words
) -> list[Chart]:
    """Return the tile map and the distribution of totals, in the reader's language."""
    say = ask.language
    unit, score, rank = (Words("单位", "Unit"), Words("得分", "Score"), Words("名次", "Rank"))
    map_title = Words(
        f"{who.zh}得分分布图（色块图，非地理位置）", f"Scores of {who.en}, as tiles (not by place)"
    )
    spread_title = Words(f"{who.zh}得分分段", f"How scores of {who.en} are spread")
    band, count = Words("分段", "Band"), Words("单位数", "Units")
    totals = [total for _, total, _ in known if total is not None]
    return [
        tiles(map_title.pick(say), known, (unit.pick(say), score.pick(say), rank.pick(say))),
        distribution(spread_title.pick(say), totals, (band.pick(say), count.pick(say))),
    ]


def given_to(
    row: AssessmentSummary, version: Version, document_no: str, dated: str, reply_by: date | None
) -> CircularGiven:
    """Return what a circular is given: without a day that of publication, of a draft the day it was made."""
    published = row.published_on if version.number == row.number else None
    return CircularGiven(
        day_in(dated) or published or version.made_on, document_no[:_LONGEST_NUMBER], reply_by
    )


@section.download("/circular.docx", "document.read")
def circular(
    ask: EvaluationAsk,
    assessment_id: str,
    number: int = 0,
    document_no: str = "",
    dated: str = "",
    reply_by: str = "",
) -> FileAnswer:
    """Give the circular; what is not the published result is marked as a draft on every page."""
    row, version, result = _result(ask, assessment_id, number)
    given = given_to(row, version, document_no, dated, day_in(reply_by))
    content = circular_docx(year_end_circular(result, ask.service.documents, given), version.made_on)
    return FileAnswer(f"{row.year}年度综合考评通报.docx", DOCX, [content])


@section.download("/scores.xlsx", "document.read")
def scores(ask: EvaluationAsk, assessment_id: str, number: int = 0) -> FileAnswer:
    """Give the score sheets of all units with live subtotals."""
    row, _, result = _result(ask, assessment_id, number)
    return FileAnswer(f"{row.year}年度综合考评得分表.xlsx", XLSX, [score_book(result)])


@section.download("/data.zip", "document.read")
def data_set(ask: EvaluationAsk, assessment_id: str, number: int = 0) -> FileAnswer:
    """Give all data as CSV and Parquet."""
    row, _, result = _result(ask, assessment_id, number)
    with tempfile.NamedTemporaryFile(suffix=".zip", delete=False) as file:
        path = Path(file.name)
    try:
        write_data_set(path, result, ask.service.scores, ask.service.engine)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return FileAnswer(f"assessment-{row.year}-data.zip", _ZIP, file_pieces(path))


def _own(
    ask: EvaluationAsk, assessment_id: str, unit_id: str, number: int
) -> tuple[AssessmentSummary, FrozenResult, FrozenUnit]:
    if not may_see_unit(ask.officer, unit_id):
        raise NotOwnPointError
    row, _, result = _result(ask, assessment_id, number)
    unit = next((one for one in result.units() if one.id == unit_id), None)
    if unit is None:
        raise UnknownUnitError(unit=unit_id[:64])
    return row, result, unit


@section.download("/units/{unit_id}/sheet.docx", "assessment.sheet")
def sheet(ask: EvaluationAsk, assessment_id: str, unit_id: str, number: int = 0) -> FileAnswer:
    """Give a unit's sheet on one page; a unit its own."""
    row, result, unit = _own(ask, assessment_id, unit_id, number)
    return FileAnswer(f"{unit.name}{row.year}年度考评得分表.docx", DOCX, [unit_docx(result, unit)])


@section.download("/units/{unit_id}/scores.xlsx", "assessment.sheet")
def unit_scores(ask: EvaluationAsk, assessment_id: str, unit_id: str, number: int = 0) -> FileAnswer:
    """Give a unit's lines with live subtotals; a unit its own."""
    row, result, unit = _own(ask, assessment_id, unit_id, number)
    return FileAnswer(f"{unit.name}{row.year}年度考评明细.xlsx", XLSX, [score_book(result, [unit])])
