"""三单一账 as a workbook of four sheets, with the filters of the page it was asked on."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from services.evaluation.adapters.ledger_workbook import Sheet, write_sheets
from services.evaluation.adapters.read_models_ledger import LedgerSearch, find_problems
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.ledger import TABS, VIEWS, limits_of
from services.evaluation.entrypoints.web.ledger_words import scope_of
from shared.persistence.engine import reading
from shared.spreadsheet import file_pieces
from shared.web.asking import FileAnswer
from shared.web.paging import LARGEST_EXPORT, Column, shown
from shared.web.section import Section

section = Section("ledger_export", prefix="/ledger")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@section.download("/workbook.xlsx", "ledger.read")
def workbook(
    ask: EvaluationAsk,
    unit: str = "",
    state: str = "",
    colour: str = "",
    source: str = "",
    category: str = "",
    level: str = "",
    text: str = "",
) -> FileAnswer:
    """Give the four views as one file."""
    search = LedgerSearch(unit, state, colour, source, category, level, text)
    with reading(ask.service.engine) as connection:
        rows, _ = find_problems(
            connection,
            search,
            scope_of(ask.officer),
            today=ask.today,
            limits=limits_of(ask),
            limit=LARGEST_EXPORT,
        )
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    write_sheets(path, _sheets(ask, rows))
    return FileAnswer(f"三单一账{ask.today}.xlsx", _XLSX, file_pieces(path))


def _sheets(ask: EvaluationAsk, rows: Sequence[Problem]) -> Iterator[Sheet]:
    for tab in TABS:
        if tab.key in VIEWS:
            columns = VIEWS[tab.key](ask)
            headings = [column.words.pick(ask.language) for column in columns]
            cells = ([_cell(ask, column, row) for column in columns] for row in rows)
            yield Sheet(tab.words.pick(ask.language), headings, cells)


def _cell(ask: EvaluationAsk, column: Column[Problem], row: Problem) -> str | None:
    value = column.value(row)
    return None if value is None else shown(value, column.kind, ask.language)
