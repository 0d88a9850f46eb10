from datetime import date

from services.evaluation.domain.reporting.task import Accepted, TaskState
from services.evaluation.service_layer.publishing import publish
from services.evaluation.service_layer.publishing.reporting import value_id
from tests.evaluation.reporting_tasks import UNITS, VALUES, task_in


def test_an_accepted_value_lies_in_its_town():
    """The event of a town's value has the town as its place, and a name of its own."""
    task = task_in(TaskState.SUBMITTED)
    (event,) = publish(Accepted(task, UNITS[1], VALUES[UNITS[1]], date(2022, 7, 8)))
    body = event.body()
    assert (UNITS[1], value_id("t1", UNITS[1])) == (body["area_code"], body["value_id"])
    assert {"shape": "rate", "numerator": "48", "denominator": "50", "levels": []} == body["value"]


def test_a_departments_value_lies_nowhere():
    """A department is no place."""
    task = task_in(TaskState.SUBMITTED)
    (event,) = publish(Accepted(task, "县卫健局", VALUES[UNITS[1]], date(2022, 7, 8)))
    assert "" == event.body()["area_code"]
