"""Several tables as the sheets of one workbook; no text becomes a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

_HEADING = {"bold": True, "bg_color": "#E7EEF5", "border": 1, "text_wrap": True, "valign": "vcenter"}
_LONGEST = 32_767
_WIDE, _NARROW = 40, 14
_WIDE_FROM = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its title, its headings, its rows of texts and numbers."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str | int | None]]


def write_sheets(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write *sheets* to a workbook at *path*; what stands in a cell is text or a whole number."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold, wrapped = book.add_format(_HEADING), book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.title)
            widths = [_NARROW] * len(sheet.headings)
            for line, row in enumerate(sheet.rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        page.write_number(line, place, value, wrapped)
                    elif value:
                        page.write_string(line, place, value[:_LONGEST], wrapped)
                        if len(value) > _WIDE_FROM:
                            widths[place] = _WIDE
            for place, heading in enumerate(sheet.headings):
                page.set_column(place, place, widths[place])
                page.write_string(0, place, heading, bold)
            page.freeze_panes(1, 0)
