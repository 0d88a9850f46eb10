from datetime import date

import pytest

from services.monitoring.domain.relocation.errors import DutyTwiceError
from services.monitoring.domain.relocation.site import FacilityTask, ResettlementSite, SiteDuty

DAY = date(2022, 3, 1)


def site():
    return ResettlementSite(
        id="s1", name="示例安置点", area_code="610327109203", needs={}, recorded_on=DAY, invented=True
    )


def test_a_plan_replaces_the_one_before():
    """What is left out of the new plan is no longer needed; empty texts are no needs."""
    one = site()
    one.plan({"living": "幼儿园"}, on=DAY)
    one.plan({"production": "灌溉渠", "park": ""}, on=date(2022, 4, 1))
    assert ({"production": "灌溉渠"}, date(2022, 4, 1)) == (one.needs, one.planned_on)


def test_a_duty_has_one_who_answers():
    """A list that gives one duty to both sides is refused and the one before stays."""
    one = site()
    kept = (SiteDuty("schooling", "residence", "固关镇"),)
    one.sign_duties(kept, on=DAY)
    with pytest.raises(DutyTwiceError):
        one.sign_duties((*kept, SiteDuty("schooling", "registration", "河北镇")), on=DAY)
    assert (kept, DAY) == (one.duties, one.duties_signed_on)


def test_a_tasks_day_is_the_countys_own():
    """The limit of a facility task was set by the plan: it is confirmed."""
    told = {"id": "t1", "area_code": "610327109203", "opened_on": DAY, "due_on": date(2022, 6, 30)}
    task = FacilityTask.planned(**told, site_id="s1", kind="living")
    assert task.limit_confirmed
    assert 1 == len(task.facts)
