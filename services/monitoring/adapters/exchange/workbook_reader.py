"""Any table people send, as lines: XLSX as a stream, old XLS, CSV in UTF-8 or GB18030; content decides."""

import codecs
import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from services.monitoring.adapters.exchange.xlsx_stream import MOST_COLUMNS, XlsxStream
from services.monitoring.domain.exchange.cell import Raw
from services.monitoring.domain.exchange.file_errors import (
    FileBrokenError,
    FileKindError,
    FileLockedError,
    FileTextError,
    FileTooLargeError,
    TooManyRowsError,
)
from services.monitoring.domain.exchange.format import (
    FileFormat,
    Headings,
    HeadingsError,
    SheetRow,
    find_headings,
)

LARGEST_FILE = 120 * 10**6
"""Bytes. 300,000 lines of the national list are about 36 MB as XLSX and 80 as CSV."""
MOST_ROWS = 500_000
_LARGEST_OLD = 40 * 10**6
_HEADINGS_WITHIN = 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PIECE = 1 << 20
_LONGEST_LINE = 1_000_000

Lines = Callable[[], Iterator[SheetRow]]


class OpenTable:
    """A table whose headings were found; see :class:`...domain.exchange.format.Table`."""

    def __init__(self, headings: Headings, lines: Iterator[SheetRow]) -> None:
        self.headings = headings
        self._lines = lines

    def __iter__(self) -> Iterator[SheetRow]:
        for counted, line in enumerate(self._lines):
            if counted >= MOST_ROWS:
                raise TooManyRowsError(most=MOST_ROWS)
            if line.number > self.headings.line:
                yield line


@contextmanager
def open_table(path: Path, wanted: FileFormat) -> Iterator[OpenTable]:
    """Give the table of *path* that has the headings *wanted* needs: the first sheet that does.

    Raises HeadingsError, or one of ``file_errors`` for what is no table. Lines are read while they are
    asked for; what is wrong further down is raised then.
    """
    with open_sheets(path) as sheets:
        yield _first_that_fits(sheets, wanted)


def _first_that_fits(sheets: list[Lines], wanted: FileFormat) -> OpenTable:
    refused: HeadingsError | None = None
    for lines in sheets:
        try:
            return _table(lines(), wanted)
        except HeadingsError as error:
            refused = refused or error
    raise refused or FileBrokenError


def _table(lines: Iterator[SheetRow], wanted: FileFormat) -> OpenTable:
    first = list(islice(lines, _HEADINGS_WITHIN))
    return OpenTable(find_headings(first, wanted), chain(first, lines))


@contextmanager
def open_sheets(path: Path) -> Iterator[list[Lines]]:
    """Give the sheets of the file at *path*, each as a function that reads it from its beginning."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise FileTooLargeError(most_mb=LARGEST_FILE // 10**6)
    with path.open("rb") as stream:
        start = stream.read(_PIECE)
    if start.startswith(_ZIP):
        book = XlsxStream(path)
        try:
            yield [_sheet_of(book, part) for part in book.sheets]
        finally:
            book.close()
    elif start.startswith(_OLE):
        yield _old_sheets(path, size)
    else:
        encoding = _encoding(path, start)
        yield [lambda: _csv_lines(path, encoding)]


def _sheet_of(book: XlsxStream, part: str) -> Lines:
    return lambda: book.rows(part)


def _old_sheets(path: Path, size: int) -> list[Lines]:
    """Read XLS of before 2007, which has 65,536 lines a sheet at most and so fits the memory."""
    if size > _LARGEST_OLD:
        raise FileTooLargeError(most_mb=_LARGEST_OLD // 10**6)
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = list(book.sheet_names)
    except PasswordError as error:
        raise FileLockedError from error
    except CalamineError as error:
        raise FileBrokenError from error

    def sheet(name: str) -> Lines:
        def lines() -> Iterator[SheetRow]:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for number, row in enumerate(rows, 1):
                yield SheetRow(number, tuple(_old_cell(cell) for cell in row[:MOST_COLUMNS]))

        return lines

    return [sheet(name) for name in names]


def _old_cell(cell: object) -> Raw:
    if cell is None or isinstance(cell, str | bool):
        return cell or None if isinstance(cell, str) else cell
    if isinstance(cell, int | float):
        return float(cell)
    return str(cell)  # a day or an hour, as ISO


def _encoding(path: Path, start: bytes) -> str:
    """Return what the text is written in: UTF-8 if all of it is valid UTF-8, else GB18030."""
    _refuse_other_kinds(start)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if _is_all(path, "utf-16"):
            return "utf-16"
        raise FileTextError
    for encoding in ("utf-8", "gb18030"):
        if _is_all(path, encoding):
            return encoding
    raise FileTextError


def _refuse_other_kinds(start: bytes) -> None:
    head = start[:2000].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise FileKindError(found_zh="网页（HTML）或 XML", found_en="a web page or XML")
    if head.startswith(b"%pdf"):
        raise FileKindError(found_zh="PDF", found_en="a PDF")
    if not start.strip():
        raise FileKindError(found_zh="空的", found_en="empty")
    if b"\0" in start and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileKindError(found_zh="其他类型的数据", found_en="of another kind")


def _is_all(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_lines(path: Path, encoding: str) -> Iterator[SheetRow]:
    with path.open(encoding=encoding, newline="") as stream:
        beginning = stream.readline(_LONGEST_LINE)
        stream.seek(0)
        signs = {sign: beginning.count(sign) for sign in (",", "\t", ";")}
        reader = csv.reader(stream, delimiter=max(signs, key=lambda sign: signs[sign]))
        try:
            for row in reader:
                # The number of the line in the file: a cell may hold line breaks.
                yield SheetRow(reader.line_num, tuple(cell or None for cell in row[:MOST_COLUMNS]))
        except csv.Error as error:
            raise FileBrokenError from error
        except UnicodeError as error:
            raise FileTextError from error
