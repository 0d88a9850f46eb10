"""What an operator finds and does on the pages of messages."""

import csv
import io
import json

import pytest

from shared.audit.tables import entries
from shared.contracts.cloudevents import Garbage
from shared.contracts.registry import MODELS
from shared.messaging.intake import take_in
from tests.shared.messaging.conftest import LEVELS, NOW, LevelSet, level
from tests.shared.web.conftest import PASSWORD, Browser, forms
from tests.shared.web.operations.operated_site import OPERATOR, mend

PHONE = "13800138000"
REASON = "已与发送部门核对"
REFUSED = level("b", 13).id
ACTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/retry", {}),
    ("/resolve", {"reason": REASON}),
    ("/pause", {"reason": REASON}),
    ("/resume", {}),
    (f"/{REFUSED}/retry", {}),
    (f"/{REFUSED}/correct", {"reason": REASON, "body": "{}"}),
    (f"/{REFUSED}/resolve", {"reason": REASON}),
    (f"/{REFUSED}/reopen", {"reason": REASON}),
)


@pytest.fixture(name="broken")
def _broken(example):
    """Set aside, besides the refused one: two that met a defect, and garbage with a telephone number."""
    garbage = Garbage("garbage", f"call {PHONE}", "不是 JSON / not JSON")
    take_in([level("c", 14), level("d", 14), garbage], example.uow(), example.reader, at=NOW)


@pytest.fixture(name="ask")
def _ask(client):
    return lambda path: client.get(f"/api/operations{path}", auth=OPERATOR).json()


@pytest.fixture(name="do")
def _do(client):
    return lambda path, **given: client.post(f"/api/operations{path}", json=given, auth=OPERATOR)


@pytest.mark.usefixtures("broken")
def test_what_waits_is_searched_and_grouped(ask):
    """The causes are counted, the most frequent first; a search narrows the list and the causes."""
    whole = ask("")
    assert (4, [2, 1, 1]) == (whole["total"], [one["count"] for one in whole["causes"]])
    for query in ("?kind=defect", "?code=defect", "?text=KeyError"):
        assert ["c", "d"] == sorted(one["subject"] for one in ask(query)["items"])
    assert 0 == ask("?until=2022-05-31")["total"]
    by_type = ask("/groups?by=type")["groups"]
    assert {LevelSet.type: 3, "": 1} == {one["name"]: one["count"] for one in by_type}


@pytest.mark.parametrize("path", ["?state=open", "?since=yesterday", "/groups?by=colour"])
def test_what_cannot_be_searched_for_is_refused(client, path):
    """A state, a day or a grouping that there is not is refused, not taken for another."""
    assert 422 == client.get(f"/api/operations{path}", auth=OPERATOR).status_code


@pytest.mark.usefixtures("broken")
def test_neither_list_nor_export_holds_a_body(client):
    """A list says which and why; what the events say stays on the page of each."""
    answers = [
        client.get(path, auth=OPERATOR).text for path in ("/api/operations", "/api/operations?format=csv")
    ]
    assert not [one for one in answers if '"level"' in one or PHONE in one]
    assert 5 == len(list(csv.reader(io.StringIO(answers[1]))))


def test_a_dry_run_is_right_and_keeps_nothing(example, ask, do):
    """It says what would be written and told, before anything is; then exactly that happens."""
    assert [("仍会失败", 1)] == [(badge["words"]["zh"], n) for badge, n in ask("/dry-run")["fates"]]
    mend(example)
    for path in ("/dry-run", f"/{REFUSED}/dry-run", "/dry-run?kind=refused"):
        found = ask(path)
        assert [("会被接收", 1)] == [(badge["words"]["zh"], n) for badge, n in found["fates"]]
        assert 1 == next(one["inserted"] for one in found["changes"] if one["table"] == "levels")
        assert {"employment.level_seen.v1": 1} == found["told"]
        assert ["a"] == [row[0] for row in example.rows(LEVELS)]
    assert {"taken_in": 1, "still_waiting": 0} == do("/retry").json()
    assert ["a", "b"] == sorted(row[0] for row in example.rows(LEVELS))


@pytest.mark.usefixtures("broken")
def test_only_what_was_chosen_is_taken_in_again(example, do, ask):
    """A group by its cause; the others go on waiting."""
    mend(example)
    assert {"taken_in": 2, "still_waiting": 0} == do("/retry", kind="defect").json()
    assert {"refused", "garbage"} == {one["kind"] for one in ask("")["items"]}


def trail_of(example):
    return [dict(zip(entries.c.keys(), row, strict=True)) for row in example.rows(entries)]


@pytest.mark.usefixtures("broken")
def test_garbage_goes_on_waiting_and_is_counted(example, do, ask):
    """All is taken in again but garbage, which is said to wait; each transaction left its entry."""
    mend(example)
    assert {"taken_in": 3, "still_waiting": 1} == do("/retry").json()
    assert ["garbage"] == [one["kind"] for one in ask("")["items"]]
    entered = trail_of(example)
    assert {"operations.retry"} == {one["action"] for one in entered}
    assert {REFUSED, *(level(name, 14).id for name in "cd")} >= {
        event for one in entered for event in one["details"].get("events", ())
    }


@pytest.mark.usefixtures("broken")
def test_an_outage_half_way_leaves_the_entry_of_what_was_done(example, do, monkeypatch):
    """What the first transaction took in is in the trail, although the answer is a failure."""
    mend(example)
    monkeypatch.setattr("shared.messaging.redrive.BATCH", 1)
    take = example.reader.handlers[LevelSet.type]
    calls = []

    def failing(events, uow):
        calls.append(events)
        if len(calls) > 1:
            raise OSError("the disk is away")
        take(events, uow)

    example.reader.handlers[LevelSet.type] = failing
    assert 500 <= do("/retry").status_code
    assert ["operations.retry"] == [one["action"] for one in trail_of(example)]


