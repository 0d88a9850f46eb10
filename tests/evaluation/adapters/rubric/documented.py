"""The examples of docs/rubrics.md: YAML, values and the tables beside them, as files and expectations."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "docs/rubrics.md"

_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_HEADING = re.compile(r"^#{2,3} ([\d.]+) ?(.*)$", re.MULTILINE)
_TABLE = re.compile(r"(?:^\|.*\|\n)+", re.MULTILINE)
_AS_OF = re.compile(r"# as of (\d{4}-\d{2}-\d{2})")
_SKELETON = "format: shouxian-rubric-1\nid: example\ntitle: 例\n"
_PART = "parts:\n  - id: P0\n    name: 例\n    items:\n"
_DEFAULT = f"{_PART}      - {{id: x, name: 例, points: 100, rule: coefficient}}\n"
_KEY = re.compile(r"(?P<item>[^:@]*)(?::(?P<input>[^@]*))?(?:@(?P<period>[^/]*)(?:/(?P<dimension>.*))?)?")
_ATTRIBUTES = ("group", "class", "name")


@dataclass
class Example:
    """One YAML block with what the page says comes of it; *rows* are the cells of the table by heading."""

    title: str
    line: int
    yaml: str
    item: str = ""
    csv: str = ""
    as_of: date | None = None
    rows: list[dict[str, str]] = field(default_factory=list)


def examples() -> list[Example]:
    """Return every YAML block of the page with the table that follows it before the next block."""
    text = PAGE.read_text(encoding="utf-8")
    found: list[Example] = []
    blocks = list(_BLOCK.finditer(text))
    for index, block in enumerate(blocks):
        kind, body = block[1], block[2]
        until = blocks[index + 1].start() if index + 1 < len(blocks) else len(text)
        if kind == "yaml":
            found.append(_example(text, block.start(), body))
        elif kind == "csv" and found:
            found[-1].csv = body
        heading = _HEADING.search(text, block.end(), until)
        table = _TABLE.search(text, block.end(), heading.start() if heading else until)
        if found and table and _title(text, block.start()) == found[-1].title and not found[-1].rows:
            found[-1].rows = _rows(table[0])
    return found


def _title(text: str, before: int) -> str:
    return [match[1] for match in _HEADING.finditer(text, 0, before)][-1]


def _example(text: str, start: int, body: str) -> Example:
    title = _title(text, start)
    line = text.count("\n", 0, start) + 1
    day = _AS_OF.search(body)
    as_of = date.fromisoformat(day[1]) if day else None
    if body.lstrip().startswith(("- ", "# as of")):
        item = re.search(r"id: '?([^',\n]+)'?", body)
        assert item is not None
        indented = "".join(f"      {row}\n" for row in body.splitlines())
        return Example(title, line, f"{_SKELETON}{_PART}{indented}", item[1], as_of=as_of)
    if body.startswith("format:"):
        return Example(title, line, body, as_of=as_of)
    parts = "" if re.search(r"^parts:", body, re.MULTILINE) else _DEFAULT
    return Example(title, line, f"{_SKELETON}{parts}{body}", "", as_of=as_of)


def _rows(table: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in table.splitlines()]
    head = lines[0]
    if head[0] not in ("values", "unit"):
        return []
    return [dict(zip(head, row, strict=False)) for row in lines[2:]]


def values_csv(example: Example) -> str:
    """Return the CSV that the page's shorthand stands for: one unit for each line of the table."""
    if example.csv:
        return example.csv
    lines = ["unit,item,value,input,period,dimension,group,class,name,reason,assessor"]
    for number, row in enumerate(example.rows, 1):
        lines += _unit_lines(example, unit_of(row, number), row["values"].strip("`"))
    return "\n".join(lines) + "\n"


def unit_of(row: dict[str, str], number: int) -> str:
    """Return what the unit of a table's line is called."""
    named = re.search(r"\bid=([^;`]+)", row.get("values", ""))
    return row["unit"] if "unit" in row else named[1] if named else f"第{number}家"


def _unit_lines(example: Example, unit: str, shorthand: str) -> list[str]:
    cells, about = [], {}
    for token in filter(None, (part.strip() for part in shorthand.split(";"))):
        key, is_pair, value = token.rpartition("=")
        if is_pair and key in ("id", "reason", "assessor", *_ATTRIBUTES):
            about[key] = value
        else:
            cells.append((key, value))
    lines = [_line(unit, "", "", "", "", "", about)]
    for key, value in cells:
        match = _KEY.fullmatch(key)
        assert match is not None
        name, given = match["item"] or "", match["input"] or ""
        if example.item and "/" not in name:
            name, given = example.item, name
        lines.append(_line(unit, name, value, given, match["period"] or "", match["dimension"] or "", about))
    return lines


def _line(unit: str, item: str, value: str, given: str, period: str, dimension: str, about: dict) -> str:
    attributes = [about.get(name, "") for name in _ATTRIBUTES]
    notes = [about.get(name, "") if item else "" for name in ("reason", "assessor")]
    return ",".join([unit, item, value, given, period, dimension, *attributes, *notes])
