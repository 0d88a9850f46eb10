"""What score sheets are written with: styles, cells, and formulas that carry their value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter.worksheet import Worksheet

Styles = Mapping[str, Any]
_A4 = 9
_LONGEST_NAME = 31


def styles_of(book: Any) -> Styles:  # noqa: ANN401  (the library has no types)
    """Return the styles of a workbook by name."""
    frame = {"border": 1, "font_name": "仿宋_GB2312", "font_size": 10, "valign": "vcenter"}
    formats: Mapping[str, Mapping[str, object]] = {
        "title": {"bold": True, "font_size": 16, "font_name": "方正小标宋简体"},
        "note": {"font_size": 9, "font_name": "仿宋_GB2312"},
        "head": {**frame, "bold": True, "bg_color": "#E7ECF3", "text_wrap": True, "align": "center"},
        "cell": {**frame, "text_wrap": True},
        "points": {**frame, "num_format": "0.00"},
        "sum": {**frame, "bold": True, "bg_color": "#F3F6FA", "num_format": "0.00"},
        "sum_text": {**frame, "bold": True, "bg_color": "#F3F6FA"},
        "rate": {**frame, "num_format": "0.00%"},
        "whole": {**frame, "num_format": "0"},
    }
    return {name: book.add_format(dict(given)) for name, given in formats.items()}


def sheet_name(unit: str) -> str:
    """Return a unit's name as a sheet may be called."""
    return "".join(sign for sign in unit if sign not in "[]:*?/\\'")[:_LONGEST_NAME]


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet; rows and columns count from 0. Numbers are exact up to the cell, which holds a double."""

    sheet: Worksheet
    styles: Styles

    def text(self, row: int, column: int, text: str, style: str = "cell") -> None:
        self.sheet.write_string(row, column, text, self.styles[style])

    def row(self, row: int, texts: Sequence[str], style: str = "cell") -> None:
        for column, text in enumerate(texts):
            self.text(row, column, text, style)

    def value(self, row: int, column: int, value: int | None) -> None:
        """Write a whole number; nothing for None."""
        if value is None:
            self.text(row, column, "")
        else:
            self.sheet.write_number(row, column, value, self.styles["whole"])

    def points(self, row: int, column: int, value: Fraction | None) -> None:
        """Write points; nothing for None, which is not zero."""
        if value is None:
            self.text(row, column, "")
        else:
            self.sheet.write_number(row, column, float(value), self.styles["points"])

    def formula(
        self, row: int, column: int, formula: str, value: Fraction | None, style: str = "points"
    ) -> None:
        """Write a formula with the value it has now, for programs that show a file without calculating."""
        shown: float | str = "" if value is None else float(value)
        self.sheet.write_formula(row, column, formula, self.styles[style], shown)

    def print_on_one_page(self, *, landscape: bool, height: int = 1) -> None:
        """Print on A4, one page wide, and *height* pages high (0: as many as it takes)."""
        self.sheet.set_paper(_A4)
        if landscape:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, height)
        self.sheet.set_footer("&C第 &P 页，共 &N 页")
