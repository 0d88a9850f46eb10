import zipfile

import pytest
import xlsxwriter

from services.monitoring.adapters.exchange import workbook_reader, xlsx_stream
from services.monitoring.adapters.exchange.workbook_reader import open_sheets, open_table
from services.monitoring.domain.exchange.cell import Fault
from services.monitoring.domain.exchange.file_errors import (
    FileBrokenError,
    FileKindError,
    FileLockedError,
    FileSwollenError,
    FileTextError,
    FileTooLargeError,
    TooManyRowsError,
)
from services.monitoring.domain.exchange.format import ColumnFormat, FileFormat, HeadingsError

LIST = FileFormat(
    key="test",
    zh="测试名单",
    en="test list",
    target="list",
    source="here",
    confirmed=False,
    columns=(ColumnFormat("name", "姓名", "Name", "name", required=True),),
)


def all_lines(path):
    with open_sheets(path) as sheets:
        return [[(line.number, *line.cells) for line in sheet()] for sheet in sheets]


def workbook(path, fill, **options):
    book = xlsxwriter.Workbook(str(path), options)
    fill(book)
    book.close()
    return path


@pytest.mark.parametrize("inline", [True, False])
def test_a_workbook_is_read_as_it_lies(tmp_path, inline):
    """Texts (shared or inline), numbers, ticks, formulas, gaps and line numbers come as they are."""

    def fill(book):
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "金额"])
        page.write_string(3, 0, "李 <四>&")
        page.write_number(3, 2, 12.5)
        page.write_boolean(3, 3, True)
        page.write_formula(3, 4, "=1+1", None, 2)
        page.write_formula(3, 5, "=1/0", None, "#DIV/0!")

    path = workbook(tmp_path / "a.xlsx", fill, constant_memory=inline)
    lines = all_lines(path)[0]
    assert (4, "李 <四>&", None, 12.5, True, 2.0) == lines[-1][:6]
    assert lines[-1][6] in (Fault.FORMULA, "#DIV/0!")


def test_hidden_sheets_are_passed_over_and_the_fitting_one_is_found(tmp_path):
    """The table is looked for in each visible sheet in turn."""

    def fill(book):
        book.add_worksheet("封面").write_string(0, 0, "说明")
        hidden = book.add_worksheet("旧")
        hidden.hide()
        hidden.write_string(0, 0, "姓名")
        page = book.add_worksheet("名单")
        page.write_column(0, 0, ["姓名", "李四"])

    path = workbook(tmp_path / "a.xlsx", fill)
    with open_table(path, LIST) as table:
        assert [(2, ("李四",))] == [(one.number, one.cells) for one in table]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_csv_is_read_in_what_offices_write(tmp_path, encoding, sign):
    """UTF-8 with and without mark, GB18030 and UTF-16; commas, tabs and semicolons."""
    path = tmp_path / "名单.csv"
    path.write_bytes(f"姓名{sign}村\r\n李四{sign}上岔村\r\n".encode(encoding))
    assert [[(1, "姓名", "村"), (2, "李四", "上岔村")]] == all_lines(path)


def test_the_content_decides_not_the_name(tmp_path):
    """A CSV that is called .xlsx is read; a web page that is called .xls is refused by what it is."""
    path = tmp_path / "a.xlsx"
    path.write_text("姓名\n李四\n", encoding="utf-8")
    assert (2, "李四") == all_lines(path)[0][1]
    path.write_text("<html><table></table></html>")
    with pytest.raises(FileKindError, match="web page"):
        all_lines(path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\0\0\0", b"<?xml version='1.0'?>"])
def test_what_is_no_table_is_refused(tmp_path, content):
    """Empty files, PDFs, pictures and XML are refused in words."""
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileKindError):
        all_lines(path)


@pytest.mark.parametrize("broken", ["户编号,姓名\nH1,李四".encode("utf-16")[:-1], b"\xff\xfe\x00\xd8A\x00"])
def test_damaged_utf_16_is_refused(tmp_path, broken):
    """Half a character at the end, or half a pair, is a text in no known encoding."""
    path = tmp_path / "a.csv"
    path.write_bytes(broken)
    with pytest.raises(FileTextError):
        all_lines(path)


@pytest.mark.parametrize("cut", [30, 200, 2000])
def test_a_damaged_workbook_is_refused(tmp_path, cut):
    """A file that was cut off is refused, wherever."""
    path = workbook(tmp_path / "a.xlsx", lambda book: book.add_worksheet().write_string(0, 0, "姓名"))
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(FileBrokenError):
        all_lines(path)


def test_an_old_workbook_that_is_none_is_refused(tmp_path):
    """What begins like XLS but is not, or is locked, is refused in words."""
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 1000)
    with pytest.raises((FileBrokenError, FileLockedError)):
        all_lines(path)


def put(path, part, content):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
        made.writestr(part, content)
    return path


def test_a_zip_bomb_is_stopped(tmp_path, monkeypatch):
    """What grows beyond the limit is refused by what the archive says of itself, and while it is read."""
    monkeypatch.setattr(xlsx_stream, "MOST_UNPACKED", 1000)
    path = put(tmp_path / "a.xlsx", "xl/worksheets/sheet2.xml", b" " * 5000)
    with pytest.raises(FileSwollenError):
        all_lines(path)
    monkeypatch.setattr(xlsx_stream, "MOST_UNPACKED", 10**6)
    monkeypatch.setattr(xlsx_stream, "MOST_SHARED", 1000)
    path = put(tmp_path / "b.xlsx", "xl/sharedStrings.xml", b"<sst>" + b" " * 5000 + b"</sst>")
    with pytest.raises(FileSwollenError):
        all_lines(path)


def test_a_document_type_is_refused(tmp_path):
    """Entities are where XML bombs live; no workbook has a document type."""
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        made.writestr("xl/worksheets/sheet1.xml", bomb)
    with pytest.raises(FileBrokenError):
        all_lines(tmp_path / "a.xlsx")


def test_too_large_and_too_long_are_refused(tmp_path, monkeypatch):
    """Bytes and lines have their limits."""
    path = tmp_path / "a.csv"
    path.write_text("姓名\n" + "李四\n" * 50, encoding="utf-8")
    monkeypatch.setattr(workbook_reader, "MOST_ROWS", 40)
    with open_table(path, LIST) as table, pytest.raises(TooManyRowsError):
        list(table)
    monkeypatch.setattr(workbook_reader, "LARGEST_FILE", 100)
    with pytest.raises(FileTooLargeError), open_sheets(path):
        pass


def test_a_file_without_the_headings_is_refused(tmp_path):
    """No sheet has the heading: refused, by the name of the list."""
    path = tmp_path / "a.csv"
    path.write_text("村\n上岔村\n", encoding="utf-8")
    with pytest.raises(HeadingsError, match="test list"), open_table(path, LIST):
        pass
