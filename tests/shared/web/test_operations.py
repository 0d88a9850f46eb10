"""The operator's page, over a service whose handler refuses one level."""

import pytest
from fastapi.testclient import TestClient

from shared.accounts import NewAccount
from shared.messaging.idempotency import idempotency_table
from shared.messaging.intake import Reader, take_in
from shared.persistence.engine import open_engine
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.i18n import Words
from shared.web.operations import operations
from tests.shared.messaging.conftest import LEVELS, METADATA, NOW, Example, LevelSet, level, set_levels
from tests.shared.web.conftest import PASSWORD

PERMISSIONS = """
operations.read: {zh: 查看消息, en: See messages, roles: [operator], limited_to: []}
operations.retry: {zh: 重新处理, en: Take in again, roles: [operator], limited_to: []}
"""
OPERATOR = ("yunwei", PASSWORD)


class Site(Example):
    """The example service as a site sees it."""

    def uow(self, with_it=None):
        return super().uow()


@pytest.fixture(name="example")
def _example(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'levels.db'}")
    METADATA.create_all(engine)
    idempotency_table(METADATA.__class__()).create(engine)
    example = Site(engine)
    take_in([level("a", 1), level("b", 13)], example.uow(), example.reader, at=NOW)
    yield example
    engine.dispose()


@pytest.fixture(name="client")
def _client(example, gate, accounts, tmp_path):
    accounts.create(NewAccount("yunwei", "运维", "operator", "县大数据中心", "610327"), PASSWORD)
    (tmp_path / "permissions.yaml").write_text(PERMISSIONS, encoding="utf-8")
    permissions = load_permissions("levels", tmp_path / "permissions.yaml")
    title = Words("示例", "Example")
    return TestClient(
        create_site("levels", title, example, gate, [operations()], permissions=permissions, templates=[])
    )


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

    def mended(events, uow):
        for event in events:
            event.data["level"] = min(event.data["level"], 12)
        set_levels(events, uow)

    example.reader = Reader("employment", ("monitoring",), {LevelSet.type: mended})
    again = client.post("/api/operations/retry", json={}, auth=OPERATOR)
    assert {"taken_in": 1, "still_waiting": 0} == again.json()
    assert ["a", "b"] == sorted(row[0] for row in example.rows(LEVELS))


def test_others_are_refused(client):
    """Only the operator comes here."""
    assert 403 == client.get("/api/operations", auth=("county", PASSWORD)).status_code
