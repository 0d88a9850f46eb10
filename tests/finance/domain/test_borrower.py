from datetime import date
from typing import Any

import pytest

from services.finance.domain.borrower import Borrower, Identification, Member
from services.finance.domain.errors import BorrowerNotMemberError

DAY = date(2022, 6, 1)


def borrower(**other) -> Borrower:
    members = (
        Member("p1", "N1-01", "001", "1", date(1980, 6, 1)),
        Member("p2", "N1-02", "002", "2", date(1982, 1, 1), left=True),
    )
    about: dict[str, Any] = {"household_id": "h1", "household_no": "N1", "area_code": "610327102200"}
    about |= {"household_type": "100A03A01", "lifted_out": False, "members": members}
    return Borrower(**{**about, **other})


def test_identification_counts_from_its_day():
    """A household is of the monitored class from the day the county identified it."""
    household = borrower(identifications=(Identification("c1", "h1", "100A03002", DAY),))
    assert {"100A03A01", "100A03002"} == household.kinds_on(DAY)
    assert {"100A03A01"} == household.kinds_on(date(2022, 5, 31))


@pytest.mark.parametrize(
    ("type_", "kinds"),
    [
        ("100A03003", {"100A03003", "100A03A03"}),
        ("100A03A03", {"100A03A03"}),
        ("100A03A02", {"100A03A02"}),
    ],
)
def test_lifted_out_stays_lifted_out(type_, kinds):
    """A monitored household that was lifted out is a 脱贫户 too; one outside the policy is not."""
    assert kinds == borrower(household_type=type_, lifted_out=True).kinds_on(DAY)


@pytest.mark.parametrize("person", ["p2", "p3"])
def test_only_a_present_member_signs(person):
    """Neither somebody who left nor a stranger borrows for the household."""
    with pytest.raises(BorrowerNotMemberError):
        borrower().member(person)


def test_age_on_the_birthday():
    """The day of the birthday counts as the full year."""
    assert (41, 42) == (
        borrower().age_of("p1", date(2022, 5, 31)),
        borrower().age_of("p1", DAY),
    )
