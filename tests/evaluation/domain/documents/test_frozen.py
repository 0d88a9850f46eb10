from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.documents.frozen import FrozenLine, added
from tests.evaluation.frozen_results import frozen, line


def unit(result, name):
    return next(one for one in result.units() if one.id == name)


def test_what_is_owed_keeps_its_weight(rulebook):
    """A report that was due is lost whole and stays in the base; of a unit nothing was heard of it is not."""
    result = frozen(rulebook)
    owing = unit(result, "乙镇")
    assert 1 == owing.owed
    assert (Fraction(4), Fraction(9), 3) == tuple(owing.sum_of([1, 2, 3, 37]))
    assert (0, Fraction(0)) == (unit(result, "丙镇").owed, unit(result, "丙镇").sum_of([3]).full)


def test_strong_and_weak_points(rulebook):
    """Strong is what was won whole; weak is what was lost, most first, deductions and gaps included."""
    owing = unit(frozen(rulebook), "乙镇")
    assert ["I02-1"] == [one.indicator for one in owing.strongest(5)]
    assert [("I01-1", 3), ("I03-1", 2), ("I37-4", 1)] == [
        (one.indicator, one.lost) for one in owing.weakest(5)
    ]


def test_a_draft_is_not_the_result(rulebook):
    """Only a final version that was published counts as the county's result."""
    assert not frozen(rulebook).published
    assert frozen(rulebook, published=True).published


def test_sections_hold_every_work_point_once(rulebook):
    """The sections of the plan divide its 38 work points."""
    items = [item for section in frozen(rulebook).sections for item in section.items]
    assert list(range(1, 39)) == sorted(items)


@given(st.lists(st.tuples(st.fractions(0, 10), st.booleans(), st.booleans()), max_size=8))
def test_sums_hold_the_base_alone(points):
    """Whatever the lines: the sum is that of the lines that are neither bonus nor deduction, exactly."""
    lines = [
        FrozenLine(line("u", f"I01-{place}", str(one), "10", deduction=minus, bonus=plus))
        for place, (one, minus, plus) in enumerate(points)
    ]
    base = [one for one, minus, plus in points if not (minus or plus)]
    assert (sum(base, Fraction(0)), 10 * len(base), len(base)) == tuple(added(lines))
