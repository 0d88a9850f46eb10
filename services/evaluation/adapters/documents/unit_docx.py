"""A unit's sheet as a DOCX of one page, ready to print."""

from datetime import datetime

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from services.evaluation.adapters.documents.official_page import (
    BODY,
    TITLE,
    mark_pages,
    new_document,
    saved,
    set_font,
)
from services.evaluation.adapters.documents.official_table import add_table
from services.evaluation.domain.documents.circular import DRAFT
from services.evaluation.domain.documents.frozen import FrozenResult, FrozenUnit
from services.evaluation.domain.documents.paper import Paragraph, Table
from services.evaluation.domain.documents.unit_sheet import sheet_title, unit_sheet


def unit_docx(result: FrozenResult, unit: FrozenUnit) -> bytes:
    """Return the sheet of *unit*; the same version is the same bytes."""
    title = sheet_title(result, unit)
    made_on = datetime.combine(result.version.made_on, datetime.min.time())
    document = new_document(title, result.named, made_on)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(18)
    section.left_margin = section.right_margin = Mm(18)
    section.header_distance = section.footer_distance = Mm(8)
    if not result.published:
        mark_pages(document, DRAFT)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(head.add_run(title), TITLE, Pt(18))
    blocks = (*unit_sheet(result, unit), Paragraph((f"数据来源：{result.named}。",)))
    for block in blocks:
        if isinstance(block, Table):
            add_table(document, block)
        elif isinstance(block, Paragraph):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            set_font(paragraph.add_run(block.text), BODY, Pt(9))
    return saved(document)
