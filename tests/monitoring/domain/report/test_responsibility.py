from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.report.errors import ReportStepError
from services.monitoring.domain.report.responsibility import Responsibility

DAY = date(2022, 3, 1)


def line():
    told: dict[str, Any] = {"item": "income", "area_code": "610327109", "unit": "固关镇", "person": "李华"}
    return Responsibility(id="r1", **told, within_days=5, recorded_on=DAY)


def test_in_force_from_approval_to_replacement():
    """Nobody answers before the approval, nor from the day another line is in force."""
    one = line()
    assert not one.answers_on(DAY)
    one.approve(on=DAY, by="a1")
    one.replace(on=date(2022, 4, 1))
    days = (date(2022, 2, 28), DAY, date(2022, 3, 31), date(2022, 4, 1))
    assert [False, True, True, False] == [one.answers_on(day) for day in days]


def test_approved_once_and_not_before_it_was_written():
    """A second approval and an earlier day are refused."""
    one = line()
    with pytest.raises(InvalidDayError):
        one.approve(on=date(2022, 2, 28), by="a1")
    one.approve(on=DAY, by="a1")
    with pytest.raises(ReportStepError):
        one.approve(on=DAY, by="a1")
