"""A list of fed-back problems as people send it: the lines of an XLSX sheet, each judged by itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from services.evaluation.domain.ledger.errors import ProblemFileError
from services.evaluation.domain.ledger.problem_list import ListedProblem

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "unit": ("责任单位", "整改单位", "单位", "Unit", "Responsible unit"),
    "category": ("类别", "问题类别", "Category"),
    "text": ("问题", "问题内容", "存在问题", "具体问题", "Problem"),
    "place": ("涉及镇村", "涉及村", "镇村", "Where"),
    "cause": ("原因", "问题原因", "Cause"),
    "systemic": ("是否共性", "共性问题", "Systemic"),
}
"""What the columns are called; the first is what an export writes."""
NEEDED = ("unit", "category", "text")
MOST_LINES = 2_000
LARGEST_FILE = 5 * 10**6
_HEADINGS_WITHIN = 10
_LONGEST = 2_000
_YES = frozenset({"是", "yes", "y", "true", "1", "1.0", "√"})


@dataclass(frozen=True, slots=True)
class Known:
    """Names as people write them → codes; a name that is not there gives an empty text."""

    unit: Callable[[str], str]
    category: Callable[[str], str]
    cause: Callable[[str], str]
    place: Callable[[str], str]


def read_problem_sheet(path: Path, known: Known) -> tuple[ListedProblem, ...]:
    """Return the lines of the first sheet under its headings; raises ``ProblemFileError``."""
    rows = _rows(path)
    for start, row in enumerate(rows[:_HEADINGS_WITHIN]):
        columns = _columns(row)
        if all(name in columns for name in NEEDED):
            lines = tuple(_lines(rows[start + 1 :], start + 2, columns, known))
            if len(lines) > MOST_LINES:
                raise ProblemFileError(
                    why_zh=f"超过{MOST_LINES}行，请分开导入", why_en=f"more than {MOST_LINES} lines; split it"
                )
            return lines
    named = [HEADINGS[name] for name in NEEDED]
    raise ProblemFileError(
        why_zh="没有找到表头：" + "、".join(one[0] for one in named),
        why_en="no headings: " + ", ".join(one[-1] for one in named),
    )


def _rows(path: Path) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheet = book.get_sheet_by_index(0)
        return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, PasswordError, OSError, ValueError) as error:
        why = "不是可以打开的 Excel 文件"
        raise ProblemFileError(why_zh=why, why_en="not an Excel file that can be opened") from error


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        for name, headings in HEADINGS.items():
            if cell in headings and name not in found:
                found[name] = place
    return found


def _lines(
    rows: Sequence[Sequence[str]], first: int, columns: Mapping[str, int], known: Known
) -> Iterator[ListedProblem]:
    for number, row in enumerate(rows, first):
        cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        if any(cells.values()):
            yield _line(number, cells, known)


def _line(number: int, cells: Mapping[str, str], known: Known) -> ListedProblem:
    unit, category = known.unit(cells["unit"]), known.category(cells["category"])
    cause, place = known.cause(cells.get("cause", "")), known.place(cells.get("place", ""))
    faults = [
        name
        for name, wrong in (
            ("unit", not unit),
            ("category", not category),
            ("text", not cells["text"] or len(cells["text"]) > _LONGEST),
            ("cause", bool(cells.get("cause")) and not cause),
            ("place", bool(cells.get("place")) and not place),
        )
        if wrong
    ]
    return ListedProblem(
        line=number,
        unit=unit or cells["unit"][:64],
        category=category or cells["category"][:32],
        text=cells["text"][:_LONGEST],
        area_code=place,
        cause=cause,
        systemic=cells.get("systemic", "").lower() in _YES,
        faults=tuple(faults),
    )
