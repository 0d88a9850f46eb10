"""What a table looks like: its columns by heading, what each means, its rows as values with problems.

How to read a department's list (the comparison does)::

    list_format = service.formats["medical_costs"]            # keys: policy/exchange/*.yaml
    with open_table(path, list_format) as table:              # adapters/exchange/workbook_reader.py
        for row in typed_rows(table, list_format):
            row.number                       # the line as Excel shows it
            row.values["id_number"]          # by field name; None when empty; fen, days, codes already
            row.problems                     # what is wrong, by field; () when the row can be used

Values are typed by the column's *kind* (see ``cell.py``): ``yuan`` is integer fen, ``day`` a date,
``code`` the code of its list. A field with a problem is None in *values*. No problem repeats the cell,
so problems may be stored and shown; *values* and *given* are personal.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from services.monitoring.domain.exchange.cell import (
    MISSING,
    CellProblem,
    Kind,
    Parser,
    Raw,
    label_key,
    parser_of,
)
from shared.kernel.errors import InvalidInputError, Language

Target = Literal["registry", "list"]
"""Where the rows of a format go: into the registry of households, or kept as a department's list."""

_MEMORY = 20_000
"""Different cells of one column whose meaning is remembered; more than that is not worth the memory."""
_NOTES = ("合计", "总计", "小计", "填表", "制表", "审核", "备注:", "说明:", "注:")


class HeadingsError(InvalidInputError):
    """Raised when no line of the table has the headings the format needs."""

    code = "headings_missing"
    zh = "没有找到“{format_zh}”的表头；缺少的列：{missing}"
    en = "The headings of “{format_en}” were not found; missing: {missing}"


@dataclass(frozen=True, slots=True)
class ColumnFormat:
    """One column. *heading* is what exports write; *aliases* are what files call it too."""

    field: str
    heading: str
    en: str
    kind: Kind = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    most: int = 200
    code_list: str = ""
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    """What a value may be called in a file (normalised) → its code."""
    names: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    """A code → what exports write."""
    width: int = 12

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(label_key(one) for one in (self.heading, *self.aliases))

    def words(self, language: Language = "zh") -> str:
        """Return the heading in *language*."""
        return self.heading if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One kind of table. *department* is the official name of who sends it; empty for the national ones."""

    key: str
    zh: str
    en: str
    target: Target
    columns: tuple[ColumnFormat, ...]
    source: str
    confirmed: bool
    department: str = ""
    list_kind: str = ""
    """For a department's list: as which kind the comparison takes it; empty: it is only checked."""

    def column(self, field_name: str) -> ColumnFormat | None:
        return next((one for one in self.columns if one.field == field_name), None)

    def text(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of a table as it lies in the file; *number* is what Excel shows at its left."""

    number: int
    cells: Sequence[Raw]


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns of a format stand. *line* is the last line of the headings."""

    line: int
    places: Mapping[str, int]
    written: tuple[str, ...]
    """The headings as the file has them, by place."""
    unknown: tuple[str, ...] = ()
    """Headings of the file that the format does not know; their cells are not read."""


class Table(Protocol):
    """An open file: where its columns are, and its lines below the headings, to be gone through once."""

    @property
    def headings(self) -> Headings: ...
    def __iter__(self) -> Iterator[SheetRow]: ...


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A line read as values. *given* is the line as it was, for the workbook of errors."""

    number: int
    values: Mapping[str, object] = dataclasses.field(repr=False)
    problems: tuple[tuple[str, CellProblem], ...]
    given: tuple[Raw, ...] = dataclasses.field(repr=False)


def find_headings(lines: Sequence[SheetRow], wanted: FileFormat) -> Headings:
    """Return where the headings are among the first *lines*; raises HeadingsError with what is missing.

    A heading may be spread over two lines (a group above, its columns below), below a title.
    """
    candidates = list(_candidates(lines, wanted))
    best = max(candidates, key=lambda one: (len(one.places), -len(one.unknown)), default=None)
    found = best.places if best else {}
    missing = [one.heading for one in wanted.columns if one.required and one.field not in found]
    if best is None or missing:
        raise HeadingsError(format_zh=wanted.zh, format_en=wanted.en, missing="、".join(missing) or "—")
    return best


def _candidates(lines: Sequence[SheetRow], wanted: FileFormat) -> Iterator[Headings]:
    for position, line in enumerate(lines):
        written = [_heading(cell) for cell in line.cells]
        yield _placed(line.number, written, wanted)
        if position + 1 < len(lines):
            below = lines[position + 1]
            lower = [_heading(cell) for cell in below.cells]
            size = max(len(written), len(lower))
            over = written + [""] * (size - len(written))
            under = lower + [""] * (size - len(lower))
            both = [low or high for high, low in zip(over, under, strict=True)]
            two_lines = _placed(below.number, both, wanted)
            if len(two_lines.places) > len(_placed(line.number, written, wanted).places):
                yield two_lines


def _heading(cell: Raw) -> str:
    return "".join(cell.split()) if isinstance(cell, str) else ""


def _placed(line: int, written: Sequence[str], wanted: FileFormat) -> Headings:
    by_key = {key: one.field for one in reversed(wanted.columns) for key in reversed(one.keys)}
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(written):
        name = by_key.get(label_key(heading)) if heading else None
        if name is not None and name not in places:
            places[name] = place
        elif heading:
            unknown.append(heading[:40])
    return Headings(line, places, tuple(written), tuple(unknown))


def typed_rows(table: Table, wanted: FileFormat) -> Iterator[TypedRow]:
    """Yield the lines of *table* as values; blank lines and lines of totals or signatures are left out."""
    places = table.headings.places
    readers = [
        (column, places[column.field], _Remembering(parser_of(column.kind, column.labels, column.most)))
        for column in wanted.columns
        if column.field in places
    ]
    absent = dict.fromkeys(one.field for one in wanted.columns if one.field not in places)
    for line in table:
        if _is_blank(line.cells) or _is_note(line.cells):
            continue
        yield _typed(line, readers, absent)


def _typed(
    line: SheetRow, readers: Sequence[tuple[ColumnFormat, int, "_Remembering"]], absent: Mapping[str, None]
) -> TypedRow:
    values: dict[str, object] = dict(absent)
    problems: list[tuple[str, CellProblem]] = []
    cells, width = line.cells, len(line.cells)
    for column, place, remembered in readers:
        raw = cells[place] if place < width else None
        value = None if raw is None else remembered[raw]
        if isinstance(value, CellProblem):
            problems.append((column.field, value))
            value = None
        elif value is None and column.required:
            problems.append((column.field, MISSING))
        values[column.field] = value
    return TypedRow(line.number, values, tuple(problems), tuple(cells))


class _Remembering(dict[Raw, object]):
    """What cells of one column mean: most columns hold few different ones."""

    def __init__(self, parse: Parser) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, raw: Raw) -> object:
        value = self._parse(raw)
        if len(self) < _MEMORY and not isinstance(raw, bool):
            self[raw] = value
        return value


def _is_blank(cells: Iterable[Raw]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _is_note(cells: Sequence[Raw]) -> bool:
    first = next((cell for cell in cells if cell is not None and cell != ""), None)
    if not isinstance(first, str):
        return False
    return label_key(first).startswith(_NOTES) and sum(cell is not None for cell in cells) <= max(
        3, len(cells) // 2
    )
