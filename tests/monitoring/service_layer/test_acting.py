from datetime import date

import pytest

from services.monitoring.domain.case_errors import StepInFutureError
from services.monitoring.service_layer.acting import StepCommand, acting_of


def test_today_when_nothing_is_said(clock):
    """A command without a day happens today, by the county's clock."""
    assert date(2022, 7, 1) == acting_of(StepCommand(), clock).on


def test_the_day_given(clock):
    """What happened in the village days ago is dated then, with who recorded it and what was noted."""
    acting = acting_of(StepCommand(on=date(2022, 6, 28), by="acc1", note="补录"), clock)
    assert (date(2022, 6, 28), "acc1", "补录") == (acting.on, acting.by, acting.note)


def test_tomorrow(clock):
    """A day that has not come is refused and named."""
    with pytest.raises(StepInFutureError) as refused:
        acting_of(StepCommand(on=date(2022, 7, 2)), clock)
    assert "2022-07-01" == refused.value.details["today"]