def test_one_is_taken_in_again(example, do):
    """A try that fails says so; one that does not wait is not found."""
    assert {"taken_in": 0, "still_waiting": 1} == do(f"/{REFUSED}/retry").json()
    mend(example)
    assert {"taken_in": 1, "still_waiting": 0} == do(f"/{REFUSED}/retry").json()
    assert 404 == do(f"/{REFUSED}/retry").status_code


def test_correcting_keeps_what_is_hidden(example, ask, do, monkeypatch):
    """The operator sees and corrects the level; the telephone, never shown, is as it came."""
    monkeypatch.setitem(MODELS, LevelSet.type, LevelSet)
    event = level("p", 13)
    event.data["phone"] = PHONE
    take_in([event], example.uow(), example.reader, at=NOW)
    document = ask(f"/{event.id}")["body"]
    assert PHONE not in document
    body = document.replace('"level": 13', '"level": 7')
    done = do(f"/{event.id}/correct", body=body, reason=REASON).json()
    assert ("p", 7) == next(row[:2] for row in example.rows(LEVELS) if row[0] == "p")
    assert PHONE == json.loads(example.set_aside_bodies()[done["id"]])["data"]["phone"]
    old, new = ask(f"/{event.id}")["event"], ask(f"/{done['id']}")["event"]
    assert ("corrected", done["id"], event.id) == (old["resolution"], old["replaced_by"], new["corrects"])


@pytest.mark.parametrize("body", ["{", "[]", '{"id": "[已隐去 9]"}', "[removed]"])
def test_a_correction_that_is_none_is_refused(do, ask, body):
    """Nothing changes, and the event goes on waiting."""
    assert 422 == do(f"/{REFUSED}/correct", body=body, reason=REASON).status_code
    assert ask(f"/{REFUSED}")["waits"]


def test_resolving_and_reopening(do, ask):
    """What is dealt with by other means is resolved with who and why, and may wait again."""
    assert {"resolved": 1} == do(f"/{REFUSED}/resolve", reason=REASON).json()
    event = ask(f"/{REFUSED}")["event"]
    assert ("resolved", "yunwei", REASON) == (event["resolution"], event["resolved_by"], event["note"])
    assert 404 == do(f"/{REFUSED}/resolve", reason=REASON).status_code
    assert (0, 1) == (ask("")["total"], ask("?state=resolved")["total"])
    assert 200 == do(f"/{REFUSED}/reopen", reason=REASON).status_code
    assert 1 == ask("")["total"]


@pytest.mark.usefixtures("broken")
def test_resolving_what_a_search_finds(do, ask):
    """All of one kind are resolved at once, and no others."""
    assert {"resolved": 2} == do("/resolve", kind="defect", reason=REASON).json()
    assert {"refused", "garbage"} == {one["kind"] for one in ask("")["items"]}


@pytest.mark.parametrize("reason", ["", f"打电话 {PHONE}"])
@pytest.mark.parametrize("path", ["/pause", f"/{REFUSED}/resolve"])
def test_a_reason_is_needed_and_names_nobody(do, path, reason):
    """Without a reason, or with a telephone number in it, nothing is done."""
    assert 422 == do(path, reason=reason).status_code


def test_pausing_and_resuming(do, ask, operated_site):
    """The first page says since when, by whom and why the reader is paused."""
    assert {"paused": True} == do("/pause", reason=REASON).json()
    pause = ask("")["stands"]["pause"]
    assert ("employment", "yunwei", REASON) == (pause["reader"], pause["paused_by"], pause["reason"])
    assert 409 == do("/pause", reason=REASON).status_code
    browser = Browser(operated_site)
    browser.sign_in("yunwei")
    assert "已暂停接收" in browser.get("/operations").text
    assert {"paused": False} == do("/resume").json()
    assert ask("")["stands"]["pause"] is None


@pytest.mark.parametrize(("path", "given"), ACTIONS)
def test_who_only_reads_changes_nothing(client, path, given):
    """Each action is refused to whoever may see the pages and no more."""
    reader = ("pinggu", PASSWORD)
    assert 200 == client.get("/api/operations", auth=reader).status_code
    assert 403 == client.post(f"/api/operations{path}", json=given, auth=reader).status_code


@pytest.mark.usefixtures("broken")
def test_pages_and_forms(operated_site):
    """Every page is shown, and the forms on them work from the browser."""
    browser = Browser(operated_site)
    browser.sign_in("yunwei")
    paths = [
        "",
        "?kind=defect",
        "/groups?by=type",
        "/groups",
        "/delayed",
        "/dry-run",
        "/garbage",
        f"/{REFUSED}",
    ]
    pages = [browser.get(f"/operations{path}") for path in paths]
    assert [200] * len(paths) == [page.status_code for page in pages]
    assert not [path for path, page in zip(paths, pages, strict=True) if PHONE in page.text]
    assert 5 <= len(forms(pages[-1].text))
    done = browser.submit(f"/operations/{REFUSED}", f"/operations/{REFUSED}/resolve", reason=REASON)
    assert 303 == done.status_code
    assert REASON in browser.get(f"/operations/{REFUSED}").text


def test_the_document_of_the_interface(client):
    """Programs find every page and action, with what each asks for."""
    paths = client.get("/api/openapi.json", auth=OPERATOR).json()["paths"]
    wanted = {f"/api/operations{path.replace(REFUSED, '{event_id}')}" for path, _ in ACTIONS}
    assert wanted <= set(paths)
    correct = paths["/api/operations/{event_id}/correct"]["post"]
    assert "CorrectForm" in correct["requestBody"]["content"]["application/json"]["schema"]["$ref"]
