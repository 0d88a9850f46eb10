from datetime import date

import pytest

from services.monitoring.domain.errors import InvalidDayError, ReasonMissingError
from services.monitoring.domain.household import Household
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, reason_given
from shared.contracts.codes import UnknownCodeError
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.errors import StaleVersionError


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_today_is_the_countys_day(hour):
    """Today is today from midnight to midnight by the county's clocks, whatever day it is in Greenwich."""
    clock = SetClock(at_hour(date(2022, 7, 1), hour))
    assert date(2022, 7, 1) == not_after_today(date(2022, 7, 1), clock)
    with pytest.raises(InvalidDayError):
        not_after_today(date(2022, 7, 2), clock)


def household():
    return Household(id="h1", household_no="H1", area_code="610327109203", registered_on=date(2022, 1, 1))


def test_version_seen_must_be_the_one_stored():
    """Another version is stale; nobody who saw none is asked."""
    one = household()
    expect_version(one, 0)
    expect_version(one, None)
    with pytest.raises(StaleVersionError):
        expect_version(one, 1)


@pytest.mark.parametrize("reason", ["", "   ", "三个字", " 三个字 "])
def test_three_characters_are_no_reason(reason):
    """Blanks around it do not make a reason longer."""
    with pytest.raises(ReasonMissingError):
        reason_given(reason)


def test_four_characters_are_a_reason():
    """Four characters are enough, and blanks are cut off."""
    assert "核对信息" == reason_given(" 核对信息 ")


def test_code_must_be_in_its_list():
    """A code of one list is not one of another."""
    assert "100A27001" == code_in("risk", "100A27001")
    with pytest.raises(UnknownCodeError):
        code_in("health", "100A27001")
