from dataclasses import replace
from datetime import date

from services.monitoring.domain.responsible import ResponsibleHelper

HELPER = ResponsibleHelper(
    id="r1", helper_no="B1", name="王某某", phone="13909170001", since=date(2022, 3, 1)
)


def test_in_charge_until_the_end():
    """A helper answers for the household until an end is noted."""
    assert (True, False) == (HELPER.in_charge, replace(HELPER, until=date(2022, 5, 1)).in_charge)


def test_nothing_personal_in_the_repr():
    """Name and telephone stay out of what is printed of a helper."""
    assert [] == [secret for secret in ("王某某", "13909170001") if secret in repr(HELPER)]
