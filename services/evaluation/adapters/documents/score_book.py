"""Score sheets as XLSX: a sheet for each group and unit, subtotals as formulas with their values."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from services.evaluation.adapters.documents.score_book_page import Page, Styles, sheet_name, styles_of
from services.evaluation.adapters.documents.score_book_unit import UnitPlaces, write_unit
from services.evaluation.domain.documents.circular import DRAFT
from services.evaluation.domain.documents.frozen import FrozenResult, FrozenUnit

_HEAD = (
    "名次（固化）",
    "单位",
    "总分（固化）",
    "现算名次",
    "计分得分",
    "适用分值",
    "得分率",
    "等次",
    "到期未上报",
    "说明",
)
_FIRST = 4
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def score_book(result: FrozenResult, units: Iterable[FrozenUnit] | None = None) -> bytes:
    """Return the workbook of *units* (all, with a sheet for each group); the same version is the same bytes.

    Subtotals, sums, rates and ranks are formulas over the points, so that they
    follow when somebody tries other points; the frozen totals stand beside them.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(_OPTIONS))
    made_on = datetime.combine(result.version.made_on, datetime.min.time())
    book.set_properties(
        {
            "title": f"{result.version.as_of.year}年度综合考评得分表",
            "author": "守线 Shouxian",
            "created": made_on,
        }
    )
    styles = styles_of(book)
    chosen = tuple(result.units() if units is None else units)
    if (
        units is None
    ):  # sheets of groups come first, and are filled when it is known where the units' sums stand
        groups = {name: book.add_worksheet(name) for name in ("各镇", "县级部门")}
    pages = {unit.id: book.add_worksheet(sheet_name(unit.name)) for unit in chosen}
    places = {unit.id: write_unit(pages[unit.id], styles, result, unit) for unit in chosen}
    if units is None:
        _write_group(groups["各镇"], styles, result, result.towns, places)
        _write_group(groups["县级部门"], styles, result, result.departments, places)
    book.close()
    return buffer.getvalue()


def _write_group(
    sheet: Worksheet,
    styles: Styles,
    result: FrozenResult,
    units: Sequence[FrozenUnit],
    places: dict[str, UnitPlaces],
) -> None:
    page = Page(sheet, styles)
    version = result.version
    mark = "" if result.published else f"【{DRAFT}】"
    page.text(0, 0, f"{version.as_of.year}年度综合考评成绩{mark}", "title")
    page.text(
        1, 0, f"截至{version.as_of}，知悉{version.known_at}。{result.named}。分值、等次未经确认。", "note"
    )
    page.row(3, _HEAD, "head")
    last = _FIRST + len(units)
    for row, unit in enumerate(units, _FIRST):
        _write_standing(page, row, unit, places[unit.id], (_FIRST, last))
    _write_figures(page, last, [Fraction(Decimal(unit["total"])) for unit in units if unit["total"]])
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 9, 12)
    sheet.freeze_panes(_FIRST, 2)
    page.print_on_one_page(landscape=False)


def _write_standing(page: Page, row: int, unit: FrozenUnit, place: UnitPlaces, rows: tuple[int, int]) -> None:
    first, last = rows[0] + 1, rows[1]
    page.value(row, 0, unit["rank"])
    page.text(row, 1, unit.name, "cell")
    if unit["total"] is not None:
        page.formula(row, 2, f"={place.of(place.total)}", Fraction(Decimal(unit["total"])))
        page.formula(row, 3, f"=RANK(C{row + 1},C${first}:C${last})", Fraction(unit["rank"] or 0), "whole")
    whole = unit.sum_of(line.item for line in unit.lines)
    page.formula(row, 4, f"={place.of(place.won)}", whole.won)
    page.formula(row, 5, f"={place.of(place.full)}", whole.full)
    rate = None if whole.rate is None else whole.rate / 100
    page.formula(row, 6, f'=IF(F{row + 1}=0,"",E{row + 1}/F{row + 1})', rate, "rate")
    page.text(row, 7, unit["grade"] or "", "cell")
    page.value(row, 8, unit.owed)
    page.text(row, 9, unit["grade_note"] or "、".join(unit["vetoes"]), "cell")


def _write_figures(page: Page, row: int, totals: Sequence[Fraction]) -> None:
    if not totals:
        return
    cells = f"C{_FIRST + 1}:C{row}"
    mean = sum(totals, Fraction(0)) / len(totals)
    for place, (words, name, value) in enumerate(
        (("平均", "AVERAGE", mean), ("最高", "MAX", max(totals)), ("最低", "MIN", min(totals)))
    ):
        page.text(row + place, 1, words, "head")
        page.formula(row + place, 2, f"={name}({cells})", value)
