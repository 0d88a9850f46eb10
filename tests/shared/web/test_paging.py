import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from shared.web.i18n import Words
from shared.web.paging import Badge, Column, ExportTooLongError, Listing, Paging, shown


@pytest.mark.parametrize(
    ("query", "number", "size"),
    [
        ({}, 1, 50),
        ({"page": "3", "size": "20"}, 3, 20),
        ({"page": "0", "size": "0"}, 1, 1),
        ({"page": "-1", "size": "x"}, 1, 50),
        ({"page": "9" * 40, "size": "9999"}, 1_000_000, 200),
        ({"page": "٣"}, 1, 50),
        ({"format": "csv", "page": "3"}, 1, 300_000),
        ({"format": "xlsx", "page": "3"}, 1, 300_000),
    ],
)
def test_paging_is_brought_within_bounds(query, number, size):
    """No query can ask for a negative, endless or unreadable part of a list."""
    assert Paging(number, size) == Paging.of(query)


@pytest.mark.parametrize(
    ("value", "kind", "zh", "en"),
    [
        (None, "text", "—", "—"),
        (123450, "yuan", "1,234.50", "1,234.50"),
        (Decimal("0.005"), "percent", "0.50%", "0.50%"),
        (datetime(2022, 5, 5, 16, 30, tzinfo=UTC), "text", "2022-05-06 00:30", "2022-05-06 00:30"),
        (date(2022, 5, 6), "text", "2022-05-06", "2022-05-06"),
        (True, "text", "是", "yes"),
        (Words("村", "village"), "text", "村", "village"),
        (Badge("red", Words("超期", "overdue")), "text", "超期", "overdue"),
        (7, "number", "7", "7"),
    ],
)
def test_values_are_shown_as_people_read_them(value, kind, zh, en):
    """Money in yuan, shares in percent, instants in the county's time, words in the reader's language."""
    assert (zh, en) == (shown(value, kind, "zh"), shown(value, kind, "en"))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_of_an_export_is_a_formula(cell):
    """What a person typed cannot run in a spreadsheet; a negative number stays a number."""
    columns: tuple[Column[str], ...] = (
        Column("甲", "A", lambda row: row),
        Column("乙", "B", lambda _: -5, "number"),
    )
    text = Listing(columns, [cell], 1, Paging()).as_csv("en").decode("utf-8-sig")
    assert [f"'{cell}", "-5"] == text.splitlines()[1].split(",")


def test_pages_are_counted():
    """101 rows of 50 are three pages, and the second shows 51 to 100."""
    listing = Listing((), [0] * 50, 101, Paging(2, 50))
    assert (3, 51, 100) == (listing.pages, listing.first, listing.last)


@pytest.mark.parametrize("text", ["=2+2", " =2+2", "\u3000@x", "\t-1", "\n+1"])
def test_spaces_hide_no_formula(text):
    """A cell is no formula either when spaces stand before it."""
    listing = Listing((Column("值", "value", str),), [text], 1, Paging())
    cell = list(csv.reader(io.StringIO(listing.as_csv("zh").decode("utf-8-sig"), newline="")))[1][0]
    assert f"'{text}" == cell


def test_a_workbook_has_what_the_list_shows():
    """Headings, numbers as numbers, everything else as the text people read; never a formula."""
    columns = (
        Column[object]("名称", "Name", lambda row: row),
        Column[object]("造价", "Cost", lambda row: 123450, "yuan"),
        Column[object]("日期", "Day", lambda row: date(2022, 5, 6)),
        Column[object]("公用", "Public", lambda row: True),
        Column[object]("空", "Empty", lambda row: None),
    )
    path = Listing(columns, ["=1+1"], 1, Paging()).as_xlsx("zh", "水井/2022")
    cells = list(openpyxl.load_workbook(path).worksheets[0].values)
    path.unlink()
    assert [("名称", "造价", "日期", "公用", "空"), ("=1+1", 1234.5, "2022-05-06", "是", None)] == cells


def test_an_export_that_would_miss_rows_is_refused():
    """Nobody gets a file from which rows are missing without a word."""
    with pytest.raises(ExportTooLongError, match="300001"):
        Listing((), [1], 300_001, Paging()).ensure_whole()
