from datetime import date

import pytest

from services.employment.domain.errors import (
    NotYetError,
    PayInvalidError,
    PostClosedError,
    PostKindError,
    VacanciesInvalidError,
)
from services.employment.domain.post import PostKind, offer

TODAY = date(2022, 6, 15)


@pytest.fixture
def offered(policy):
    def offered(**other):
        items = {
            "post_id": "post1",
            "area_code": "610327102200",
            "kind": "003",
            "monthly_pay_fen": 60_000,
            "vacancies": 2,
            "funding": "衔接资金",
            "offered_on": TODAY,
            "today": TODAY,
            "policy": policy,
        }
        return offer(**{**items, **other})

    return offered


def test_a_post_is_offered(offered):
    """A post keeps its kind and has no remark when its pay is usual."""
    post = offered()
    assert (PostKind.CLEANING, ()) == (post.kind, post.remarks)


@pytest.mark.parametrize("pay", [49_999, 60_001])
def test_unusual_pay_is_marked(offered, pay):
    """Pay outside the usual range is unconfirmed, so it is marked and not refused."""
    assert ("post_pay_unusual",) == offered(monthly_pay_fen=pay).remarks


@pytest.mark.parametrize(
    ("item", "error"),
    [
        ({"kind": "010"}, PostKindError),
        ({"vacancies": 0}, VacanciesInvalidError),
        ({"monthly_pay_fen": -1}, PayInvalidError),
        ({"offered_on": date(2022, 6, 16)}, NotYetError),
    ],
)
def test_the_impossible_is_refused(offered, item, error):
    """An unknown kind, nobody to take, negative pay, a day to come: refused."""
    with pytest.raises(error):
        offered(**item)


def test_closed_once(offered):
    """A closed post can't be closed again."""
    post = offered()
    post.close(on=TODAY)
    with pytest.raises(PostClosedError):
        post.close(on=TODAY)
