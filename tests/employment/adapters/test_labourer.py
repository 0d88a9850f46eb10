from datetime import date

import pytest

from services.employment.domain.errors import LabourerNotFoundError
from services.employment.domain.labourer import HouseholdSnapshot, Labourer, Member

MEMBER = Member("p1", "N1-01", "001", "1", date(1980, 3, 1), "001", "007")
SNAPSHOT = HouseholdSnapshot("h1", "N1", 1, "610327102200", "100A03A03", True, True, (MEMBER,))


def test_gives_back_what_was_recorded(service):
    """A member is read back, equal, with their household."""
    with service.uow() as uow:
        uow.labourers.record([SNAPSHOT])
        expected = Labourer(MEMBER, "h1", "N1", "610327102200", "100A03A03", True, True)
        assert expected == uow.labourers.get("p1")


def test_unknown_is_refused(service):
    """Somebody never told of is not found."""
    with service.uow() as uow, pytest.raises(LabourerNotFoundError):
        uow.labourers.get("p1")
