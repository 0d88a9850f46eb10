from dataclasses import replace
from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of, values_of

LINE = {"name": "x", "rule": "coefficient"}


def _part(rows, **settings):
    part = {
        "id": "A",
        "name": "A",
        "items": [{"id": "a", "points": 6, **LINE}, {"id": "b", "points": 4, **LINE}],
    }
    result = score_rubric(rubric_of({"parts": [{**part, **settings}]}), values_of(rows)).unit("甲")
    return next(one for one in result.parts if one.part == "A" and not one.period), result


@pytest.mark.parametrize(
    ("rows", "points", "full", "dropped", "missing"),
    [
        ([("甲", "a", 6), ("甲", "b", 1)], 7, 10, 0, ()),
        ([("甲", "a", 6), ("甲", "b", "n/a")], 6, 10, 4, ()),
        ([("甲", "a", 6)], 6, 10, 0, ("b",)),
        ([("甲", "a", "n/a"), ("甲", "b", "n/a")], None, 10, 10, ()),
        ([("甲", "x", 1)], None, 10, 0, ("a", "b")),
    ],
)
def test_what_a_section_holds(rows, points, full, dropped, missing):
    """Points, what could be had, what did not apply and what is unknown are kept apart."""
    part, _ = _part(rows)
    assert (points, full, dropped, missing) == (part.points, part.full, part.dropped, part.missing)


def test_rescaled_inside():
    """With ``rescale`` the section makes up by itself for what does not apply."""
    part, _ = _part([("甲", "a", 3), ("甲", "b", "n/a")], rescale=True)
    assert (5, 0, "(a 3) × 10 ÷ 6 = 5") == (part.points, part.dropped, part.working)


def test_a_cap_holds_after_rescaling_too():
    """What is spread never lifts a section above its cap."""
    part, _ = _part([("甲", "a", 6), ("甲", "b", "n/a")], rescale=True, cap=8)
    assert 8 == part.points


def test_a_weight_counts_once():
    """The section keeps its own points and contributes them × weight."""
    part, unit = _part([("甲", "a", 6), ("甲", "b", 2)], weight="0.5")
    assert (8, 4, 4) == (part.points, part.contributes, unit.total)


def test_a_period_without_values_is_missing():
    """One period known and one unknown: the points of the known one, and the gap."""
    rows = [("甲", "a", 6, "", "上"), ("甲", "b", 4, "", "上")]
    part, unit = _part(rows, periods={"mean": ["上", "下"]})
    assert (5, ("a", "b"), False) == (part.points, part.missing, unit.complete)


def test_an_idle_period_leaves_its_weight():
    """A period in which nothing applied is spread over the others."""
    rows = [
        ("甲", "a", 6, "", "上"),
        ("甲", "b", 2, "", "上"),
        ("甲", "a", "n/a", "", "下"),
        ("甲", "b", "n/a", "", "下"),
    ]
    part, unit = _part(rows, periods={"mean": ["上", "下"]})
    assert (8, 8) == (part.points, unit.total)


def test_a_part_of_other_units_is_none():
    """A section for others adds nothing and is not rescaled for."""
    other = {"id": "B", "name": "B", "for": "unit.group == 'x'", "items": [{"id": "c", "points": 90, **LINE}]}
    own = {"id": "A", "name": "A", "items": [{"id": "a", "points": 10, **LINE}]}
    unit = score_rubric(rubric_of({"parts": [own, other]}), values_of([("甲", "a", 7)])).unit("甲")
    assert 7 == unit.total
    assert (["a"], ["A"]) == ([one.item for one in unit.items], [one.part for one in unit.parts])


def test_an_unbounded_line_is_not_scaled():
    """What accumulates without end is not multiplied for what did not apply elsewhere."""
    open_line = {
        "id": "c",
        "name": "c",
        "points": None,
        "rule": {"type": "accumulation", "rates": [{"points": 1}]},
    }
    items = [{"id": "a", "points": 6, **LINE}, {"id": "b", "points": 6, **LINE}, open_line]
    rubric = rubric_of({"parts": [{"id": "A", "name": "A", "items": items}]})
    values = values_of([("甲", "a", 3), ("甲", "b", "n/a"), ("甲", "c", 100)])
    assert 106 == score_rubric(rubric, values).unit("甲").total
    weighted = replace(rubric, parts=(replace(rubric.parts[0], weight=Fraction(1, 2)),))
    assert 53 == score_rubric(weighted, values).unit("甲").total


def test_best_of_nothing():
    """When no alternative section is known, its items are missing; when none applies, it is spread."""
    rest = {"id": "B", "name": "B", "items": [{"id": "c", "points": 10, **LINE}]}
    best = {"id": "A", "name": "A", "combine": "choose_best", "items": [{"id": "a", "points": 10, **LINE}]}
    rubric = rubric_of({"parts": [best, rest]})
    result = score_rubric(rubric, values_of([("甲", "c", 5), ("乙", "c", 5), ("乙", "a", "n/a")]))
    assert [5, 10] == [one.total for one in result.units]
    assert [False, True] == [one.complete for one in result.units]
