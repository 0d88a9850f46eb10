from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.water.criteria import CRITERIA, Judged, Measured, MeasuredValueError, judge
from tests.monitoring.domain.water.test_policy import DAY, POLICY

BASIC, MET = POLICY.tiers(DAY)
WORST = Judged("not", "not", "not", "not")
JUDGEMENTS = st.sampled_from(["met", "basic", "not"])


def judged(seen=WORST, **measured):
    return judge(seen, Measured(**measured), BASIC, MET)


@pytest.mark.parametrize(
    ("litres", "expected"),
    [("40", "met"), ("39.9", "basic"), ("20", "basic"), ("19.9", "not"), ("0", "not")],
)
def test_quantity_at_its_boundaries(litres, expected):
    """Forty litres a head and day are met, twenty basically, less is not."""
    assert expected == judged(litres=Decimal(litres)).quantity


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "met"), (18, "met"), (19, "basic"), (36, "basic"), (37, "not")]
)
def test_assurance_at_its_boundaries(days, expected):
    """36 days without water in a year are basically met, one more is not."""
    assert expected == judged(dry_days=days).assurance


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ({"piped": True}, "met"),
        ({"piped": False}, "not"),
        ({"minutes": 10}, "met"),
        ({"minutes": 20}, "basic"),
        ({"minutes": 21}, "not"),
        ({"horizontal": 400}, "met"),
        ({"horizontal": 800}, "basic"),
        ({"horizontal": 801}, "not"),
        ({"vertical": 40}, "met"),
        ({"vertical": 80}, "basic"),
        ({"vertical": 81}, "not"),
        ({"minutes": 30, "vertical": 80}, "basic"),
    ],
)
def test_convenience_needs_one_of_its_measures(measured, expected):
    """Piped, or near enough by time, way or height: any one of them is enough."""
    assert expected == judged(**measured).convenience


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ({"lab_passed": True}, "met"),
        ({"lab_passed": False}, "not"),
        ({"looks_clean": True}, "basic"),
        ({"looks_clean": False}, "not"),
        ({"lab_passed": False, "looks_clean": True}, "not"),
    ],
)
def test_quality_trusts_the_laboratory(measured, expected):
    """A report decides; looking, smelling and tasting never give more than basically met."""
    assert expected == judged(**measured).quality


def test_what_was_not_measured_is_as_seen():
    """Without a value the judgement made there stands."""
    seen = Judged("basic", "met", "not", "met")
    assert seen == judged(seen)


@given(st.tuples(JUDGEMENTS, JUDGEMENTS, JUDGEMENTS, JUDGEMENTS))
def test_safe_is_no_criterion_failing(four):
    """The water is safe exactly when none of the four is not met."""
    one = Judged(*four)
    assert ("not" not in four) == one.safe
    assert tuple(name for name, value in zip(CRITERIA, four, strict=True) if value == "not") == one.failing


@given(st.decimals(0, 200, places=1), st.decimals(0, 200, places=1))
def test_more_water_is_never_worse(one, other):
    """The judgement of quantity never falls as the litres rise."""
    order = ["not", "basic", "met"]
    less, more = sorted((one, other))
    assert order.index(judged(litres=less).quantity) <= order.index(judged(litres=more).quantity)


@pytest.mark.parametrize("wrong", [{"litres": Decimal(-1)}, {"minutes": -1}, {"dry_days": 367}])
def test_impossible_values_are_refused(wrong):
    """Nobody measures less than nothing, or more dry days than a year has."""
    with pytest.raises(MeasuredValueError):
        Measured(**wrong)


def test_only_what_was_measured_is_kept():
    """The document holds the values given, decimals as text."""
    assert {"litres": "12.5", "piped": False} == Measured(litres=Decimal("12.5"), piped=False).document()
