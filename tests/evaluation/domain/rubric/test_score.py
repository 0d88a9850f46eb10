import ast
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain import rubric as package
from services.evaluation.domain.rubric.errors import RubricError, WrongValueError
from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of, values_of

TOWNS = [f"镇{number}" for number in range(6)]
KINDS = [
    {"type": "proportional", "target": 100},
    {"type": "stepped", "target": 95, "step": 1, "deduct": "0.3", "steps": "exact"},
    {"type": "rank_table", "points": [10, 8, 7, 5]},
    {"type": "min_max"},
    {
        "type": "relative_to_mean",
        "rule": {"type": "stepped", "target": "mean", "step": 1, "deduct": 1, "steps": "ceil"},
    },
    {"type": "per_occurrence", "deduct": 3},
]


def _table(kinds, count):
    return {
        "parts": [
            {
                "id": f"S{section}",
                "name": "s",
                "items": [
                    {"id": f"{section}.{n}", "name": "n", "points": 10, "rule": kinds[n % len(kinds)]}
                    for n in range(count)
                ],
            }
            for section in range(2)
        ],
        "grades": [{"name": "优秀", "min": 60, "quota": "0.5"}, {"name": "一般"}],
    }


RUBRIC = rubric_of({"parts": _table(KINDS, 6)["parts"]})
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(TOWNS), st.sampled_from([item.id for item in RUBRIC.items()])),
    st.one_of(st.fractions(0, 120, max_denominator=20), st.just("n/a")),
    min_size=1,
)


@settings(max_examples=25)
@given(cells=CELLS, order=st.randoms())
def test_the_order_of_units_and_values_changes_nothing(cells, order):
    """Whoever is listed first, every unit has the same total, rank and working."""
    rows = [(*key, value) for key, value in cells.items()]
    shuffled = list(rows)
    order.shuffle(shuffled)
    first, second = (score_rubric(RUBRIC, values_of(one)) for one in (rows, shuffled))
    assert {one.unit: one for one in first.units} == {one.unit: one for one in second.units}


@settings(max_examples=25)
@given(cells=CELLS)
def test_totals_are_the_sum_of_what_is_shown(cells):
    """Where everything applies, the total is the sum of its items; nothing is lost on the way."""
    rows = [(*key, value) for key, value in cells.items() if value != "n/a"]
    for unit in score_rubric(RUBRIC, values_of(rows)).units if rows else ():
        assert unit.total == sum(score.points for score in unit.items if score.points is not None)
        assert abs(Fraction(str(unit.shown)) - unit.total) <= Fraction(1, 200)
        assert unit.complete == all(score.status == "scored" for score in unit.items)


@settings(max_examples=25)
@given(cells=CELLS)
def test_all_numbers_are_exact(cells):
    """No binary fraction appears anywhere in a result."""
    rows = [(*key, value) for key, value in cells.items()]
    for unit in score_rubric(RUBRIC, values_of(rows)).units:
        numbers = [
            unit.total,
            unit.rank,
            *(n for one in unit.items for n in (one.points, one.full, one.value)),
        ]
        numbers += [
            n for part in unit.parts for n in (part.points, part.contributes, part.full, part.dropped)
        ]
        assert all(number is None or isinstance(number, Fraction) for number in numbers)


@pytest.mark.parametrize("file", sorted(Path(package.__path__[0]).rglob("*.py")), ids=lambda file: file.name)
def test_no_binary_fraction_is_written(file):
    """The engine's code holds no float, neither written nor made."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    assert not [node for node in nodes if isinstance(node, ast.Constant) and type(node.value) is float]
    assert not [node for node in nodes if isinstance(node, ast.Name) and node.id == "float"]


def test_every_score_shows_its_arithmetic():
    """Each item says how its points came about, what was read, and what it depends on."""
    rubric = rubric_of(
        {
            "parts": [
                {
                    "id": "A",
                    "name": "A",
                    "items": [
                        {
                            "id": "a",
                            "name": "a",
                            "points": 10,
                            "input": "完成 / 任务",
                            "rule": "proportional",
                        },
                        {
                            "id": "b",
                            "name": "b",
                            "points": 5,
                            "input": "score_of('a') / 2",
                            "rule": "coefficient",
                        },
                    ],
                }
            ]
        }
    )
    unit = score_rubric(rubric, values_of([("甲", "a", 3, "完成"), ("甲", "a", 4, "任务")])).unit("甲")
    assert ("10 × min(0.75 ÷ 1, 1)", Fraction(15, 2)) == (unit.item("a").working, unit.item("a").points)
    assert [("完成", 3), ("任务", 4)] == [(used.input, used.value) for used in unit.item("a").inputs]
    assert (("a",), Fraction(15, 4)) == (unit.item("b").depends_on, unit.item("b").points)
    assert "a 7.5 + b 3.75" == unit.parts[0].working
    with pytest.raises(KeyError):
        unit.item("c")


def test_a_word_where_a_number_is_needed_is_refused_by_name():
    """A value of a wrong kind is refused by unit and item, in both languages."""
    with pytest.raises(WrongValueError) as refused:
        score_rubric(RUBRIC, values_of([("镇1", "0.0", "很好")]))
    assert "镇1" in refused.value.text("zh")
    assert "0.0" in refused.value.text("en")


def test_a_weight_without_its_value_is_refused():
    """A bound or weight that cannot be worked out stops the scoring instead of being left out."""
    rubric = rubric_of(
        {
            "data": ["w"],
            "parts": [
                {
                    "id": "A",
                    "name": "A",
                    "weight": "value_of('w')",
                    "items": [{"id": "a", "name": "a", "points": 10, "rule": "coefficient"}],
                }
            ],
        }
    )
    with pytest.raises(RubricError):
        score_rubric(rubric, values_of([("甲", "a", 3)]))


def test_nothing_at_all():
    """A rubric without units gives no results, and a unit without values no total."""
    assert () == score_rubric(RUBRIC, values_of([])).units
    unit = score_rubric(RUBRIC, values_of([("甲", "x", 1)])).unit("甲")
    assert (None, None, None, False) == (unit.total, unit.shown, unit.rank, unit.complete)


def test_a_county_is_scored_in_a_moment():
    """164 items for 70 units take far less than the seconds an official would wait."""
    rubric = rubric_of(_table(KINDS, 82))
    units = [f"u{number}" for number in range(70)]
    ids = [item.id for item in rubric.items()]
    values = values_of(
        [(u, i, (n * 7 + k * 13) % 101) for n, u in enumerate(units) for k, i in enumerate(ids)]
    )
    before = time.process_time()
    result = score_rubric(rubric, values)
    assert 70 == len([unit for unit in result.units if unit.complete])
    assert time.process_time() - before < 5  # about half a second by itself; the margin is for busy machines


def test_a_value_that_does_not_do_is_told_with_the_reason():
    """Missing says why where something was entered: points without a reason, a number in a hole."""
    items = [
        {"id": "1", "name": "n", "points": 10, "rule": "judged"},
        {
            "id": "2",
            "name": "n",
            "points": 5,
            "rule": {"type": "tiers", "tiers": [{"at_least": 9, "points": 5}]},
        },
        {"id": "3", "name": "n", "points": 5, "rule": "coefficient"},
    ]
    rubric = rubric_of({"parts": [{"id": "A", "name": "A", "items": items}]})
    (told,) = score_rubric(rubric, values_of([("甲", "1", 8), ("甲", "2", 7)])).warnings
    assert (
        "1 (reason and assessor / 须注明理由和评分人), 2 (no band for / 无对应档次: 7), 3"
        == told.split(": ", 2)[-1]
    )
