"""Which part of a list is asked for, and a list with its columns: for page, JSON, CSV and XLSX."""

import csv
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from shared.kernel.clock import COUNTY_ZONE
from shared.kernel.errors import InvalidInputError, Language
from shared.kernel.money import yuan_text
from shared.spreadsheet import Heading, write_xlsx
from shared.web.i18n import Words

T = TypeVar("T")
Kind = Literal["text", "number", "yuan", "percent"]
Colour = Literal["blue", "yellow", "red", "green", "grey"]

SIZE = 50
LARGEST_SIZE = 200
LARGEST_EXPORT = 300_000
"""Rows; every person of the county. What has more is refused: nobody would see what is missing."""
EXPORTS = ("csv", "xlsx")
_FARTHEST = 1_000_000
_YES, _NO = Words("是", "yes"), Words("否", "no")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportTooLongError(InvalidInputError):
    """Raised when a list has more rows than one file takes."""

    code = "export_too_long"
    zh = "符合条件的有 {total} 条，超过一次导出的 {most} 条；请缩小查询范围"
    en = "{total} match, more than the {most} of one export; narrow the search"


@dataclass(frozen=True, slots=True)
class Paging:
    """The part of a list that is asked for; *number* counts from 1."""

    number: int = 1
    size: int = SIZE

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Paging":
        """Return what ``?page=&size=`` asks for, brought within bounds; an export asks for all."""
        if query.get("format") in EXPORTS:
            return cls(1, LARGEST_EXPORT)
        number = _number(query.get("page"), 1, _FARTHEST)
        return cls(number, _number(query.get("size"), SIZE, LARGEST_SIZE))


@dataclass(frozen=True, slots=True)
class Badge:
    """A short mark with a colour; the words always say what the colour does."""

    colour: Colour
    words: Words


@dataclass(frozen=True)  # no slots: `Column[Row](…)` could not be written
class Column(Generic[T]):
    """One column: its heading, what it shows of a row, and where a click leads (a path of this site).

    ``yuan`` takes fen, ``percent`` a share of 1.
    """

    zh: str
    en: str
    value: Callable[[T], object]
    kind: Kind = "text"
    link: Callable[[T], str] | None = None

    @property
    def words(self) -> Words:
        return Words(self.zh, self.en)


@dataclass(frozen=True)
class Listing(Generic[T]):
    """One part of a list: its *rows*, the *total* there are, and the *paging* they were asked with."""

    columns: Sequence[Column[T]]
    rows: Sequence[T]
    total: int
    paging: Paging

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.paging.size))

    @property
    def first(self) -> int:
        return self.paging.offset + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.paging.offset + len(self.rows)

    def document(self, encode: Callable[[Any], Any]) -> dict[str, Any]:
        """Return the list as JSON: whole rows, not only what the columns show."""
        return {
            "items": encode(list(self.rows)),
            "page": self.paging.number,
            "size": self.paging.size,
            "total": self.total,
        }

    def ensure_whole(self) -> None:
        """Raise ExportTooLongError when rows would be missing from an export."""
        if self.total > len(self.rows):
            raise ExportTooLongError(total=self.total, most=LARGEST_EXPORT)

    def as_xlsx(self, language: Language, title: str) -> Path:
        """Write the columns and rows to a workbook and return its path; the caller removes it."""
        headings = [Heading(column.words.pick(language), 16) for column in self.columns]
        rows = (
            [_sheet_cell(column.value(row), column.kind, language) for column in self.columns]
            for row in self.rows
        )
        with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
            path = Path(file.name)
        write_xlsx(path, title, headings, rows)
        return path

    def as_csv(self, language: Language) -> bytes:
        """Return the columns and rows as CSV that Excel opens as UTF-8; no cell can be a formula."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([column.words.pick(language) for column in self.columns])
        for row in self.rows:
            writer.writerow([_cell(column.value(row), column.kind, language) for column in self.columns])
        return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def shown(value: object, kind: Kind, language: Language) -> str:
    """Return *value* as people read it; None is a dash."""
    match value:
        case None:
            text = "—"
        case bool():
            text = (_YES if value else _NO).pick(language)
        case int() if kind == "yuan":
            text = yuan_text(value)
        case Decimal() if kind == "percent":
            text = f"{value * 100:.2f}%"
        case datetime():
            text = value.astimezone(COUNTY_ZONE).strftime("%Y-%m-%d %H:%M")
        case date():
            text = value.isoformat()
        case Words():
            text = value.pick(language)
        case Badge():
            text = value.words.pick(language)
        case _:
            text = str(value)
    return text


def _cell(value: object, kind: Kind, language: Language) -> str:
    if value is None:
        return ""
    if kind == "yuan" and isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}"
    text = shown(value, kind, language)
    a_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    # Some programs look behind the spaces before they take a cell for a formula.
    a_formula = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if a_formula and not a_number else text


def _sheet_cell(value: object, kind: Kind, language: Language) -> object:
    """Return what a workbook keeps: numbers stay numbers, everything else is the text people read."""
    if value is None:
        return None
    if kind == "yuan" and isinstance(value, int):
        return value / 100
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and kind != "percent":
        return float(value) if isinstance(value, Decimal) else value
    return shown(value, kind, language)


def _number(text: str | None, otherwise: int, largest: int) -> int:
    if text is None or not text.isascii() or not text.isdigit():
        return otherwise
    return min(max(int(text[:9]), 1), largest)
