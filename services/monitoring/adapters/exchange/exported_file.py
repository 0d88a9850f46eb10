"""Files that leave: national lists, and an import's own rows with what is wrong with them."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine

from services.monitoring.adapters.exchange.workbook_reader import open_table
from services.monitoring.adapters.exchange.workbook_writer import cell_of, headings_of
from services.monitoring.adapters.read_models_exchange import national_list
from services.monitoring.domain.exchange.cell import Fault, Raw
from services.monitoring.domain.exchange.format import FileFormat
from shared.kernel.errors import Language
from shared.persistence.engine import reading
from shared.spreadsheet import Heading, csv_lines, write_xlsx

FileKind = Literal["xlsx", "csv"]
_REASON = {"zh": "错误原因", "en": "What is wrong"}
_LINE = {"zh": "原行号", "en": "Line"}


def new_file(ending: str) -> Path:
    """Return the path of a new empty file; whoever hands it out removes it."""
    with tempfile.NamedTemporaryFile(prefix="shouxian-export-", suffix=f".{ending}", delete=False) as file:
        return Path(file.name)


def national_rows(
    engine: Engine, wanted: FileFormat, area_code: str, *, whole_numbers: bool
) -> Iterator[list[object]]:
    """Yield the lines of a national list as they are written."""
    with reading(engine) as connection:
        for row in national_list(connection, wanted.key, area_code, whole_numbers=whole_numbers):
            yield [cell_of(column, row.get(column.field)) for column in wanted.columns]


def write_national(
    path: Path, engine: Engine, wanted: FileFormat, area_code: str, *, whole_numbers: bool
) -> int:
    """Write the list to a workbook or CSV file, as the ending of *path* says; return how many lines."""
    rows = national_rows(engine, wanted, area_code, whole_numbers=whole_numbers)
    if path.suffix == ".xlsx":
        return write_xlsx(path, wanted.zh, headings_of(wanted), rows)
    counted = _Counted(rows)
    with path.open("wb") as stream:
        stream.writelines(csv_lines(headings_of(wanted), counted))
    return counted.count


class _Counted:
    def __init__(self, rows: Iterator[list[object]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[list[object]]:
        for row in self._rows:
            self.count += 1
            yield row


def write_errors(
    path: Path,
    source: Path,
    wanted: FileFormat,
    wrong: Mapping[int, Sequence[tuple[str, str]]],
    *,
    all_rows: bool,
    language: Language,
) -> int:
    """Write the file that was sent with the reason beside each wrong row, the wrong ones first."""
    with open_table(source, wanted) as table:
        written = [text or f"（{place + 1}）" for place, text in enumerate(table.headings.written)]
    headings = [
        Heading(_REASON[language], 40),
        Heading(_LINE[language], 8),
        *(Heading(one) for one in written),
    ]

    def lines() -> Iterator[list[object]]:
        for only_wrong in (True, False) if all_rows else (True,):
            with open_table(source, wanted) as again:
                for row in again:
                    reasons = wrong.get(row.number)
                    if (reasons is not None) == only_wrong:
                        told = _told(reasons or (), wanted, language)
                        yield [told, row.number, *(_shown(cell) for cell in row.cells)]

    return write_xlsx(path, wanted.zh, headings, lines())


def _told(reasons: Sequence[tuple[str, str]], wanted: FileFormat, language: Language) -> str:
    parts = []
    for name, reason in reasons:
        column = wanted.column(name)
        parts.append(f"{column.words(language)}：{reason}" if column else reason)
    return "；".join(parts)


def _shown(cell: Raw) -> object:
    if isinstance(cell, Fault):
        return "#公式"
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15 else cell
