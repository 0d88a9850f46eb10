import openpyxl
import pytest

from shared.spreadsheet import Heading, csv_lines, file_pieces, write_xlsx


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "http://example.cn", "0012"])
def test_no_text_becomes_a_formula_a_link_or_a_number(tmp_path, text):
    """What people typed stays text in a workbook, and no CSV cell begins like a formula."""
    path = tmp_path / "a.xlsx"
    write_xlsx(path, "名单", [Heading("列")], [[text]])
    cell = openpyxl.load_workbook(path).worksheets[0]["A2"]
    assert ("s", text) == (cell.data_type, cell.value)
    assert cell.hyperlink is None
    line = b"".join(csv_lines([Heading("列")], [[text]])).decode("utf-8-sig").splitlines()[1]
    assert line.lstrip('"')[0] not in "=+-@"


def test_an_id_number_keeps_its_digits_in_excel():
    """In CSV a long number begins with a tab, which Excel takes for text and the reader strips."""
    text = b"".join(csv_lines([Heading("证件号码")], [["610327197803050011"]])).decode("utf-8-sig")
    assert "\t610327197803050011" in text


def test_a_file_is_handed_out_and_removed(tmp_path):
    """The pieces are the file; afterwards, or when nobody wants the rest, it is gone."""
    for read in (b"".join, lambda pieces: (next(pieces), pieces.close())[0]):
        path = tmp_path / "a"
        path.write_bytes(b"abc")
        assert b"abc" == read(file_pieces(path))
        assert not path.exists()
