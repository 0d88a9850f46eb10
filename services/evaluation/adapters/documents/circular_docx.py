"""A paper as DOCX in the layout of official documents: head, title, body, seal, date, copies."""

from datetime import date, datetime

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from services.evaluation.adapters.documents.official_page import (
    BLACK,
    BODY,
    KAI,
    RED,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    TITLE,
    indent,
    line_below,
    mark_pages,
    new_document,
    saved,
    set_font,
    turn_landscape,
)
from services.evaluation.adapters.documents.official_table import add_table
from services.evaluation.domain.documents.paper import Block, Heading, Paper, Paragraph, Table

_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_RED_HEAD = Pt(36)
_LONG_NAME = 12
"""Characters from which the red head is set smaller, to stay on one line."""


def circular_docx(paper: Paper, made_on: date) -> bytes:
    """Return the paper; the same paper is the same bytes. *made_on* is the day the version was made."""
    document = new_document(paper.title, paper.made_from, datetime.combine(made_on, datetime.min.time()))
    if paper.mark:
        mark_pages(document, paper.mark)
    _head(document, paper)
    _line(document, paper.addressees, BODY)
    for block in paper.body:
        _block(document, block)
    _closing(document, paper)
    if paper.annex:
        turn_landscape(document)
        for block in paper.annex:
            _block(document, block)
    _copies(document, paper)
    return saved(document)


def _head(document: DocxDocument, paper: Paper) -> None:
    size = Pt(26) if len(paper.issuer) > _LONG_NAME else _RED_HEAD
    name = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    name.alignment = _CENTRE
    name.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    set_font(name.add_run(f"{paper.issuer}文件"), TITLE, size).font.color.rgb = RED
    document.add_paragraph()
    number = _line(document, paper.number, BODY, side=_CENTRE)
    line_below(number, "C00000", 18)
    document.add_paragraph()
    title = _line(document, paper.title, TITLE, SIZE_2, side=_CENTRE)
    title.paragraph_format.line_spacing = Pt(35)
    if paper.mark:
        _line(document, f"（{paper.mark}）", KAI, side=_CENTRE)
    document.add_paragraph()


def _block(document: DocxDocument, block: Block) -> None:
    if isinstance(block, Table):
        add_table(document, block)
    elif isinstance(block, Heading):
        paragraph = _line(document, block.text, BLACK if block.level == 1 else KAI)
        paragraph.paragraph_format.keep_with_next = True
        indent(paragraph)
    else:
        _paragraph(document, block)


def _paragraph(document: DocxDocument, block: Paragraph) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent(paragraph)
    for piece in block.pieces:
        if isinstance(piece, int):
            set_font(paragraph.add_run(f"[{piece}]"), BODY, SIZE_3).font.superscript = True
        elif piece:
            set_font(paragraph.add_run(piece), BODY, SIZE_3)


def _closing(document: DocxDocument, paper: Paper) -> None:
    document.add_paragraph()
    for number, name in enumerate(paper.attachments, 1):
        start = "附件：" if number == 1 else "　　　"
        indent(_line(document, f"{start}{number}.{name}", BODY))
    document.add_paragraph()
    document.add_paragraph()
    for text in (f"{paper.issuer}（印章）", paper.dated):
        indent(_line(document, text, BODY, side=_RIGHT), 4, right=True)


def _copies(document: DocxDocument, paper: Paper) -> None:
    document.add_paragraph()
    copies = _line(document, f"抄送：{paper.copies_to}。", BODY, SIZE_4)
    line_below(copies, "000000", 6, above=True)
    printed = _line(document, f"{paper.issuer}　　{paper.dated}印发", BODY, SIZE_4)
    line_below(printed, "000000", 8)
    made = _line(document, f"本件由{paper.made_from}生成。", BODY, Pt(9))
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _line(
    document: DocxDocument,
    text: str,
    font: str,
    size: Pt = SIZE_3,
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> DocxParagraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = side
    set_font(paragraph.add_run(text), font, size)
    return paragraph
