from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.matter_errors import (
    DecisionFiledError,
    DecisionOrderError,
    DecisionStepDoneError,
)
from services.monitoring.domain.village_decision import STEPS, VillageDecision

DAY = date(2022, 3, 1)


def decision(kept=()):
    told = VillageDecision(
        id="d1", area_code="610327109203", kind="fund", title="修路资金使用", begun_on=DAY, steps={}
    )
    for number, step in enumerate(kept):
        told.keep(step, on=DAY + timedelta(days=number))
    return told


def test_the_six_steps_in_their_order():
    """Each step is the next one in turn; with the last the decision is complete, and filing tells so."""
    one = decision()
    for number, step in enumerate(STEPS):
        assert step == one.next_step
        one.keep(step, on=DAY + timedelta(days=number))
    assert None is one.next_step
    one.file(on=date(2022, 4, 1))
    assert one.complete
    assert 1 == len(one.facts)


@pytest.mark.parametrize("step", STEPS)
def test_no_step_twice_and_none_after_filing(step):
    """A step on record is not recorded again; a filed decision takes no step and is not filed again."""
    one = decision((step,))
    with pytest.raises(DecisionStepDoneError):
        one.keep(step, on=DAY)
    one.file(on=DAY)
    for other in STEPS:
        with pytest.raises(DecisionFiledError):
            one.keep(other, on=DAY)
    with pytest.raises(DecisionFiledError):
        one.file(on=DAY)


@pytest.mark.parametrize("missing", STEPS)
def test_what_is_missing_is_told_as_missing(missing):
    """A decision may be filed without a step; it is then not complete."""
    one = decision([step for step in STEPS if step != missing])
    one.file(on=date(2022, 4, 1))
    assert not one.complete


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(STEPS)))
def test_steps_follow_one_another(earlier, later):
    """A step's day is not before the one before it, nor after the one after it; the same day will do."""
    one = decision()
    one.keep(later, on=date(2022, 3, 10))
    with pytest.raises(DecisionOrderError):
        one.keep(earlier, on=date(2022, 3, 11))
    one.keep(earlier, on=date(2022, 3, 10))
    with pytest.raises(DecisionOrderError):
        decision((earlier,)).keep(later, on=DAY - timedelta(days=1))


def test_filing_is_the_last_thing():
    """A decision is not filed before its last step took place."""
    with pytest.raises(InvalidDayError):
        decision(STEPS).file(on=DAY)


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9)), max_size=12))
def test_days_on_record_always_follow_the_order(tried):
    """Whatever is tried, the days of the steps on record never run backwards."""
    one = decision()
    for step, days in tried:
        try:
            one.keep(step, on=DAY + timedelta(days=days))
        except (DecisionOrderError, DecisionStepDoneError):
            continue
    kept = [one.steps[step] for step in STEPS if step in one.steps]
    assert sorted(kept) == kept
