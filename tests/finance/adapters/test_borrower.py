from datetime import date

import pytest

from services.finance.domain.borrower import Borrower, HouseholdSnapshot, Identification, Member
from services.finance.domain.errors import HouseholdNotFoundError

MEMBER = Member("p1", "N1-01", "001", "1", date(1980, 3, 1), left=True)
SNAPSHOT = HouseholdSnapshot("h1", "N1", 1, "610327102200", "100A03A03", True, (MEMBER,))
IDENTIFIED = Identification("c1", "h1", "100A03001", date(2022, 5, 1))


def test_gives_back_what_was_recorded(service):
    """A household is read back with its members and identifications, equal."""
    with service.uow() as uow:
        uow.borrowers.record([SNAPSHOT])
        uow.borrowers.identify([IDENTIFIED])
        uow.borrowers.identify([IDENTIFIED])
        expected = Borrower("h1", "N1", "610327102200", "100A03A03", True, (MEMBER,), (IDENTIFIED,))
        assert expected == uow.borrowers.get("h1")


def test_unknown_is_refused(service):
    """A household never told of is not found."""
    with service.uow() as uow, pytest.raises(HouseholdNotFoundError):
        uow.borrowers.get("h1")
