"""A month's dispatch as one workbook; who files sees what is its own."""

from services.evaluation.adapters.documents.dispatch_book import dispatch_book
from services.evaluation.adapters.read_models_dispatch import WHOLE, find_reports
from services.evaluation.domain.dispatch.progress import ProgressReport
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.dispatch import action_words, month_words
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.supervision import own_unit
from shared.kernel.errors import InvalidInputError
from shared.persistence.engine import reading
from shared.web.asking import FileAnswer
from shared.web.section import Section

section = Section("dispatch_export", prefix="/dispatch")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DIGITS = 6


class NotAMonthError(InvalidInputError):
    """Raised when a workbook is asked for without its month."""

    code = "not_a_month"
    zh = "“{text}”不是月份，请按 202212 的样式填写"
    en = "“{text}” is not a month; write it as 202212"


@section.download("/workbook.xlsx", "dispatch.read")
def workbook(ask: EvaluationAsk, month: str = "") -> FileAnswer:
    """Give a month's reports, the county's or a unit's own."""
    wanted = month or f"{ask.today:%Y%m}"
    if len(wanted) != _DIGITS or not wanted.isdecimal() or not "01" <= wanted[4:] <= "12":
        raise NotAMonthError(text=month[:20])
    with reading(ask.service.engine) as connection:
        reports, _ = find_reports(connection, unit=own_unit(ask), month=wanted, limit=WHOLE)

    def named(report: ProgressReport) -> tuple[str, str]:
        about = action_words(ask, report.action).zh if report.scope == "action" else "镇进展"
        return about, unit_words(report.unit).zh

    title = f"{month_words(wanted).zh}月调度情况"
    content = dispatch_book(title, reports, named, lambda unit: unit_words(unit).zh, ask.today)
    return FileAnswer(f"{title}.xlsx", _XLSX, [content])
