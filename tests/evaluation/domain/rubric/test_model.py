from fractions import Fraction

from services.evaluation.domain.rubric.model import Periods, items_of, parts_of
from tests.evaluation.domain.rubric.case_book import rubric_of

LINE = {"name": "x", "points": 1, "rule": "coefficient"}
NESTED = {
    "parts": [
        {"id": "A", "name": "A", "parts": [{"id": "A1", "name": "A1", "items": [{"id": "a", **LINE}]}]},
        {"id": "B", "name": "B", "items": [{"id": "b", **LINE}]},
    ],
    "bonus": [{"id": "P", "name": "P", "items": [{"id": "p", **LINE}]}],
    "deductions": [{"id": "M", "name": "M", "items": [{"id": "m", **LINE}]}],
}


def test_items_in_the_order_of_the_table():
    """Parts however deep, then bonus, then deductions."""
    rubric = rubric_of(NESTED)
    assert ["a", "b", "p", "m"] == [item.id for item in rubric.items()]
    assert ["A", "A1"] == [part.id for part in parts_of(rubric.parts[0])]
    assert ["a"] == [item.id for item in items_of(rubric.parts[0])]


def test_a_mean_weighs_all_the_same():
    """Three months weigh a third each and add to one exactly."""
    periods = Periods.mean_of("一月", "二月", "三月")
    assert ("一月", "二月", "三月") == periods.names
    assert 1 == sum(weight for _, weight in periods.weights)
    assert {Fraction(1, 3)} == {weight for _, weight in periods.weights}
