from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of, values_of

UNITS = [{"id": "甲", "group": "镇"}, {"id": "乙", "group": "镇"}, {"id": "丙", "group": "局"}]
ROWS = [("甲", "a", 4), ("乙", "a", 8), ("丙", "a", 3), ("甲", "a", 5, "人数"), ("*", "t", 2)]


def _asked(text, rows=ROWS):
    """Return what 甲 gets for a line that reads *text*, beside item a of 10 points in section A."""
    line = {"id": "q", "name": "q", "points": None, "input": text}
    line["rule"] = {"type": "accumulation", "rates": [{"points": 1}]}
    rubric = rubric_of(
        {
            "ranking": {"within": "group"},
            "data": ["t"],
            "parts": [
                {
                    "id": "A",
                    "name": "A",
                    "items": [{"id": "a", "name": "a", "points": 10, "rule": "coefficient"}],
                },
                {"id": "Q", "name": "Q", "items": [line]},
            ],
        }
    )
    return score_rubric(rubric, values_of(rows, UNITS)).unit("甲").item("q")


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (4, "value_of('a')"),
        (5, "value_of('a', '人数')"),
        (4, "score_of('a')"),
        (4, "score_of('A')"),
        (Fraction(2, 5), "rate_of('A')"),
        (Fraction(2, 5), "rate_of('a')"),
        (6, "mean_value('a')"),
        (8, "max_value('a')"),
        (4, "min_value('a')"),
        (12, "sum_of('a')"),
        (2, "count_of('a')"),
        (1, "count_of('a', '人数')"),
        (2, "rank_of('a')"),
        (6, "mean_score('a')"),
        (8, "max_score('A')"),
        (4, "min_score('A')"),
        (12, "sum_score('a')"),
        (2, "rank_score('A')"),
        (3, "mean_value('a', group='局')"),
        (15, "sum_of('a', group='镇') + mean_score('a', group='局')"),
        (8, "mean_value('a', id='乙')"),
    ],
)
def test_what_may_be_asked(points, text):
    """Questions go to the unit, to its ranking group, or to the units named by attributes."""
    assert points == _asked(text).points


@pytest.mark.parametrize(
    "text",
    ["value_of('t')", "value_of('a', '户数')", "mean_value('a', group='村')", "rank_of('a', group='局')"],
)
def test_no_answer_is_missing(text):
    """A question without an answer leaves the line without points; nobody is counted as nought."""
    rows = [row for row in ROWS if row[0] != "*"]
    assert ("missing", None) == (_asked(text, rows).status, _asked(text, rows).points)


def test_what_holds_for_every_unit():
    """A figure of the whole county is written once."""
    assert 2 == _asked("value_of('t')").points


def test_who_has_no_value_is_not_counted():
    """A mean is over those that have a value."""
    rows = [row for row in ROWS if row[:2] != ("乙", "a")]
    assert 4 == _asked("mean_value('a')", rows).points


def test_a_section_with_a_gap_has_no_score():
    """What is built on a section waits for all of it."""
    rows = [row for row in ROWS if row[:2] != ("甲", "a")]
    assert "missing" == _asked("score_of('A')", rows).status
