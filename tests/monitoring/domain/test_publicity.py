from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.case_errors import ObjectionNotFoundError, VoteNotValidError
from services.monitoring.domain.publicity import Notice, Vote

DAY = date(2022, 3, 1)


@pytest.mark.parametrize(("agree", "disagree", "abstain"), [(0, 0, 0), (-1, 2, 0), (3, 0, -1)])
def test_votes_that_cannot_be(agree, disagree, abstain):
    """No votes at all, or fewer than none, are refused."""
    with pytest.raises(VoteNotValidError):
        Vote(agree, disagree, abstain, DAY)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_majority(agree, disagree, abstain):
    """It passes exactly when those who agree outnumber all the others together."""
    if agree + disagree + abstain:
        assert (agree > disagree + abstain) == Vote(agree, disagree, abstain, DAY).passed


def test_full_only_when_it_hung_its_days():
    """A notice of five days put up on the 1st is full when it ends on the 6th."""
    assert Notice(DAY, 5).end(date(2022, 3, 6)).full
    assert not Notice(DAY, 5).full


def test_an_objection_is_resolved_once():
    """A resolved objection, and one that never was, cannot be resolved."""
    notice = Notice(DAY, 5).object(DAY).resolve(1, upheld=False, on=DAY)
    for number in (1, 2):
        with pytest.raises(ObjectionNotFoundError):
            notice.resolve(number, upheld=True, on=DAY)


@pytest.mark.parametrize(("agree", "passed"), [(66, False), (67, True)])
def test_two_thirds(agree, passed):
    """Where policy asks for more than two thirds, 66 of 99 are not enough and 67 are."""
    assert passed is Vote(agree, 99 - agree, 0, DAY, share=Decimal(2) / 3).passed


@pytest.mark.parametrize(("present", "valid"), [(0, True), (9, False), (10, True), (11, True), (-1, False)])
def test_who_votes_was_there(present, valid):
    """Ten votes need ten people present; where nobody counted them it is not asked."""
    if valid:
        assert Vote(6, 3, 1, DAY, present=present).passed
    else:
        with pytest.raises(VoteNotValidError):
            Vote(6, 3, 1, DAY, present=present)
