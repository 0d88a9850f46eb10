from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain.robustness import Firmness, Standing, firmness, ranks_under

TENTH = Fraction(1, 10)
ITEMS = ("a", "b", "c")
losses = st.fixed_dictionaries({item: st.integers(0, 12).map(Fraction) for item in ITEMS})
counties = st.lists(st.tuples(st.integers(-2, 3), losses), min_size=2, max_size=4)


def standings(some):
    """Return units that have what they lost taken from 100, with marks beside."""
    return [
        Standing(f"u{at}", 100 + beside - sum(lost.values()), lost) for at, (beside, lost) in enumerate(some)
    ]


@settings(max_examples=80, deadline=None)
@given(counties)
def test_no_corner_leads_outside_the_interval(some):
    """Over all corners of the shifts, enumerated, no unit takes a rank outside of what is said."""
    units = standings(some)
    found = {one.unit: one for one in firmness(units, TENTH)}
    seen: dict[str, set[int]] = {unit: set() for unit in found}
    for signs in product((-TENTH, Fraction(0), TENTH), repeat=len(ITEMS)):
        for unit, rank in ranks_under(units, dict(zip(ITEMS, signs, strict=True))).items():
            seen[unit].add(rank)
    for unit, one in found.items():
        assert one.best <= min(seen[unit])
        assert max(seen[unit]) <= one.worst
        if one.attained:
            assert {one.best, one.worst} <= seen[unit] | {one.rank}


def test_two_units_whose_order_turns():
    """One lost 10 at a, the other 9.5 at b: 10 % more on b and less on a turns them round."""
    units = [
        Standing("x", Fraction(90), {"a": Fraction(10)}),
        Standing("y", Fraction("90.5"), {"b": Fraction("9.5")}),
    ]
    margin = Fraction(1, 2)
    assert [Firmness("x", 2, 1, 2, True, margin), Firmness("y", 1, 1, 2, True, margin)] == firmness(
        units, TENTH
    )


def test_two_units_whose_order_stands():
    """The same indicator lost more of cannot weigh for the better: the order is firm."""
    units = [
        Standing("x", Fraction(90), {"a": Fraction(10)}),
        Standing("y", Fraction(91), {"a": Fraction(9)}),
    ]
    assert [True, True] == [one.firm for one in firmness(units, TENTH)]


def test_a_unit_alone():
    """Who is alone is first, and nobody is near."""
    assert [Firmness("x", 1, 1, 1, True, None)] == firmness([Standing("x", Fraction(50), {})], TENTH)


def test_equal_totals_share_their_rank():
    """The same losses give the same rank whatever the weights."""
    units = [Standing(name, Fraction(90), {"a": Fraction(10)}) for name in ("x", "y")]
    assert [(1, 1, 1), (1, 1, 1)] == [(one.best, one.rank, one.worst) for one in firmness(units, TENTH)]
