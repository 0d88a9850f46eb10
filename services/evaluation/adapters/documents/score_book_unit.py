"""The score sheet of a unit: its lines by section of the plan, a subtotal under each, and the sum of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from services.evaluation.adapters.documents.score_book_page import Page, Styles
from services.evaluation.domain.documents.circular import DRAFT
from services.evaluation.domain.documents.frozen import FrozenLine, FrozenResult, FrozenUnit, added
from services.evaluation.domain.documents.wording import status_of, target_of, value_of

_HEAD = (
    "编号",
    "指标",
    "数值",
    "目标",
    "满分",
    "得分",
    "失分",
    "状态",
    "得分精确值",
    "计算过程",
    "事件数",
    "得分行编号",
)
_FULL, _WON, _LOST = 4, 5, 6
_FIRST = 4
_WIDTHS = (9, 26, 16, 24, 8, 8, 8, 16, 12, 30, 8, 34)


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """Where on a unit's sheet its sums stand, as (row, column)."""

    name: str
    won: tuple[int, int]
    full: tuple[int, int]
    total: tuple[int, int]

    def of(self, place: tuple[int, int]) -> str:
        """Return the place as other sheets write it."""
        return f"'{self.name}'!{xl_rowcol_to_cell(*place)}"


def write_unit(sheet: Worksheet, styles: Styles, result: FrozenResult, unit: FrozenUnit) -> UnitPlaces:
    """Fill the sheet of *unit* and return where its sums stand."""
    page = Page(sheet, styles)
    version = result.version
    mark = "" if result.published else f"【{DRAFT}】"
    page.text(0, 0, f"{unit.name}{version.as_of.year}年度综合考评得分表{mark}", "title")
    page.text(
        1, 0, f"截至{version.as_of}，知悉{version.known_at}。{result.named}。分值、等次未经确认。", "note"
    )
    page.row(_FIRST - 1, _HEAD, "head")
    row, subtotals = _FIRST, []
    for section in result.sections:
        lines = [line for line in unit.lines if line.item in section.items and not _beside(line)]
        if lines:
            row = _section(page, row, section.name, lines)
            subtotals.append(row - 1)
    beside = [line for line in unit.lines if _beside(line)]
    row = _write_sum(page, row, "合计（计入基数）", subtotals, unit.lines)
    won, full = (row - 1, _WON), (row - 1, _FULL)
    if beside:
        row = _section(page, row, "加分和扣分（不计入基数）", beside, summed=False)
    total = _composition(page, row + 1, unit, (won, full))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_FIRST, 2)
    sheet.repeat_rows(_FIRST - 1)
    page.print_on_one_page(landscape=True, height=0)
    return UnitPlaces(sheet.get_name(), won, full, total)


def _beside(line: FrozenLine) -> bool:
    return bool(line["deduction"] or line["bonus"])


def _section(page: Page, row: int, name: str, lines: Sequence[FrozenLine], *, summed: bool = True) -> int:
    """Write a section and its subtotal; return the row after it."""
    page.row(row, [name, *[""] * (len(_HEAD) - 1)], "sum_text")
    first = row + 1
    for number, line in enumerate(lines, first):
        _line(page, number, line)
    after = first + len(lines)
    if not summed:
        return after
    page.row(after, ["", "小计", *[""] * (len(_HEAD) - 2)], "sum_text")
    whole = added(lines)
    _sums(page, after, f"SUM({{0}}{first + 1}:{{0}}{after})", whole.full, whole.won)
    return after + 1


def _line(page: Page, row: int, line: FrozenLine) -> None:
    page.row(row, [line.indicator, str(line["name"]), value_of(line), target_of(line)])
    page.points(row, _FULL, line.full if line.in_base else None)
    page.points(row, _WON, line.points if line.scored or line.owed else None)
    if line.in_base:
        page.formula(row, _LOST, f"=E{row + 1}-F{row + 1}", line.full - line.points)
    else:
        page.points(row, _LOST, line.lost if line.scored else None)
    page.text(row, 7, status_of(line))
    page.text(row, 8, line["points_exact"] or "")
    page.text(row, 9, str(line["working"]))
    page.value(row, 10, line["event_count"])
    page.text(row, 11, line.id)


def _sums(page: Page, row: int, formula: str, full: Fraction, won: Fraction) -> None:
    """Write a formula with ``{0}`` for the column under full points, points won and points lost."""
    for column, letter, value in ((_FULL, "E", full), (_WON, "F", won), (_LOST, "G", full - won)):
        page.formula(row, column, "=" + formula.format(letter), value, "sum")


def _write_sum(
    page: Page, row: int, words: str, subtotals: Sequence[int], lines: Sequence[FrozenLine]
) -> int:
    page.row(row, ["", words, *[""] * (len(_HEAD) - 2)], "sum_text")
    whole = added(lines)
    formula = "+".join(f"{{0}}{one + 1}" for one in subtotals) or "0"
    _sums(page, row, formula, whole.full, whole.won)
    return row + 1


def _composition(
    page: Page, row: int, unit: FrozenUnit, sums: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[int, int]:
    """Write what the total is made of and the total; return where the total stands.

    Where lines alone make the total it is a formula over them; marks that people gave
    follow rules of the scheme that a cell cannot show, and the frozen number stands.
    """
    page.row(row, ["", "总分构成", "得分", "分值"], "head")
    for part in unit["composition"]:
        row += 1
        page.text(row, 1, str(part["name"]))
        page.points(row, 2, None if part["points"] is None else Fraction(Decimal(part["points"])))
        page.text(row, 3, part["full"] or "")
    row += 1
    page.text(row, 1, "总分", "sum_text")
    page.text(row, 3, "未评部分的分值折算到其余部分", "note")
    if unit["total"] is None:
        page.text(row, 2, "", "sum_text")
        return row, 2
    shown = Fraction(Decimal(unit["total"]))
    whole = added(unit.lines)
    if whole.rate is not None and whole.rate == Fraction(unit["total_exact"]):
        won, full = (xl_rowcol_to_cell(*place) for place in sums)
        page.formula(row, 2, f"=ROUND(100*{won}/{full},2)", shown, "sum")
    else:
        page.sheet.write_number(row, 2, float(shown), page.styles["sum"])
    return row, 2
