"""A report as an official table in a workbook: title, who reports, figures, who signs."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import xlsxwriter

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: *above* and *below* are lines over and under it, *headings* and *lines* its body."""

    title: str
    above: str
    headings: Sequence[str]
    lines: Sequence[Sequence[Cell]]
    below: Sequence[str]
    signatures: str


def write_report(sheet: Sheet) -> Path:
    """Write the workbook to a file of its own and return where; whoever sends it removes it."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("报表")
    last = max(1, len(sheet.headings) - 1)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"text_wrap": True, "valign": "vcenter"})
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#EDEDED"}
    )
    text = book.add_format({"border": 1, "text_wrap": True})
    number = book.add_format({"border": 1, "num_format": "#,##0"})
    share = book.add_format({"border": 1, "num_format": "0.00%"})
    page.merge_range(0, 0, 0, last, sheet.title, title)
    page.set_row(0, 30)
    page.merge_range(1, 0, 1, last, sheet.above, plain)
    page.set_column(0, 0, 34)
    page.set_column(1, last, 12)
    for place, heading in enumerate(sheet.headings):
        page.write_string(2, place, heading, head)
    row = 2
    for row, line in enumerate(sheet.lines, 3):
        for place, cell in enumerate(line):
            match cell:
                case None:
                    page.write_string(row, place, "—", text)
                case Decimal():
                    page.write_number(row, place, float(cell), share)
                case int():
                    page.write_number(row, place, cell, number)
                case _:
                    page.write_string(row, place, cell, text)
    for place, line_below in enumerate((*sheet.below, sheet.signatures), row + 1):
        page.merge_range(place, 0, place, last, line_below, plain)
        page.set_row(place, 30)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    book.close()
    return path
