"""A month of dispatch as a workbook: what was filed with live sums, problems, plans and help asked."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO

import xlsxwriter

from services.evaluation.adapters.documents.score_book_page import Page, styles_of
from services.evaluation.domain.dispatch.progress import STATE_WORDS, ProgressReport

Named = Callable[[ProgressReport], tuple[str, str]]
"""What a report is about and the name of its unit, in the reader's words."""

_HEAD = ("事项", "单位", "期限", "报送日期", "应完成", "已完成", "完成率", "投入资金（元）", "问题数", "状态")
_PROBLEMS = ("事项", "上报单位", "问题", "解决单位", "解决时限")
_PLANS = ("事项", "单位", "下月计划", "需协调事项")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FIRST = 3


def dispatch_book(
    title: str, reports: Sequence[ProgressReport], named: Named, unit_name: Callable[[str], str], on: date
) -> bytes:
    """Return the workbook of *reports*, all of one month, as they stood *on* a day."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(_OPTIONS))
    made_on = datetime.combine(on, datetime.min.time())
    book.set_properties({"title": title, "author": "守线 Shouxian", "created": made_on})
    styles = styles_of(book)
    for sheet, scope in (("牵头部门", "action"), ("各镇", "town")):
        page = Page(book.add_worksheet(sheet), styles)
        _heading(page, title, on, _HEAD)
        _progress(page, [one for one in reports if one.scope == scope], named)
    page = Page(book.add_worksheet("存在问题"), styles)
    _heading(page, title, on, _PROBLEMS)
    problems = [(one, problem) for one in reports for problem in one.problems]
    for row, (report, problem) in enumerate(problems, _FIRST):
        page.row(row, [*named(report), problem["text"], unit_name(problem["unit"]), problem["due_on"]])
    page = Page(book.add_worksheet("下月计划和需协调事项"), styles)
    _heading(page, title, on, _PLANS)
    told = [one for one in reports if one.next_month or one.help_asked]
    for row, report in enumerate(told, _FIRST):
        page.row(row, [*named(report), report.next_month, report.help_asked])
    book.close()
    return buffer.getvalue()


def _heading(page: Page, title: str, on: date, head: Sequence[str]) -> None:
    page.text(0, 0, title, "title")
    page.text(1, 0, f"{on}的报送情况", "note")
    page.row(_FIRST - 1, head, "head")
    page.sheet.set_column(0, len(head) - 1, 16)
    page.sheet.freeze_panes(_FIRST, 1)
    page.print_on_one_page(landscape=True, height=0)


def _progress(page: Page, reports: Sequence[ProgressReport], named: Named) -> None:
    for row, report in enumerate(reports, _FIRST):
        filed = report.filed_on.isoformat() if report.filed_on else ""
        page.row(row, [*named(report), report.due_on.isoformat(), filed])
        page.value(row, 4, report.tasks_due)
        page.value(row, 5, report.tasks_done)
        _rate(page, row, report.tasks_due, report.tasks_done)
        page.points(row, 7, Fraction(report.money_fen, 100))
        page.value(row, 8, len(report.problems))
        page.text(row, 9, "迟报" if report.late else STATE_WORDS[report.state][0])
    if reports:
        _sums(page, _FIRST + len(reports), reports)


def _sums(page: Page, row: int, reports: Sequence[ProgressReport]) -> None:
    page.row(row, ["合计", *[""] * (len(_HEAD) - 1)], "sum_text")
    due, done = sum(one.tasks_due for one in reports), sum(one.tasks_done for one in reports)
    money = Fraction(sum(one.money_fen for one in reports), 100)
    problems = sum(len(one.problems) for one in reports)
    sums = (
        (4, "E", Fraction(due), "whole"),
        (5, "F", Fraction(done), "whole"),
        (7, "H", money, "sum"),
        (8, "I", Fraction(problems), "whole"),
    )
    for column, letter, value, style in sums:
        page.formula(row, column, f"=SUM({letter}{_FIRST + 1}:{letter}{row})", value, style)
    _rate(page, row, due, done)


def _rate(page: Page, row: int, due: int, done: int) -> None:
    rate = Fraction(done, due) if due else None
    page.formula(row, 6, f'=IF(E{row + 1}=0,"",F{row + 1}/E{row + 1})', rate, "rate")
