import pytest

from services.monitoring.domain.exchange.cell import MISSING, UNKNOWN_LABEL
from services.monitoring.domain.exchange.format import (
    ColumnFormat,
    FileFormat,
    HeadingsError,
    SheetRow,
    find_headings,
    typed_rows,
)

LIST = FileFormat(
    key="test",
    zh="测试名单",
    en="test list",
    target="list",
    source="here",
    confirmed=False,
    columns=(
        ColumnFormat("name", "姓名", "Name", "name", required=True),
        ColumnFormat("sex", "性别", "Sex", "code", labels={"男": "1", "女": "2"}),
        ColumnFormat("paid", "自付金额", "Paid", "yuan", aliases=("个人自付", "费用自付")),
    ),
)


class Lines:
    """A table in memory."""

    def __init__(self, *lines):
        self.lines = [SheetRow(number, line) for number, line in enumerate(lines, 1)]
        self.headings = find_headings(self.lines[:5], LIST)

    def __iter__(self):
        return iter(self.lines[self.headings.line :])


def test_headings_are_found_below_a_title_and_by_other_names():
    """A title line is passed over; order and aliases do not matter; unknown headings are told."""
    found = find_headings(
        [SheetRow(1, ("某县名单", None, None)), SheetRow(2, ("个人自付", "备注", "姓名"))], LIST
    )
    assert (2, {"paid": 0, "name": 2}, ("备注",)) == (found.line, dict(found.places), found.unknown)


def test_headings_may_take_two_lines():
    """Of a merged heading the column's own name below counts, and the one above where there is none."""
    found = find_headings(
        [SheetRow(1, ("姓名", "费用", None)), SheetRow(2, (None, "总额", "费用自付"))], LIST
    )
    assert (2, {"name": 0, "paid": 2}) == (found.line, dict(found.places))


def test_missing_headings_are_named():
    """A table without a required column is refused, and the refusal says which."""
    with pytest.raises(HeadingsError, match="姓名"):
        find_headings([SheetRow(1, ("性别",))], LIST)


def test_rows_are_typed_with_their_problems():
    """Each line has its number, its values by field and what is wrong, never repeating the cell."""
    rows = list(typed_rows(Lines(("姓名", "性别"), ("李四", "男"), (None, "猫")), LIST))
    assert [(2, ()), (3, (("name", MISSING), ("sex", UNKNOWN_LABEL)))] == [
        (one.number, one.problems) for one in rows
    ]
    assert {"name": "李四", "sex": "1", "paid": None} == dict(rows[0].values)


def test_blank_lines_and_totals_are_left_out():
    """Blank lines, sums and signatures are no rows."""
    table = Lines(
        ("姓名", "性别", "个人自付"),
        ("李四", "男", "1"),
        (None, "  ", None),
        ("合计", None, "1"),
        ("填表人：某", None, None),
    )
    assert [2] == [one.number for one in typed_rows(table, LIST)]
