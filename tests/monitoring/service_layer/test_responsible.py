from datetime import date

import pytest

from services.monitoring.domain.errors import (
    InvalidDayError,
    InvalidNumberError,
    InvalidPhoneError,
    NoHelperError,
)
from services.monitoring.service_layer.responsible import (
    AssignResponsible,
    ReleaseResponsible,
    assign_responsible,
    release_responsible,
)
from shared.kernel.errors import StaleVersionError

FIRST, SECOND = date(2022, 3, 1), date(2022, 5, 1)


def assign(service, household, number="B001", since=FIRST, **given):
    command = AssignResponsible(household_id=household, helper_no=number, since=since, **given)
    return assign_responsible(command, service.uow())


def read(service, household):
    with service.uow() as uow:
        return uow.households.get(household)


def test_the_next_helper_follows_the_first(service, household):
    """Who was responsible stays on record until the day the next one begins."""
    assign(service, household, unit="县教体局", phone="13909170001")
    assign(service, household, "B002", SECOND)
    found = read(service, household)
    assert [("B001", FIRST, SECOND), ("B002", SECOND, None)] == [
        (one.helper_no, one.since, one.until) for one in found.helpers
    ]
    assert ("B002", "13909170001") == (found.helper.helper_no, found.helpers[0].phone)


def test_released_and_nobody_is_responsible(service, household):
    """After the release nobody answers for the household; a second release has nobody to release."""
    assign(service, household)
    release_responsible(ReleaseResponsible(household_id=household, on=SECOND), service.uow())
    assert (None, SECOND) == (read(service, household).helper, read(service, household).helpers[0].until)
    with pytest.raises(NoHelperError):
        release_responsible(ReleaseResponsible(household_id=household, on=SECOND), service.uow())


def test_not_before_the_one_before(service, household):
    """A helper cannot begin, nor end, before the present one began; tomorrow has not come."""
    assign(service, household, since=SECOND)
    with pytest.raises(InvalidDayError):
        assign(service, household, "B002", FIRST)
    with pytest.raises(InvalidDayError):
        release_responsible(ReleaseResponsible(household_id=household, on=FIRST), service.uow())
    with pytest.raises(InvalidDayError):
        assign(service, household, "B002", date(2022, 7, 2))


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"number": "13909170001"}, InvalidNumberError),
        ({"phone": "123"}, InvalidPhoneError),
        ({"version": 7}, StaleVersionError),
    ],
)
def test_refused(service, household, given, refused):
    """A telephone as the number, a short telephone and an old page are refused."""
    with pytest.raises(refused):
        assign(service, household, **given)


def test_a_helper_is_a_version_of_the_household_and_no_news_for_others(service, household, outbox):
    """The household is recorded anew, and the event tells nothing of the helper."""
    assign(service, household, name="李某某", phone="13909170001")
    told = outbox("monitoring.household_recorded.v1")
    assert [1, 2] == [one["version"] for one in told]
    assert not [secret for secret in ("李某某", "13909170001", "B001") if secret in str(told)]
