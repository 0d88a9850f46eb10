from datetime import date
from pathlib import Path

import pytest

from services.monitoring.adapters.guarantee_policy import load_education_policy
from services.monitoring.settings import Settings

POLICY = load_education_policy(Path(Settings.model_fields["policy_dir"].default))


@pytest.mark.parametrize(
    ("born_on", "day", "of_age"),
    [
        (date(2016, 9, 1), date(2022, 9, 1), True),
        (date(2016, 9, 2), date(2022, 9, 1), False),
        (date(2016, 9, 1), date(2022, 8, 31), False),
        (date(2005, 9, 2), date(2022, 9, 1), True),
        (date(2005, 9, 1), date(2022, 9, 1), False),
    ],
)
def test_school_age_is_counted_at_the_first_of_september(born_on, day, of_age):
    """Six to sixteen on the first of September of the school year (rule 5_15_016)."""
    assert of_age == POLICY.of_school_age(born_on, day)
