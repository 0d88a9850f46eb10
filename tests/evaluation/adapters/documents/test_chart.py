from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.adapters.documents.chart import distribution, tiles, trend

SVG = "{http://www.w3.org/2000/svg}"
TOTALS = st.decimals(0, 100, places=2)


def drawn(chart, tag):
    return list(ET.fromstring(chart.svg).iter(f"{SVG}{tag}"))


def test_a_chart_says_what_it_is():
    """A picture has a title and a description, and is announced as an image."""
    chart = trend("固关镇<各月>", [("01-31", Decimal("50.00")), ("02-28", Decimal("60.50"))], ("月", "分"))
    root = ET.fromstring(chart.svg)
    assert "img" == root.get("role")
    assert ["固关镇<各月>"] == [one.text for one in root.findall(f"{SVG}title")]
    assert "01-31 50.00 → 02-28 60.50" == root.findtext(f"{SVG}desc")


def test_a_month_without_a_score_is_a_gap():
    """The line does not run through a month that has none, and the table shows a dash."""
    months = [("1", Decimal(50)), ("2", Decimal(55)), ("3", None), ("4", Decimal(60)), ("5", Decimal(61))]
    chart = trend("t", months, ("月", "分"))
    assert (2, 4) == (len(drawn(chart, "polyline")), len(drawn(chart, "circle")))
    assert ("3", "—") == chart.rows[2]


def test_higher_is_higher():
    """A better score stands higher on the page."""
    low, high = drawn(trend("t", [("1", Decimal(10)), ("2", Decimal(90))], ("", "")), "circle")
    assert float(high.get("cy")) < float(low.get("cy"))


@given(st.lists(TOTALS, max_size=30))
def test_a_distribution_counts_everybody_once(totals):
    """Every score is in one band; 100 is in the last, 90 too, 89.99 not."""
    chart = distribution("t", totals, ("段", "数"))
    assert len(totals) == sum(int(count) for _, count in chart.rows)
    assert sum(total >= 90 for total in totals) == int(chart.rows[-1][1])


def test_tiles():
    """A tile for each town, coloured by its score; without one it is grey and says so."""
    chart = tiles(
        "t",
        [("甲镇", Decimal("91.00"), 1), ("乙镇", Decimal("40.00"), 2), ("丙镇", None, None)],
        ("", "", ""),
    )
    fills = [one.get("fill") for one in drawn(chart, "rect")]
    assert 3 == len(set(fills))
    assert (("甲镇", "91.00", "1"), ("乙镇", "40.00", "2"), ("丙镇", "—", "—")) == chart.rows


def test_nothing_to_draw():
    """No scores at all is a picture too."""
    for chart in (trend("t", [], ("", "")), distribution("t", [], ("", "")), tiles("t", [], ("", "", ""))):
        assert "svg" in ET.fromstring(chart.svg).tag
