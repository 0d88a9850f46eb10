import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from shared.audit.tables import entries
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.audit_pages import audit_trail
from shared.web.i18n import Words
from tests.shared.web import example
from tests.shared.web.conftest import HERE, PASSWORD

COUNTY, TOWN, VILLAGE = (("county", PASSWORD), ("guguan", PASSWORD), ("shangcha", PASSWORD))
WELL = {"name": "新井", "area_code": "610327109203", "depth_m": 20}


@pytest.fixture(name="client")
def _client(service, gate, tmp_path):
    rights = (HERE / "permissions.yaml").read_text(encoding="utf-8")
    rights += "\naudit.read: {zh: 查看审计记录, en: See the audit trail, roles: [county, operator]}\n"
    (tmp_path / "permissions.yaml").write_text(rights, encoding="utf-8")
    permissions = load_permissions("wells", tmp_path / "permissions.yaml")
    sections, templates = [example.section, audit_trail()], [HERE / "templates"]
    title = Words("水井登记", "Wells")
    return TestClient(
        create_site("wells", title, service, gate, sections, permissions=permissions, templates=templates)
    )


def entered(service):
    with service.engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(entries).order_by(entries.c.seq)).mappings()]


def test_an_action_leaves_its_entry(client, service, accounts):
    """Who did what to what, with the id of the request the answer names."""
    answer = client.post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 60}, auth=TOWN)
    assert 200 == answer.status_code
    (entry,) = entered(service)
    account = accounts.of_login("guguan")
    expected = {
        "account_id": account.id,
        "role": "town",
        "unit": "固关镇",
        "action": "well.deepen",
        "object_kind": "well",
        "object_id": "w1",
        "outcome": "done",
        "origin": "api",
        "request_id": answer.headers["X-Request-Id"],
    }
    assert expected == {name: entry[name] for name in expected}


def test_what_is_refused_by_a_rule_leaves_no_entry(client, service):
    """A command that was not carried out did not happen: its entry is rolled back with it."""
    assert (
        409 == client.post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 501}, auth=TOWN).status_code
    )
    assert [] == entered(service)


def test_what_somebody_may_not_do_is_entered_as_refused(client, service):
    """Without the right, and outside one's area: both are kept, with their codes."""
    client.post("/api/wells", json=WELL, auth=VILLAGE)
    client.post("/api/wells/w2/deepen", json={"version": 1, "depth_m": 60}, auth=TOWN)
    found = [(one["action"], one["outcome"], one["details"]["code"]) for one in entered(service)]
    assert [("well.dig", "refused", "not_permitted"), ("well.deepen", "refused", "outside_area")] == found


def test_a_request_sent_twice_leaves_one_entry(client, service):
    """The repetition of a request under its key is answered, not entered."""
    for _ in range(2):
        client.post("/api/wells", json=WELL, auth=COUNTY, headers={"Idempotency-Key": "one"})
    assert ["well.dig"] == [one["action"] for one in entered(service)]


def test_an_entry_that_cannot_be_written_undoes_its_command(client, service):
    """Nothing is done that is not entered: without the trail there is no change."""
    with service.engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_entry"))
    assert 503 == client.post("/api/wells", json=WELL, auth=COUNTY).status_code
    assert 2 == len(service.all())


def test_an_export_is_entered_and_a_look_is_not(client, service):
    """Taking a list away leaves an entry with the kind of file; looking at a page leaves none."""
    client.get("/api/wells", auth=COUNTY)
    client.get("/api/wells?format=csv", auth=COUNTY)
    (entry,) = entered(service)
    assert ("well.read", {"file": "csv"}) == (entry["action"], entry["details"])


def test_the_trail_is_listed_filtered_and_exported(client):
    """The county finds an entry by what it was about, and takes the list away."""
    client.post("/api/wells", json=WELL, auth=COUNTY)
    client.post("/api/wells/w1/deepen", json={"version": 1, "depth_m": 60}, auth=TOWN)
    found = client.get("/api/audit?about=w1", auth=COUNTY).json()["items"]
    assert ["well.deepen"] == [one["action"] for one in found]
    assert "well.deepen" in client.get("/api/audit?format=csv", auth=COUNTY).text
    assert 403 == client.get("/api/audit", auth=TOWN).status_code


def test_the_chain_is_verified_from_the_page(client, service):
    """A chain that was tampered with is said to be so, with the number of the entry."""
    client.post("/api/wells", json=WELL, auth=COUNTY)
    client.post("/api/wells", json=WELL, auth=COUNTY)
    assert client.post("/api/audit/verify", json={}, auth=COUNTY).json()["whole"]
    with service.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entry SET unit = 'x' WHERE seq = 2"))
    answer = client.post("/api/audit/verify", json={}, auth=COUNTY).json()
    assert (False, "changed", 2) == (answer["whole"], answer["kind"], answer["seq"])
