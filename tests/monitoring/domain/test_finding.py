from datetime import date
from typing import Any

from services.monitoring.domain.finding import Checked, Relapse, Relapsed, SampleCheck

TOLD: dict[str, Any] = {"id": "x1", "household_id": "h1", "area_code": "610327109203"}
DAY = date(2022, 6, 15)


def test_a_check_is_a_fact_of_its_own():
    """Recording a check raises it once, with what was found."""
    check = SampleCheck.record(**TOLD, finding="missed", checked_on=DAY)
    assert ["missed"] == [fact.check.finding for fact in check.facts if isinstance(fact, Checked)]


def test_a_check_read_back_raises_nothing():
    """A check that is only read is not told again."""
    assert [] == SampleCheck(**TOLD, finding="", checked_on=DAY).facts


def test_a_relapse_is_raised_with_its_cause():
    """Recording a relapse raises it once."""
    relapse = Relapse.record(**TOLD, cause="100A27006", found_on=DAY)
    assert ["100A27006"] == [fact.relapse.cause for fact in relapse.facts if isinstance(fact, Relapsed)]
