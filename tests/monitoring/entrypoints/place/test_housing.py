import pytest

from services.monitoring.service_layer.housing.rebuild import ListRebuild, list_rebuild
from tests.monitoring.kit import DAY
from tests.monitoring.service_layer.housing.test_alert import raise_one

SAFE = "monitoring.house_made_safe.v1"


@pytest.fixture(name="alert")
def _alert(service, household):
    return raise_one(service, household)


def test_from_the_village_to_a_safe_house(as_person, household, outbox):
    """The village reports, the department appraises, the village moves people out, the department closes."""
    page = f"/households/{household}/places"
    answer = as_person("shangcha").submit(page, f"/households/{household}/house-alerts", source="visit")
    path = answer.headers["location"]
    assert 303 == as_person("zhujian").submit(path, f"{path}/appraise", grade="D").status_code
    assert 303 == as_person("shangcha").submit(path, f"{path}/evacuate").status_code
    assert 303 == as_person("zhujian").submit(path, f"{path}/safe", way="resettled").status_code
    assert ["resettled"] == [told["way"] for told in outbox(SAFE)]


def test_only_the_housing_bureau_sees_it(as_person, alert):
    """Another department is told whose subject it is and sees no alert; it has no entry in its navigation."""
    water = as_person("shuili")
    for path in ("/housing/alerts", f"/housing/alerts/{alert}", "/housing/rebuilds"):
        answer = water.get(path)
        assert (403, True) == (answer.status_code, "县住建局" in answer.text)
    assert 'href="/housing/alerts"' not in water.get("/households").text
    assert 'href="/housing/alerts"' in as_person("zhujian").get("/households").text


def test_village_does_not_appraise(as_program, alert, outbox):
    """Grading a house is not the village's."""
    answer = as_program("shangcha").post(
        f"/api/housing/alerts/{alert}/appraise", json={"version": 1, "grade": "A"}
    )
    assert 403 == answer.status_code
    assert [] == outbox("monitoring.house_appraised.v1")


def test_alert_waits_for_the_department(as_person, alert):
    """The alert is a task of the housing bureau, and of nobody else yet."""
    link = f"/housing/alerts/{alert}"
    assert link in as_person("zhujian").get("/").text
    for login in ("shuili", "shangcha", "county"):
        assert link not in as_person(login).get("/").text


def test_other_village_sees_nothing(as_person, alert):
    """Neither the list nor the page of another village's alert."""
    browser = as_person("chaijia")
    assert alert not in browser.get("/housing/alerts?state=all").text
    assert 403 == browser.get(f"/housing/alerts/{alert}").status_code


@pytest.mark.parametrize("login", ["zhujian", "english"])
def test_unconfirmed_limit_is_marked(as_person, alert, login):
    """An inferred limit says so on the page, in either language."""
    marks = {"zhujian": "未确认", "english": "unconfirmed"}
    assert marks[login] in as_person(login).get(f"/housing/alerts/{alert}").text


def test_rebuilding_to_the_end_on_pages(service, as_person, household, outbox):
    """The four stages, each by whose step it is, from the page of the house."""
    command = ListRebuild(household_id=household, cause="disaster_2021", on=DAY)
    rebuild = list_rebuild(command, service.uow(), service.housing_policy)
    path = f"/housing/rebuilds/{rebuild}"
    for login, step in (
        ("shangcha", "start"),
        ("guguan", "build"),
        ("zhujian", "accept"),
        ("shangcha", "occupy"),
    ):
        assert 303 == as_person(login).submit(path, f"{path}/{step}").status_code
    assert "occupied" == outbox("monitoring.rebuild_advanced.v1")[-1]["stage"]
    assert "2022-06-30" in as_person("county").get("/housing/rebuilds?state=all").text


def test_look_from_the_page(as_person, household, outbox):
    """A look that finds danger leads to the alert it raised."""
    page = f"/households/{household}/places"
    answer = as_person("shangcha").submit(
        page, f"/households/{household}/house-looks", danger="true", note="墙裂"
    )
    (told,) = outbox("monitoring.house_alert_raised.v1")
    assert f"/housing/alerts/{told['alert_id']}" == answer.headers["location"]
