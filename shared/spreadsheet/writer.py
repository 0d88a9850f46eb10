"""A table written line by line: a workbook, or CSV that Excel opens; no text becomes a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

MOST_SHEET_ROWS = 1_048_575
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LINES_AT_ONCE = 2000
_PIECE = 1 << 18
_HEADING = {"bold": True, "bg_color": "#E7EEF5", "border": 1, "text_wrap": True, "valign": "vcenter"}


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column that is written, and how wide it is, in characters."""

    text: str
    width: int = 12


def file_pieces(path: Path) -> Iterator[bytes]:
    """Yield the file at *path* piece by piece and remove it afterwards, also when nobody reads to the end."""
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    finally:
        path.unlink(missing_ok=True)


def write_xlsx(path: Path, sheet: str, headings: Sequence[Heading], rows: Iterable[Sequence[object]]) -> int:
    """Write *rows* to a workbook at *path*, return how many; a text is never a formula, link or number."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        },
    )
    lines = 0
    try:
        page = book.add_worksheet(_sheet_name(sheet))
        bold = book.add_format(_HEADING)
        for place, one in enumerate(headings):
            page.set_column(place, place, one.width)
            page.write_string(0, place, one.text, bold)
        page.freeze_panes(1, 0)
        for lines, row in enumerate(rows, 1):
            if lines > MOST_SHEET_ROWS:
                raise ValueError("a sheet has no more lines")
            _write_line(page, lines, row)
    finally:
        book.close()
    return lines


def _write_line(page: xlsxwriter.worksheet.Worksheet, line: int, row: Sequence[object]) -> None:
    for place, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            page.write_string(line, place, value[:32_767])
        elif isinstance(value, bool):
            page.write_string(line, place, "是" if value else "否")
        else:
            page.write_number(line, place, value)


def csv_lines(headings: Sequence[Heading], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the table as CSV that Excel opens as UTF-8, in pieces; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([one.text for one in headings])
    head = b"\xef\xbb\xbf"
    for number, row in enumerate(rows, 1):
        writer.writerow([_harmless(value) for value in row])
        if number % _LINES_AT_ONCE == 0:
            yield head + text.getvalue().encode("utf-8")
            head = b""
            text.seek(0)
            text.truncate()
    yield head + text.getvalue().encode("utf-8")


def _harmless(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    # A long number stays what it is only as text: Excel would round an ID number to 15 digits.
    if len(value) > 11 and value.isdigit():  # noqa: PLR2004  (a telephone's; longer ones lose digits or turn 1E+11)
        return f"\t{value}"
    return f"'{value}" if value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA) else value


def _sheet_name(text: str) -> str:
    return "".join(sign for sign in text if sign not in "[]:*?/\\")[:31] or "Sheet1"
