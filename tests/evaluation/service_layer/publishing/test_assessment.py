from datetime import date

from services.evaluation.domain.assessment import Published
from services.evaluation.domain.notice import Issued
from services.evaluation.service_layer.publishing import publish

DAY = date(2022, 4, 8)


def test_a_notice_against_a_town_says_where():
    """A town's notice carries its code as area, a department's none."""
    (of_town,) = publish(Issued("n1", "610327109", "county", DAY))
    (of_department,) = publish(Issued("n2", "县人社局", "city", DAY))
    assert ("610327109", "") == (of_town.area_code, of_department.area_code)


def test_an_assessment_tells_its_days_and_digest():
    """The event holds what is needed to find and check the pack."""
    (event,) = publish(Published("a1", 2022, DAY, DAY, "d", DAY, 4))
    body = event.body()
    assert ("a1", "d", "2022-04-08") == (event.subject, body["digest"], body["known_at"])


def test_other_facts_are_private():
    """What is not in the list is told to nobody."""
    assert [] == list(publish(object()))
