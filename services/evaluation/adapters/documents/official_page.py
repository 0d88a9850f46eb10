"""The page of an official document (GB/T 9704-2012): paper, margins, fonts with substitutes, page numbers."""

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from services.evaluation.adapters.documents.fixed_zip import rewritten

TITLE, BODY, BLACK, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
RED = RGBColor(0xC0, 0x00, 0x00)
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)
"""2号, 3号, 4号 and 5号."""
_LINE = Pt(28.95)
"""22 lines on the 225 mm of a page."""
_WIDE, _HIGH = Mm(210), Mm(297)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)

# Where a machine lacks the fonts of official documents, these stand in for them.
_SUBSTITUTES = {
    TITLE: "FZXiaoBiaoSong-B05S;方正小标宋_GBK;华文中宋;Noto Serif CJK SC",
    BODY: "仿宋;FangSong;FangSong_GB2312;Noto Serif CJK SC",
    KAI: "楷体;KaiTi;KaiTi_GB2312;Noto Serif CJK SC",
    BLACK: "SimHei;Noto Sans CJK SC",
}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def new_document(title: str, subject: str, made_on: datetime) -> DocxDocument:
    """Return an empty document on A4 with the margins of official documents."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = _WIDE, _HIGH
    _margins(section)
    _normal(document)
    _fonts(document)
    _describe(document, title, subject, made_on)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def saved(document: DocxDocument) -> bytes:
    """Return the document's bytes: the same for the same content, whenever it is saved."""
    buffer = BytesIO()
    document.save(buffer)
    return rewritten(buffer.getvalue())


def turn_landscape(document: DocxDocument) -> Section:
    """Begin a new page on its side, for a wide table."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _HIGH, _WIDE
    section.left_margin, section.right_margin = Mm(25), Mm(25)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    return section


def mark_pages(document: DocxDocument, text: str) -> None:
    """Set *text* in red at the head of every page."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        _mark(header, text)


def _mark(header: _Header, text: str) -> None:
    paragraph = header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = set_font(paragraph.add_run(f"【{text}】"), BLACK, SIZE_4)
    run.font.color.rgb = RED


def set_font(run: Run, name: str, size: Pt | None = None, *, bold: bool = False) -> Run:
    """Set *name* for Chinese, and the Latin companion for figures and letters."""
    run.font.name = LATIN
    if bold:
        run.font.bold = True
    if size is not None:
        run.font.size = size
    properties: Any = run._element.get_or_add_rPr()  # noqa: SLF001  (python-docx has no name for it)
    properties.rFonts.set(qn("w:eastAsia"), name)
    return run


def indent(paragraph: Paragraph, characters: int = 2, *, right: bool = False) -> None:
    """Indent the first line (or the whole from the *right*) by so many Chinese characters."""
    properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001  (python-docx has no name for it)
    element = properties.get_or_add_ind()
    element.set(qn("w:rightChars" if right else "w:firstLineChars"), str(100 * characters))
    if right:
        element.set(qn("w:right"), str(320 * characters))
    else:
        element.set(qn("w:firstLine"), str(320 * characters))


def line_below(paragraph: Paragraph, colour: str, eighths: int, *, above: bool = False) -> None:
    """Draw a line under (or above) a paragraph, *eighths* of a point thick."""
    properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001  (python-docx has no name for it)
    borders = OxmlElement("w:pBdr")
    border = OxmlElement("w:top" if above else "w:bottom")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "1"), ("color", colour)):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _margins(section: Section) -> None:
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.footer_distance = Mm(24)
    section.header_distance = Mm(18)


def _normal(document: DocxDocument) -> None:
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, SIZE_3
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE


def _fonts(document: DocxDocument) -> None:
    """Name for each font what stands in for it."""
    parts = {str(part.partname): part for part in document.part.package.iter_parts()}
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead.replace(";", ",")}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, instead in _SUBSTITUTES.items()
    )
    table: Any = parts["/word/fontTable.xml"]
    table._blob = (  # noqa: SLF001  (a part python-docx only carries along)
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{_W}">{entries}</w:fonts>'
    ).encode()


def _describe(document: DocxDocument, title: str, subject: str, made_on: datetime) -> None:
    about = document.core_properties
    about.title, about.subject, about.author = title, subject, "守线 Shouxian"
    about.last_modified_by, about.comments, about.language = about.author, "", "zh-CN"
    about.created = about.modified = made_on
    about.revision = 1
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _page_number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    set_font(paragraph.add_run("— "), "宋体", SIZE_4)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    shown, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)
    paragraph._p.append(field)  # noqa: SLF001  (python-docx has no name for it)
    set_font(paragraph.add_run(" —"), "宋体", SIZE_4)
