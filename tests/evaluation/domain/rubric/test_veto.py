import pytest

from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of, values_of

PARTS = [{"id": "A", "name": "A", "items": [{"id": "a", "name": "a", "points": 100, "rule": "coefficient"}]}]


def _unit(rows, **conditions):
    return score_rubric(rubric_of({"parts": PARTS, **conditions}), values_of([("甲", "a", 95), *rows])).unit(
        "甲"
    )


@pytest.mark.parametrize(
    ("when", "rows", "holds"),
    [
        ("value > 0", [("甲", "v", 1)], True),
        ("value > 0", [("甲", "v", 0)], False),
        ("规上返贫 > 0 or 造假", [("甲", "v", 0, "规上返贫"), ("甲", "v", True, "造假")], True),
        ("total > 90", [], True),
        ("score_of('A') < 60", [], False),
        ("unit.id == '甲'", [], True),
    ],
)
def test_a_condition(when, rows, holds):
    """A veto reads its own values, the total, and whatever an item may read."""
    unit = _unit(rows, vetoes=[{"id": "v", "name": "v", "when": when, "effect": "zero"}])
    assert (0 if holds else 95) == unit.total
    assert (["v"] if holds else []) == [found.id for found in unit.vetoes]


def test_what_nobody_judged():
    """A veto without its value changes nothing and is said; a prerequisite without it is not met."""
    veto = _unit([], vetoes=[{"id": "v", "name": "v", "when": "value", "effect": "zero"}])
    before = _unit([], prerequisites=[{"id": "x", "name": "x", "when": "value"}])
    assert (95, 1, [False]) == (veto.total, veto.rank, [found.judged for found in veto.vetoes])
    assert (95, None, [False]) == (before.total, before.rank, [found.judged for found in before.vetoes])


def test_a_prerequisite_of_one_grade():
    """A condition may bar a grade instead of the ranking."""
    grades = [{"name": "优秀", "min": 90}, {"name": "合格"}]
    condition = [{"id": "x", "name": "x", "when": "value", "bars_grade": "优秀"}]
    unit = _unit([("甲", "x", False)], prerequisites=condition, grades=grades)
    assert (1, "合格", ("优秀",)) == (unit.rank, unit.grade, unit.barred_grades)
