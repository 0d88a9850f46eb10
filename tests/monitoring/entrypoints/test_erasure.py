import json
import os

from sqlalchemy import select
from typer.testing import CliRunner

from services.monitoring.adapters.tables import members
from services.monitoring.entrypoints.cli import cli
from services.monitoring.service_layer.erasure import AskErasure, ask_erasure
from shared.accounts import NewAccount, Role, open_accounts
from shared.audit.tables import entries


def head_of(service):
    with service.engine.connect() as connection:
        query = select(members.c.id, members.c.name).order_by(members.c.position).limit(1)
        return connection.execute(query).one()


def test_asked_on_the_page_and_confirmed_by_another(as_person, service, household):
    """The county cannot confirm its own request; what another asked it confirms, and the name is gone."""
    county, head = as_person("county"), head_of(service)
    told = {"person_id": head.id, "ground": "unlawful"}
    refused = county.submit("/erasures", "/erasures", **told)
    assert 303 != refused.status_code
    assert 303 == county.submit("/erasures", "/erasures", **told, reason="误登记").status_code
    page = county.get("/erasures").text
    assert "待另一人确认" in page
    assert "正在监测帮扶" in page or "仍在户内" in page
    assert "/confirm" not in page
    action = next(part.split('"')[0] for part in page.split('action="') if "/refuse" in part.split('"')[0])
    assert 303 == county.submit("/erasures", action).status_code
    command = AskErasure(person_id=head.id, ground="unlawful", reason="误登记", by="somebody else")
    one = ask_erasure(command, service.uow(), service.erasure_policy)
    assert 303 == county.submit("/erasures", f"/erasures/{one}/confirm").status_code
    assert head.name not in county.get(f"/households/{household}").text
    assert "已删除" in county.get("/erasures").text
    with service.engine.connect() as connection:
        actions = connection.execute(select(entries.c.action, entries.c.object_id)).all()
    assert ("erasure.confirm", one) in actions


def test_only_the_county(as_program, as_person, service, household):
    """A town sees no erasures and asks for none."""
    assert 403 == as_person("guguan").get("/erasures").status_code
    told = {"person_id": head_of(service).id, "ground": "unlawful", "reason": "误登记"}
    assert 403 == as_program("guguan").post("/api/erasures", json=told).status_code


def test_on_the_command_line(monkeypatch, service, household, tmp_path):
    """Asked, confirmed by another, listed, repeated after a restore; each is in the audit trail.

    Only the county's open accounts answer for it, and one account is one by id and by login; what is
    entered is who ran it, not whom they named.
    """
    monkeypatch.setattr("services.monitoring.bootstrap.bootstrap", lambda: service)
    monkeypatch.setattr("services.monitoring.entrypoints.cli.bootstrap", lambda: service)
    head = head_of(service)
    url = f"sqlite:///{tmp_path}/accounts.db"
    monkeypatch.setenv("SHOUXIAN_ACCOUNTS_URL", url)
    accounts = open_accounts(url)
    people: tuple[tuple[str, Role], ...] = (
        ("first", "county"), ("second", "county"), ("town", "evaluator"), ("closed", "county")
    )  # fmt: skip
    first, _second, _town, closed = (
        accounts.create(NewAccount(login, "某某", role, "某办", "610327"), "long-enough-Passw0rd")
        for login, role in people
    )
    accounts.disable(closed.id)

    def run(*words):
        return CliRunner().invoke(cli, ["erase", *words])

    for nobody in ("town", "closed", "invented"):
        assert 0 != run("ask", head.id, "--by", nobody, "--reason", "误登记").exit_code
    asked = run("ask", head.id, "--by", "first", "--ground", "unlawful", "--reason", "误登记")
    assert 0 == asked.exit_code, asked.output
    one = asked.output.strip()
    assert 0 != run("confirm", one, "--by", first.id).exit_code
    assert 0 != run("confirm", one, "--by", "invented").exit_code
    assert "erased" in run("confirm", one, "--by", "second").output
    assert "已删除" == head_of(service).name
    file = tmp_path / "erased.json"
    run("list", str(file))
    assert [[head.id, one]] == json.loads(file.read_text())
    assert head.name not in file.read_text()
    assert "erased again: 0" in run("again", str(file)).output
    with service.engine.connect() as connection:
        query = select(entries).where(entries.c.action.startswith("erasure")).order_by(entries.c.seq)
        found = connection.execute(query).all()
    assert ["erasure.ask", "erasure.confirm", "erasure.again.done"] == [entry.action for entry in found]
    assert {(f"uid:{os.getuid()}", "command_line")} == {(entry.account_id, entry.role) for entry in found}
    assert first.id in str(found[0].details)
