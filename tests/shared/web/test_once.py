"""A request that is carried out once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from shared.web.asking import Done
from tests.shared.web.conftest import forms

GOOD = {"name": "新井", "area_code": "610327109205", "depth_m": 60}


def rows(service):
    return [(one.id, one.depth_m, one.version) for one in service.all()]


UNCHANGED = [("w1", 40, 1), ("w2", 40, 1)]


def keyed(client, key="k-1", path="/api/wells", **body):
    return client.post(path, json=GOOD | body, headers={"Idempotency-Key": key})


def test_a_replayed_key_gets_the_first_answer(as_program, service):
    """The same key and request again: the same answer, marked, and nothing done twice."""
    client = as_program("guguan")
    first, again = keyed(client), keyed(client)
    assert (201, {"id": "w3"}, "/wells/w3") == (again.status_code, again.json(), again.headers["location"])
    assert (None, "true") == (first.headers.get("idempotent-replay"), again.headers.get("idempotent-replay"))
    assert 3 == len(service.all())


def test_a_reused_key_is_refused(as_program, service):
    """The same key with another body is refused."""
    client = as_program("guguan")
    keyed(client)
    answer = keyed(client, depth_m=61)
    assert (422, "idempotency_key_reused") == (answer.status_code, answer.json()["code"])
    assert 3 == len(service.all())


def test_a_key_belongs_to_its_account(as_program, service):
    """Another person's equal key is another request."""
    assert [201, 201] == [keyed(as_program(login)).status_code for login in ("guguan", "county")]
    assert 4 == len(service.all())


def test_a_refused_request_leaves_its_key_free(as_program, service):
    """After a refusal the corrected request may use the key."""
    client = as_program("guguan")
    assert 403 == keyed(client, area_code="610327112200").status_code
    assert 201 == keyed(client).status_code


@pytest.mark.parametrize("key", ["x" * 129, "two words", "é"])
def test_a_malformed_key_is_refused(as_program, key):
    """A key that is no key is said so rather than ignored."""
    answer = as_program("guguan").post(
        "/api/wells", json=GOOD, headers={"Idempotency-Key": key.encode("latin-1")}
    )
    assert (422, "idempotency_key_invalid") == (answer.status_code, answer.json()["code"])


def test_many_at_once_do_it_once(as_program, service):
    """Equal requests at the same moment: one is carried out, the others are told so or get its answer."""
    barrier = Barrier(6)
    client = as_program("guguan")
    client.get("/api/wells")

    def send(_):
        barrier.wait()
        return keyed(client).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = set(pool.map(send, range(6)))
    assert 3 == len(service.all())
    assert statuses <= {201, 409}
    assert 201 in statuses


def test_while_running_a_second_is_told(as_program, service, site, monkeypatch):
    """A request whose equal is at work gets 409 and waits for nobody."""
    client = as_program("guguan")
    inner = []
    action = site.state.site.actions["well.dig"]
    original = action.handler

    def slow(act, form):
        inner.append(keyed(client))
        return original(act, form)

    object.__setattr__(action, "handler", slow)
    try:
        assert 201 == keyed(client).status_code
    finally:
        object.__setattr__(action, "handler", original)
    assert (409, "idempotency_key_running") == (inner[0].status_code, inner[0].json()["code"])


def test_another_process_that_was_first_wins(as_program, service, monkeypatch):
    """When the key was committed elsewhere meanwhile, nothing is done here and its answer is given."""
    client = as_program("guguan")
    keyed(client)
    once = client.app.state.site.once
    # What the first look finds when the other process has not committed yet.
    monkeypatch.setattr(once, "_earlier", Mock(side_effect=[None, Done("/wells/w3", body={"id": "w3"})]))
    again = keyed(client)
    assert ("true", {"id": "w3"}) == (again.headers["idempotent-replay"], again.json())
    assert 3 == len(service.all())


def test_an_answer_lost_in_a_crash(as_program, service, monkeypatch):
    """Killed between commit and answer: soon after it is still running, later it is told as done."""
    client = as_program("guguan")
    once = client.app.state.site.once
    monkeypatch.setattr(once, "_keep", lambda *_: None)
    keyed(client)
    assert 409 == keyed(client).status_code
    with service.engine.begin() as connection:
        connection.execute(sa.text("UPDATE idempotency SET at = '2020-01-01 00:00:00.000000'"))
    again = keyed(client)
    assert (200, "true", {}) == (again.status_code, again.headers["idempotent-replay"], again.json())
    assert 3 == len(service.all())


def test_a_form_sent_twice_is_done_once(as_person, service):
    """A double click: the page's own key sends both to the same place."""
    browser = as_person("guguan")
    hidden = next(fields for action, fields in forms(browser.get("/wells").text) if action == "/wells")
    sent = hidden | {name: str(value) for name, value in GOOD.items()}
    first, again = (browser.client.post("/wells", data=sent) for _ in range(2))
    assert ["/wells/w3"] * 2 == [first.headers["location"], again.headers["location"]]
    assert ("true", 3) == (again.headers["idempotent-replay"], len(service.all()))


def test_an_action_outside_the_database_is_done_once_too(as_program, site):
    """What commits nothing (a clock, a file) is not repeated under its key either."""
    client = as_program("county")
    action = site.state.site.actions["well.close"]
    original, close = action.handler, Mock(return_value=Done("/wells"))
    object.__setattr__(action, "handler", close)
    try:
        answers = [
            client.post("/api/wells/w1/close", json={}, headers={"Idempotency-Key": "k"}) for _ in range(2)
        ]
    finally:
        object.__setattr__(action, "handler", original)
    assert [200, 200] == [one.status_code for one in answers]
    assert 1 == close.call_count
