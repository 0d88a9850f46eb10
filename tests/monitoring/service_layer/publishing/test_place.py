from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.process import Stepped
from services.monitoring.service_layer.publishing import publish
from tests.monitoring.domain.environment.test_toilet_problem import found as toilet_found
from tests.monitoring.domain.housing.test_alert import raised
from tests.monitoring.domain.water.test_problem import found as water_found
from tests.monitoring.domain.water.test_works import works
from tests.monitoring.process_kit import DAY

SECRET = "户主电话 13891234567"


def told(aggregate):
    return [event for fact in aggregate.facts for event in publish(fact)]


def test_steps_stay_in_the_office():
    """A step with its note is the office's history and nobody else's business."""
    assert [] == list(publish(Stepped("p1", 1, "close", "closed", Acting(DAY, "acc1", SECRET))))


def test_each_fact_is_told_once_without_what_was_noted():
    """Alert, water problem, toilet problem: one event each, of household and village, with its limit."""
    for one in (raised(), water_found(), toilet_found()):
        (event,) = told(one)
        body = event.body()
        assert ("h1", "610327109203", "2022-06-15") == (
            body["household_id"],
            body["area_code"],
            body["occurred_on"],
        )
        assert (str(one.due_on), False) == (body["due_on"], body["limit_confirmed"])
        assert "说明" not in str(body)


def test_scattered_supply_is_not_told():
    """Only a centralised works is told; one that becomes scattered is told as out of use."""
    assert ([], True) == (told(works(supply="2")), told(works())[0].in_use)
    one = works(version=1)
    one.facts.clear()
    one.correct({"supply": "2"}, on=DAY)
    assert (2, False) == (told(one)[0].version, told(one)[0].in_use)
