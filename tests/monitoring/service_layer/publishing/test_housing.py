from services.monitoring.domain.case_facts import Acting
from tests.monitoring.domain.housing.test_alert import raised
from tests.monitoring.domain.housing.test_policy import POLICY
from tests.monitoring.domain.housing.test_rebuild import listed
from tests.monitoring.process_kit import DAY
from tests.monitoring.service_layer.publishing.test_place import told


def test_an_alert_from_first_to_last():
    """Raised, appraised with the day it must be safe, made safe: three events of one alert."""
    alert = raised()
    first = told(alert)
    alert.facts.clear()
    alert.appraise("C", Acting(DAY), POLICY)
    second = told(alert)
    alert.facts.clear()
    alert.make_safe("repaired", Acting(DAY))
    every = [*first, *second, *told(alert)]
    assert ["house_alert_raised", "house_appraised", "house_made_safe"] == [
        one.type.split(".")[1] for one in every
    ]
    assert ({"a1"}, "2022-09-15", "repaired") == (
        {one.alert_id for one in every},
        str(every[1].repair_due_on),
        every[2].way,
    )


def test_disaster_house_is_told_with_the_plans_day():
    """The list tells the cause and the confirmed day."""
    (event,) = told(listed())
    assert ("disaster_2021", "2022-06-30", True) == (event.cause, str(event.due_on), event.limit_confirmed)
