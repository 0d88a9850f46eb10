"""What of the year's assessment waits for an officer: appeals to review, a preliminary result to check."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.evaluation.adapters.read_models_assessment import AppealSearch
from services.evaluation.domain.assessment import Stage
from services.evaluation.entrypoints.web.appeal import point_words
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, path_to
from services.evaluation.entrypoints.web.task_item import Task
from shared.web.i18n import Words

_REVIEW = Words("复核申诉", "Review the appeal")
_LOOK = Words("核对初评结果，有异议可申诉", "Check the preliminary result; appeal if it is wrong")


def assessment_tasks(ask: EvaluationAsk, _connection: Connection) -> Iterator[Task]:
    """Yield the open appeals to who reviews them, and to a unit the result it may appeal against."""
    reads, officer = ask.service.reads, ask.officer
    if officer.role == "evaluator":
        for one in reads.appeals(AppealSearch(open_only=True)):
            about = point_words(one)
            yield Task(_REVIEW, f"/appeals/{one.id}", about, one.point.unit, one.filed_on)
    unit = {"town": officer.area_code, "department": officer.unit}.get(officer.role, "")
    if unit not in {one.id for one in ask.service.units()}:
        return
    for row in reads.assessments():
        if row.stage is Stage.PRELIMINARY and row.appeals_until and ask.today <= row.appeals_until:
            path = path_to("assessments", row.id, "units", unit)
            yield Task(_LOOK, path, str(row.year), unit, row.appeals_until)
