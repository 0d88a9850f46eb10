import pytest

from tests.monitoring.kit import VILLAGE
from tests.monitoring.service_layer.environment.test_public_toilet import plan

SITE = {"area_code": VILLAGE, "site": "广场", "kind": "02", "place": "01"}


def test_public_toilet_to_its_opening(as_person, outbox):
    """The town plans and builds, the bureau inspects and opens, then it is checked."""
    town = as_person("guguan")
    path = town.submit("/public-toilets", "/public-toilets", **SITE).headers["location"]
    for login, step in (("guguan", "start"), ("guguan", "build"), ("nongye", "open_up")):
        assert 303 == as_person(login).submit(path, f"{path}/{step}").status_code
    assert 303 == as_person("shangcha").submit(path, f"{path}/checks", fine="true").status_code
    assert "open" == outbox("monitoring.public_toilet_advanced.v1")[-1]["stage"]
    assert "正常" in town.get(path).text


def test_sewage_is_checked_each_month(as_person, outbox):
    """A facility waits each month for its check; one that stands still must be described."""
    bureau = as_person("huanbao")
    given = {"facility_no": "WS1", "name": "上岔污水站", "area_code": VILLAGE, "kind": "station"}
    path = bureau.submit("/sewage", "/sewage", **given).headers["location"]
    assert path in bureau.get("/").text
    assert 409 == bureau.submit(path, f"{path}/checks").status_code
    assert 303 == bureau.submit(path, f"{path}/checks", note="风机停运").status_code
    assert path not in bureau.get("/").text
    assert [False] == [told["running"] for told in outbox("monitoring.sewage_facility_checked.v1")]


def test_village_is_inspected_by_the_list(as_person, outbox):
    """What is ticked costs its points; the list is marked as unconfirmed."""
    bureau = as_person("nongye")
    answer = bureau.submit("/cleaning", "/cleaning", area_code=VILLAGE, failed="rubbish")
    assert (303, ["88"]) == (
        answer.status_code,
        [told["score"] for told in outbox("monitoring.village_cleaning_scored.v1")],
    )
    text = bureau.get("/cleaning").text
    assert ("88" in text, "未确认" in text, "清理农村生活垃圾" in text) == (True, True, True)
    assert 409 == bureau.submit("/cleaning", "/cleaning", area_code=VILLAGE).status_code


def test_town_does_not_inspect_another(as_program, outbox):
    """A town plans and inspects only inside its own area."""
    town = as_program("guguan")
    other = "610327112200"
    assert 403 == town.post("/api/public-toilets", json={**SITE, "area_code": other}).status_code
    assert 403 == town.post("/api/cleaning", json={"area_code": other}).status_code
    assert [] == outbox()


@pytest.mark.parametrize(
    ("path", "login"),
    [("/public-toilets", "shuili"), ("/sewage", "zhujian"), ("/cleaning", "huanbao"), ("/toilets", "yibao")],
)
def test_each_department_its_own(as_person, path, login):
    """A department opens no page of another's subject."""
    assert 403 == as_person(login).get(path).status_code


@pytest.mark.parametrize(
    "path",
    [
        "/housing/alerts",
        "/housing/rebuilds",
        "/water/works",
        "/water/rounds",
        "/water/problems",
        "/toilets",
        "/toilet-problems",
        "/public-toilets",
        "/sewage",
        "/cleaning",
    ],
)
@pytest.mark.parametrize("login", ["county", "guguan", "shangcha", "pinggu", "english"])
def test_every_list_opens_and_exports(service, as_person, path, login):
    """Each list is a page and a spreadsheet for everybody whose work it is."""
    plan(service)
    browser = as_person(login)
    assert (200, 200) == (browser.get(path).status_code, browser.get(f"{path}?format=csv").status_code)
