from datetime import date

from services.employment.domain.policy import EmploymentPolicy


def test_the_working_age_is_law_and_the_rest_unconfirmed(policy):
    """Only the figure set by a law may refuse; every other is marked unconfirmed."""
    confirmed = {
        name
        for name in EmploymentPolicy.__dataclass_fields__
        if getattr(policy, name).entry_on(date(2022, 1, 1)).confirmed
    }
    assert {"working_age"} == confirmed
