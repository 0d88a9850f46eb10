"""A table in an official document: framed, its head repeated on each page, no row torn."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Pt
from docx.table import _Cell

from services.evaluation.adapters.documents.official_page import BLACK, BODY, SIZE_4, SIZE_5, set_font
from services.evaluation.domain.documents.paper import Table

_MANY_COLUMNS = 7
_SHORT = 8
"""Characters up to which a cell is centred: figures and names; sentences stand at the left."""


def add_table(document: DocxDocument, table: Table) -> None:
    """Add *table* with its caption above and its note below."""
    if table.caption:
        _line(document, table.caption, BLACK, SIZE_4, WD_ALIGN_PARAGRAPH.CENTER, keep=True)
    small = Pt(9) if len(table.head) > _MANY_COLUMNS else SIZE_5
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.head))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    widths = _widths(document, table)
    for row, texts in zip(made.rows, (table.head, *table.rows), strict=True):
        is_head = row is not None and texts is table.head
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _fill(cell, text, small, bold=is_head)
        properties: Any = row._tr.get_or_add_trPr()  # noqa: SLF001  (python-docx has no name for it)
        for name in ("cantSplit", "tblHeader") if is_head else ("cantSplit",):
            properties.append(OxmlElement(f"w:{name}"))
    if table.note:
        _line(document, table.note, BODY, SIZE_5, WD_ALIGN_PARAGRAPH.LEFT)


def _widths(document: DocxDocument, table: Table) -> list[Length]:
    section = document.sections[-1]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    room = int(page or 0) - int(left or 0) - int(right or 0)
    shares: Sequence[int] = table.widths or (1,) * len(table.head)
    return [Emu(room * share // sum(shares)) for share in shares]


def _fill(cell: _Cell, text: str, size: Pt, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    centred = bold or len(text) <= _SHORT
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    set_font(paragraph.add_run(text), BLACK if bold else BODY, size)
    properties: Any = cell._tc.get_or_add_tcPr()  # noqa: SLF001  (python-docx has no name for it)
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), "center")
    properties.append(align)


def _line(
    document: DocxDocument, text: str, font: str, size: Pt, side: WD_ALIGN_PARAGRAPH, *, keep: bool = False
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = side
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    paragraph.paragraph_format.space_before = Pt(6 if keep else 2)
    paragraph.paragraph_format.space_after = Pt(3 if keep else 8)
    paragraph.paragraph_format.keep_with_next = keep
    set_font(paragraph.add_run(text), font, size)
