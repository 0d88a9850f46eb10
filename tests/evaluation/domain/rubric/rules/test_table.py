from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.rubric.errors import WrongValueError
from services.evaluation.domain.rubric.rules.table import Band, Bands, Qualitative, Tier, Tiers
from tests.evaluation.domain.rubric.case_book import award

F = Fraction
TIERS = Tiers((Tier(F(10), at_least=F(90)), Tier(F(6), at_least=F(60)), Tier(F(0), below=F(60))))
BANDS = Bands((Band(F(0), F(50), F(10), F(5)), Band(F(50), F(100), F(5), F(0))))


@given(value=st.fractions(-50, 150, max_denominator=100))
def test_tiers_without_a_hole_always_give_points(value):
    """M6: closed tiers give one of their points to every value, and more for more."""
    assert award(TIERS, value).points in {0, 6, 10}
    assert award(TIERS, value).points <= award(TIERS, value + 1).points


@given(value=st.fractions(0, 100, max_denominator=100), more=st.fractions(0, 10, max_denominator=10))
def test_bands_fall(value, more):
    """M8: falling bands stay within their ends and never rise; outside them there is no score."""
    first, second = award(BANDS, value), award(BANDS, value + more)
    assert 0 <= first.points <= 10
    assert second.points is None or second.points <= first.points
    assert ("missing" if value + more > 100 else "scored") == second.status


@pytest.mark.parametrize(("value", "points"), [(-1000, 10), (0, 10), (3, 7), (5, 0), (1000, 0)])
def test_a_band_without_end(value, points):
    """M8: “a month or less”, “over five months”: such a band gives its points however far out."""
    edges = Bands(
        (
            Band(None, F(0), F(10), F(10)),
            Band(F(0), F(5), F(10), F(5), high_open=True),
            Band(F(5), None, F(0), F(0)),
        )
    )
    assert points == award(edges, value).points


@pytest.mark.parametrize(("outside", "points"), [("zero", 0), ("full", 10), ("missing", None)])
def test_outside_all_bands(outside, points):
    """A value in no band is what the rubric says, and by default a gap for people."""
    assert points == award(Bands(BANDS.bands, outside), 101).points
    assert points == award(Tiers((Tier(F(3), at_most=F(5)),), outside=outside), 6).points


@pytest.mark.parametrize(
    ("value", "percent"), [("好", 79), ("差", 61), (101, None), (-1, None), ("尚可", None)]
)
def test_a_judgement_outside_its_tier_is_refused(value, percent):
    """M17: a per cent outside the tier, or a tier nobody defined, is refused by unit and item."""
    inputs = {} if percent is None else {"percent": percent}
    with pytest.raises(WrongValueError, match="甲"):
        award(Qualitative(), value, **inputs)


def test_a_tier_nobody_defined_is_told_which_there_are():
    """M17: who wrote another word reads the words that may be written."""
    with pytest.raises(WrongValueError, match="须填：好、一般、差"):
        award(Qualitative(), "尚可")


@given(percent=st.fractions(0, 100, max_denominator=10))
def test_a_per_cent_of_full(percent):
    """M17: a per cent is that share of full points."""
    assert percent / 10 == award(Qualitative(), percent).points
