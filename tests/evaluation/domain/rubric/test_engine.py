import pytest

from services.evaluation.domain.rubric.errors import RubricCycleError
from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of, values_of


def test_units_in_a_circle_are_refused():
    """Two groups that each take the mean of the other never come to a number; the way round is named."""
    line = {"id": "a", "name": "a", "points": 10}
    line["rule"] = {
        "type": "when",
        "condition": "unit.group == 'x'",
        "then": {"type": "mean_score", "item": "a", "where": {"group": "y"}},
        "otherwise": {"type": "mean_score", "item": "a", "where": {"group": "x"}},
    }
    units = [{"id": "甲", "group": "x"}, {"id": "乙", "group": "y"}]
    with pytest.raises(RubricCycleError, match=r"a/甲 → .*a/乙"):
        score_rubric(
            rubric_of({"parts": [{"id": "A", "name": "A", "items": [line]}]}),
            values_of([("甲", "a", 1), ("乙", "a", 1)], units),
        )


def test_only_the_assessed_are_scored():
    """Units that only lend their values have no result and take no place."""
    rubric = rubric_of(
        {
            "assessed": "unit.group == 'x'",
            "parts": [
                {
                    "id": "A",
                    "name": "A",
                    "items": [
                        {
                            "id": "a",
                            "name": "a",
                            "points": 10,
                            "rule": {"type": "rank_table", "points": [10, 5]},
                        }
                    ],
                }
            ],
        }
    )
    units = [{"id": "甲", "group": "x"}, {"id": "乙", "group": "y"}]
    result = score_rubric(rubric, values_of([("甲", "a", 1), ("乙", "a", 9)], units))
    assert ["甲"] == [one.unit for one in result.units]
    assert 10 == result.unit("甲").total
