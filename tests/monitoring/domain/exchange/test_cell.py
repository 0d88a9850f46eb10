from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.exchange.cell import (
    FORMULA,
    NOT_A_DAY,
    PRECISION_LOST,
    UNKNOWN_LABEL,
    CellProblem,
    Fault,
    clean,
    label_key,
    parser_of,
)

LABELS = {"户主": "001", "配偶": "002", "02": "002"}


@pytest.mark.parametrize(
    ("expected", "raw"),
    [
        (date(2022, 3, 1), "2022-03-01"),
        (date(2022, 3, 1), "2022/3/1"),
        (date(2022, 3, 1), "2022年3月1日"),
        (date(2022, 3, 1), "20220301"),
        (date(2022, 3, 1), 20220301.0),
        (date(2022, 3, 1), "２０２２－０３－０１"),
        (date(2022, 3, 1), "2022-03-01 08:30:00"),
        (date(2022, 3, 1), 44621.0),
        (date(2022, 3, 1), 44621.5),
        (date(2022, 3, 1), "202203"),
        (date(2022, 3, 1), "2022年3月"),
        (None, "  "),
        (NOT_A_DAY, "2022-02-30"),
        (NOT_A_DAY, "去年春天"),
        (NOT_A_DAY, 12.0),
    ],
)
def test_a_day_is_read_however_it_is_written(expected, raw):
    """Days, months and Excel's own serial numbers are read; what is no day is a problem."""
    assert expected == parser_of("day")(raw)


@pytest.mark.parametrize(
    ("expected", "kind", "raw"),
    [
        ("610327199001011234", "number", "６１０３２７１９９００１０１１２３４"),
        ("610327199001011234", "number", " 610327 19900101 1234 "),
        ("61032719900101123X", "number", "61032719900101123x"),
        ("610327199001011234", "number", "'610327199001011234"),
        ("610327199001011234", "number", '="610327199001011234"'),
        ("13800138000", "number", 13800138000.0),
        (PRECISION_LOST, "number", 6.10327199001011e17),
        (PRECISION_LOST, "number", "6.10327E+17"),
        ("李四", "name", "李　 四"),
        ("Li Si", "name", " Li Si "),
        ("=1+1", "text", "'=1+1"),
        (123456, "yuan", "1,234.56元"),
        (123456, "yuan", 1234.5600000000001),
        (12, "whole", "12个月"),
        (Decimal("1.5"), "decimal", "１.５"),
        (2014, "year", "2014年度"),
        (2014, "year", "201403"),
        (True, "yes_no", "是"),
        (True, "yes_no", "√"),
        (False, "yes_no", 0.0),
        ("002", "code", " 配 偶 "),
        ("002", "code", "０２"),
        (UNKNOWN_LABEL, "code", "邻居"),
        (("001", "002"), "codes", "配偶、户主"),
        (FORMULA, "text", Fault.FORMULA),
    ],
)
def test_a_cell_is_read_as_its_column_says(expected, kind, raw):
    """Full-width digits, padding, units, text marks and labels are understood; lost digits are told."""
    assert expected == parser_of(kind, LABELS)(raw)


@pytest.mark.parametrize("kind", ["whole", "decimal", "yuan"])
@pytest.mark.parametrize("raw", ["-1", "1e999999999", "NaN", "Infinity", "很多", 1e300])
def test_what_is_no_amount_is_a_problem(kind, raw):
    """Negative, endless and unreadable amounts are problems, and are found quickly."""
    assert isinstance(parser_of(kind)(raw), CellProblem)


@given(st.one_of(st.text(), st.floats(), st.booleans(), st.none()))
def test_no_cell_breaks_a_parser(raw):
    """Whatever a cell holds, each kind gives a value or a problem."""
    for kind in (
        "text",
        "name",
        "number",
        "whole",
        "decimal",
        "yuan",
        "day",
        "month",
        "year",
        "yes_no",
        "code",
    ):
        parser_of(kind, LABELS)(raw)
    assert isinstance(clean(raw), str)


@given(st.dates(min_value=date(1911, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_written_out_comes_back(day):
    """ISO and compact days are read as what they were."""
    assert [day, day] == [parser_of("day")(day.isoformat()), parser_of("day")(f"{day:%Y%m%d}")]


def test_labels_are_compared_without_width_or_space():
    """A heading in full-width brackets is the one in half-width."""
    assert label_key("务工时间(月)") == label_key(" 务工时间（月） ")
