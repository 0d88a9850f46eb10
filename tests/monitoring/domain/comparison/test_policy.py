"""Who owes what, limits in working days, whom a case is sent to."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.errors import UnknownListKindError
from shared.kernel.period import Month
from tests.monitoring.comparison_kit import policy

NAMED = {"县民政局", "县住建局", "县教体局", "县医保局", "县人社局", "县农业农村局", "县残联"}


def test_the_seven_departments_of_the_plan_owe_a_list_every_month():
    """Item 4 names seven; each has something to deliver in any month."""
    owed = policy().owed(Month(2022, 6)).values()
    assert NAMED == {duty.department for duty in owed if duty.named}


def test_yearly_list_is_owed_in_april():
    """Fees and aid once a school year, by the end of April."""
    assert (True, False) == (
        "school_aid" in policy().owed(Month(2022, 4)),
        "school_aid" in policy().owed(Month(2022, 5)),
    )


def test_limits_count_working_days():
    """Five working days from Friday 24 June 2022 end on Friday 1 July; none of it is confirmed."""
    assert (date(2022, 7, 1), False) == policy().due(policy().push_days, date(2022, 6, 24))


def test_departments_are_asked_for_their_own_data():
    """The police are asked about vehicles and absence, the market office about businesses."""
    asked = policy().checks_by_department(date(2022, 6, 1))
    assert (("vehicle", "separation"), ("company",)) == (asked["县公安局"], asked["县市场监管局"])


def test_unknown_kind_is_refused():
    """Nobody owes a list of a kind that is not in the policy."""
    with pytest.raises(UnknownListKindError):
        policy().duty("horoscope", date(2022, 6, 1))
