from collections import Counter
from math import ceil, floor

from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of, values_of

PARTS = [{"id": "A", "name": "A", "items": [{"id": "a", "name": "a", "points": 100, "rule": "coefficient"}]}]
GRADES = [
    {"name": "优秀", "min": 90, "quota": "0.3"},
    {"name": "良好", "min": 80, "below": 90},
    {"name": "一般", "below": 80},
]
TOTALS = st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛壬癸"), st.integers(70, 100), min_size=1)


def _grades(totals, **settings_):
    rubric = rubric_of({"parts": PARTS, "grades": GRADES, **settings_})
    return {
        one.unit: one
        for one in score_rubric(rubric, values_of([(u, "a", v) for u, v in totals.items()])).units
    }


@settings(max_examples=60)
@given(totals=TOTALS)
def test_a_quota_is_never_exceeded(totals):
    """At most three in ten are excellent, none of them below the line, and no better unit is passed over."""
    found = _grades(totals)
    best = [unit for unit, one in found.items() if one.grade == "优秀"]
    open_ones = [unit for unit, one in found.items() if not one.grade]
    assert len(best) <= floor(len(totals) * 3 / 10)
    assert all(totals[unit] >= 90 for unit in best)
    assert all(totals[unit] <= totals[other] for unit in found if unit not in best for other in best)
    assert len({totals[unit] for unit in open_ones}) <= 1


@settings(max_examples=60)
@given(totals=TOTALS)
def test_everyone_has_one_grade(totals):
    """Closed bands leave nobody without a grade, but for a tie at the quota's edge."""
    found = _grades(totals, quota_ties={"otherwise": "none"})
    assert len(totals) == sum(Counter(one.grade for one in found.values() if one.grade).values())


def test_how_a_share_of_a_place_counts():
    """30 per cent of five is one, or two when rounded, as the rubric says."""
    totals = dict(zip("甲乙丙丁戊", (99, 98, 97, 96, 95), strict=True))
    for rounding, places in (("floor", 1), ("half_up", 2), ("ceil", ceil(1.5))):
        found = _grades(totals, quota_ties={"rounding": rounding})
        assert places == sum(1 for one in found.values() if one.grade == "优秀")
