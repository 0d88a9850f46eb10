"""The table form of a report: a workbook to fill in, one line a unit, and the figures read from it."""

import tempfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from services.evaluation.domain.reporting.errors import SheetUnreadableError
from services.evaluation.domain.reporting.figure import ReportedFigure, Shape, figure_of
from services.evaluation.domain.reporting.task import ReportingTask
from shared.spreadsheet import Heading, write_xlsx

LARGEST_SHEET = 2_000_000
"""Bytes of a filled-in form: one line a unit."""
_MOST_LINES = 500
_CODE, _NAME, _ABOVE, _BELOW = "单位代码", "单位", "分子", "分母"
IN_SHEETS: tuple[Shape, ...] = ("rate", "ratio", "count")


def write_report_sheet(task: ReportingTask, names: Mapping[str, str]) -> Path:
    """Write the form of *task* with what is known already; the caller removes the file."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    headings = [Heading(_CODE, 20), Heading(_NAME, 20), Heading(_ABOVE, 14), Heading(_BELOW, 14)]
    if task.shape == "count":
        headings = [*headings[:2], Heading("数值", 14)]
    rows = [_row(task, unit, names.get(unit, unit)) for unit in task.about]
    write_xlsx(path, f"{task.indicator} {task.period}", headings, rows)
    return path


def _row(task: ReportingTask, unit: str, name: str) -> list[object]:
    figure = task.values.get(unit)
    numbers = (figure.numerator, figure.denominator) if figure else (None, None)
    cells = [None if number is None else float(number) for number in numbers]
    return [unit, name, *cells[: 1 if task.shape == "count" else 2]]


def read_report_sheet(path: Path, task: ReportingTask) -> dict[str, ReportedFigure]:
    """Return the figures of a filled-in form by unit; raises SheetUnreadableError, naming the line.

    A line without numbers is left out: the task then refuses the report as incomplete.
    """
    lines = _lines(path)
    if not lines or _text(lines[0][0]) != _CODE:
        raise SheetUnreadableError(
            what_zh="第一行应为表头（单位代码、单位、…），请用下载的表格填写",
            what_en="the first line must be the headings of the form that was downloaded",
        )
    found: dict[str, ReportedFigure] = {}
    for number, line in enumerate(lines[1:_MOST_LINES], 2):
        unit, *cells = (_text(cell) for cell in (*line, "", "", "")[:4])
        if not unit or not any(cells[1:]):
            continue
        if unit in found:
            repeated = (f"第 {number} 行单位重复", f"line {number} repeats a unit")
            raise SheetUnreadableError(what_zh=repeated[0], what_en=repeated[1])
        below = cells[2] if task.shape != "count" else None
        found[unit] = figure_of(task.shape, numerator=cells[1] or None, denominator=below or None)
    return found


def _lines(path: Path) -> Sequence[Sequence[object]]:
    try:
        book = CalamineWorkbook.from_path(path)
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=_MOST_LINES)
    except (CalamineError, PasswordError, OSError, IndexError, ValueError) as error:
        raise SheetUnreadableError(what_zh="不是 Excel 工作簿", what_en="it is no workbook") from error


def _text(cell: object) -> str:
    """Return a cell as typed: workbooks keep every number as a floating one."""
    if isinstance(cell, float):
        exact = Decimal(repr(cell))
        return str(int(exact)) if exact == exact.to_integral_value() else str(exact)
    return str(cell).strip()
