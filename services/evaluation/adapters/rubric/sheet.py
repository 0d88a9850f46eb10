"""A CSV file as rows with the names of its columns, however Excel saved it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from services.evaluation.adapters.rubric.fault import Fault, UnusableFileError, error, warning

_HEADINGS: Mapping[str, str] = {
    "unit": "unit", "单位": "unit", "被考核单位": "unit",
    "item": "item", "项目": "item", "指标": "item", "编号": "item", "项目编号": "item", "指标编号": "item",
    "value": "value", "数值": "value", "值": "value", "实际值": "value",
    "input": "input", "输入": "input", "输入项": "input", "数据项": "input",
    "period": "period", "期间": "period", "时期": "period", "周期": "period",
    "dimension": "dimension", "维度": "dimension",
    "group": "group", "组别": "group", "分组": "group",
    "class": "class", "类别": "class",
    "name": "name", "名称": "name", "单位名称": "name",
    "reason": "reason", "理由": "reason", "评分理由": "reason",
    "assessor": "assessor", "评分人": "assessor", "评价人": "assessor",
}  # fmt: skip
_SHOWN = {
    name: next(known for known, of in _HEADINGS.items() if of == name and known != name)
    for name in dict.fromkeys(_HEADINGS.values())
}
"""A Chinese heading for each column, for who has written one that is not known."""
NEEDED = ("unit", "item", "value")
ATTRIBUTE = "unit."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: *line* as a text editor counts it, *cells* by the English name of the column."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold something; empty ones and those beginning with ``#`` are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_sheet(file: Path) -> Sheet:
    """Read *file*: UTF-8 (with or without its mark) or GB18030, commas or tabs; raises UnusableFileError."""
    text, faults = _text(file)
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def numbered() -> Iterator[tuple[int, list[str]]]:
        begins = reader.line_num + 1
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1

    try:
        columns = _columns(file, next(reader, []))
        rows = tuple(_rows(columns, numbered(), faults))
    except csv.Error as broken:
        why = error("csv_broken", "", "", "引号没有成对", f"cannot be read: {broken}", reader.line_num)
        raise UnusableFileError(file, [why]) from broken
    return Sheet(columns, rows, tuple(faults))


def _text(file: Path) -> tuple[str, list[Fault]]:
    try:
        raw = file.read_bytes()
    except OSError as problem:
        why = error("file_unreadable", "", "", "文件打不开", f"cannot be opened: {problem.strerror}")
        raise UnusableFileError(file, [why]) from problem
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as problem:
        why = error(
            "not_utf8", "", "", "不是 UTF-8 文件；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”",
            "is not UTF-8; in Excel save it as “CSV UTF-8 (comma delimited)”",
        )  # fmt: skip
        raise UnusableFileError(file, [why]) from problem
    guess = warning(
        "read_as_gb18030", "", "", "不是 UTF-8，按 GB18030（中文 Excel 默认）读取",
        "is not UTF-8 and was read as GB18030, as Chinese Excel saves it",
    )  # fmt: skip
    return text, [guess]


def _columns(file: Path, head: list[str]) -> tuple[str, ...]:
    faults, columns = [], []
    for written in (cell.strip() for cell in head):
        name = _HEADINGS.get(written.lower(), written if _attribute(written) else "")
        if written and not name:
            near = get_close_matches(written.lower(), _HEADINGS, 1)
            zh, en = f"；可用：{'、'.join(_SHOWN.values())}", f"; known: {', '.join(_SHOWN)}"
            if near:
                zh, en = f"，是否为“{near[0]}”？", f"; did you mean “{near[0]}”?"
            faults.append(
                error("unknown_column", "", written, f"没有这一列{zh}", f"is not a column known here{en}", 1)
            )
        elif name and name in columns:
            faults.append(error("column_twice", "", written, "这一列出现两次", "stands twice", 1))
        columns.append(name)
    missing = [name for name in NEEDED if name not in columns]
    faults += [error("column_missing", "", name, f"缺少“{name}”列", "is missing", 1) for name in missing]
    if faults:
        raise UnusableFileError(file, faults)
    return tuple(columns)


def _attribute(written: str) -> bool:
    return written.startswith(ATTRIBUTE) and written.removeprefix(ATTRIBUTE).isidentifier()


def _rows(
    columns: tuple[str, ...], numbered: Iterable[tuple[int, list[str]]], faults: list[Fault]
) -> Iterator[Row]:
    for line, cells in numbered:
        stripped = [cell.strip() for cell in cells]
        if not any(stripped) or stripped[0].startswith("#"):
            continue
        if any(stripped[len(columns) :]):
            zh = f"这一行有{len(cells)}格，表头只有{len(columns)}格（内容里有逗号时请加引号）"
            en = f"the row has {len(cells)} cells, the heading {len(columns)} (quote what holds a comma)"
            faults.append(error("too_many_cells", "", "", zh, en, line))
            continue
        yield Row(line, {name: cell for name, cell in zip(columns, stripped, strict=False) if name})
