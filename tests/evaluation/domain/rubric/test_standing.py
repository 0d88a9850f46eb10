from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.model import Ranking
from services.evaluation.domain.rubric.standing import Standing, ranks, shown_total
from services.evaluation.domain.rubric.total import Total


def _standing(points, missing=(), effects=(), group=""):
    total = Total(None if points is None else Fraction(points), missing, "")
    return Standing("x", group, total, shown_total(total, 2), (), frozenset(effects), frozenset())


@pytest.mark.parametrize(
    ("ranked", "standing"),
    [
        (True, _standing(5)),
        (False, _standing(None)),
        (False, _standing(5, missing=("a",))),
        (False, _standing(5, effects=("bar_ranking",))),
        (True, _standing(5, effects=("bar_grade", "halt_reward", "zero"))),
    ],
)
def test_who_is_ranked(ranked, standing):
    """No total, an open item or a bar keep a unit out of the ranking; nothing else does."""
    assert ranked is standing.ranked(Ranking())


def test_incomplete_units_may_be_ranked():
    """Where the rubric says so, what is known is enough."""
    assert _standing(5, missing=("a",)).ranked(Ranking(incomplete="ranked"))


def test_each_group_has_its_first():
    """Places are counted within the group."""
    standings = {"a": _standing(5, group="x"), "b": _standing(4, group="x"), "c": _standing(1, group="y")}
    assert {"a": 1, "b": 2, "c": 1} == ranks(standings, Ranking())
