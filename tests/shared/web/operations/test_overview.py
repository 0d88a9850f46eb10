"""The operator's page, over a service whose handler refuses one level."""

from tests.shared.messaging.conftest import LEVELS, level
from tests.shared.web.conftest import PASSWORD
from tests.shared.web.operations.operated_site import OPERATOR, mend


def test_the_operator_sees_what_waits_and_why(client):
    """What could not be taken in is listed with its reason; what waits to leave is counted."""
    document = client.get("/api/operations", auth=OPERATOR).json()
    assert ["不接受13"] == [row["reason"] for row in document["items"]]
    assert 1 == document["leaving"]["count"]


def test_one_event_is_shown_whole(client):
    """The body of one event is shown, for finding the cause."""
    shown = client.get(f"/api/operations/{level('b', 13).id}", auth=OPERATOR).json()
    assert '"level": 13' in shown["body"]


def test_an_unknown_event_is_not_found(client):
    """An event that does not wait gives a problem document."""
    assert 404 == client.get("/api/operations/nothing", auth=OPERATOR).status_code


def test_taking_in_again_after_the_repair(client, example):
    """With the cause gone the event is taken in once, and nothing waits any more."""
    again = client.post("/api/operations/retry", json={}, auth=OPERATOR)
    assert {"taken_in": 0, "still_waiting": 1} == again.json()

    mend(example)
    again = client.post("/api/operations/retry", json={}, auth=OPERATOR)
    assert {"taken_in": 1, "still_waiting": 0} == again.json()
    assert ["a", "b"] == sorted(row[0] for row in example.rows(LEVELS))


def test_others_are_refused(client):
    """Only the operator comes here."""
    assert 403 == client.get("/api/operations", auth=("county", PASSWORD)).status_code
