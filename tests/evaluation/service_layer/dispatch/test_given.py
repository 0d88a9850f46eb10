from datetime import date, timedelta

import pytest

from services.evaluation.domain.dispatch.errors import FutureDayError
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.service_layer.dispatch.given import past_day, unit_in
from shared.kernel.clock import SetClock, at_hour

DAY = date(2022, 5, 1)


def test_a_day_that_has_come():
    """Today may be given, tomorrow not."""
    clock = SetClock(at_hour(DAY, 9))
    assert past_day(DAY, clock) == DAY
    with pytest.raises(FutureDayError):
        past_day(DAY + timedelta(days=1), clock)


def test_a_unit_somebody_assesses():
    """Only units that are assessed are taken."""
    assert unit_in("县水利局", ["县水利局"]) == "县水利局"
    with pytest.raises(UnknownUnitError):
        unit_in("某局", ["县水利局"])
