from decimal import Decimal

import pytest

from services.monitoring.domain.errors import InvalidMonthError, OutOfRangeError, TextTooLongError
from services.monitoring.service_layer.recorded_fields import (
    HOUSEHOLD_FIELDS,
    UnknownFieldError,
    check_household_fields,
    check_person_fields,
    village_in,
)
from shared.areas import UnknownAreaError
from shared.contracts.codes import UnknownCodeError
from tests.monitoring.kit import VILLAGE


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"household_no": "H9"}, UnknownFieldError),
        ({"version": 9}, UnknownFieldError),
        ({"members": ()}, UnknownFieldError),
        ({"living": None}, UnknownFieldError),
        ({"road_type": "9"}, UnknownCodeError),
        ({"industry_help": ("77",)}, UnknownCodeError),
        ({"poverty_cause": "77"}, UnknownCodeError),
        ({"bank": "x" * 61}, TextTooLongError),
        ({"farmland_mu": Decimal(-1)}, OutOfRangeError),
        ({"farmland_mu": Decimal("NaN")}, OutOfRangeError),
        ({"floor_m2": Decimal(100_000)}, OutOfRangeError),
        ({"area_code": "610327109"}, UnknownAreaError),
    ],
)
def test_household_fields_refused(given, refused):
    """What is not recorded, not in its list, too long or impossible is refused."""
    with pytest.raises(refused):
        check_household_fields(given)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"low_income": "9"}, UnknownCodeError),
        ({"posts": ("001", "777")}, UnknownCodeError),
        ({"work_channel": "flight"}, UnknownCodeError),
        ({"work_months": 13}, OutOfRangeError),
        ({"post_months": -1}, OutOfRangeError),
        ({"disability_card_year": 1900}, OutOfRangeError),
        ({"work_place": "61032"}, OutOfRangeError),
        ({"identified_month": "202113"}, InvalidMonthError),
        ({"identified_month": "2021-1"}, InvalidMonthError),
        ({"name": " "}, TextTooLongError),
        ({"employer": "x" * 101}, TextTooLongError),
    ],
)
def test_person_fields_refused(given, refused):
    """The same of a person."""
    with pytest.raises(refused):
        check_person_fields(given)


def test_what_may_be_true_is_accepted():
    """Bounds themselves, and None for what nobody has said."""
    check_household_fields({"farmland_mu": Decimal(0), "road_type": "3", "floor_m2": None, "bank": "x" * 60})
    check_person_fields(
        {
            "work_months": 12,
            "post_months": 0,
            "work_place": "61",
            "identified_month": "202112",
            "low_income": None,
        }
    )
    assert {"farmland_mu", "grid_id", "phone", "filled_on"} <= HOUSEHOLD_FIELDS


def test_a_village_is_one_of_the_county():
    """A town is no village."""
    assert VILLAGE == village_in(VILLAGE)
    with pytest.raises(UnknownAreaError):
        village_in(VILLAGE[:9] + "000")
