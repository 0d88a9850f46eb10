from contextlib import suppress

import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import data_errors, record_cycles
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.quality import run as running
from tests.monitoring.kit import family, person, son, wife

PAGES = (
    "/quality",
    "/quality?mark=not_run",
    "/quality/statistics",
    "/quality/statistics?by=village",
    "/quality/statistics?by=responsible",
    "/quality/errors",
    "/quality/errors?state=all&severity=2&late=yes&mine=yes",
    "/quality/errors?format=csv",
    "/quality/cleaning",
    "/villages",
    "/villages/610327109203",
)


@pytest.fixture
def broken(service):
    """A household with a child at school counted as labour; its id and that of the error D-12."""
    persons = (person(), wife(), son(labour_skill="001"))
    household = register_household(family(persons=persons), service.uow(), service.checks)
    with service.engine.connect() as connection:
        query = select(data_errors.c.id).where(data_errors.c.rule == "D-12")
        return household, connection.execute(query).scalar_one()


@pytest.mark.parametrize("login", ["county", "guguan", "shangcha", "yibao", "pinggu", "english"])
def test_pages_open_for_everybody_who_works_with_them(as_person, broken, login):
    """Each page opens for county, town, village, department, evaluator, in both languages."""
    browser = as_person(login)
    assert dict.fromkeys(PAGES, 200) == {path: browser.get(path).status_code for path in PAGES}


def test_error_is_explained_on_its_page(as_person, broken, outbox):
    """The village explains an error on its page; the household's page no longer shows it."""
    household, error = broken
    village = as_person("shangcha")
    assert f"/quality/errors/{error}" in village.get(f"/households/{household}").text
    answer = village.submit(
        f"/quality/errors/{error}",
        f"/quality/errors/{error}/answer",
        how="explained",
        answer="暑期工，已核实",
    )
    assert 303 == answer.status_code
    assert ["explained"] == [event["how"] for event in outbox("monitoring.data_error_fixed.v1")]
    assert f"/quality/errors/{error}" not in village.get(f"/households/{household}").text


def test_other_village_and_department_do_not_see_it(as_person, broken):
    """Another village is refused; a department sees only what its unit must answer."""
    _, error = broken
    assert 403 == as_person("chaijia").get(f"/quality/errors/{error}").status_code
    assert 404 == as_person("yibao").get(f"/quality/errors/{error}").status_code


def test_correction_is_asked_for_on_the_household(as_person, broken, outbox):
    """A department asks on the household's page and is led to what it asked."""
    household, _ = broken
    answer = as_person("yibao").submit(
        f"/households/{household}", f"/households/{household}/errors", note="参保状态与我局不符"
    )
    (told,) = [e for e in outbox("monitoring.data_error_found.v1") if e["origin"] == "person"]
    assert (303, f"/quality/errors/{told['error_id']}", "县医保局") == (
        answer.status_code,
        answer.headers["location"],
        told["unit"],
    )


def test_all_rules_run_from_the_page(as_program, broken, outbox):
    """The county runs the rules over everything; the village may not."""
    assert 403 == as_program("shangcha").post("/api/quality/run", json={}).status_code
    assert 200 == as_program("county").post("/api/quality/run", json={}).status_code
    assert len(outbox("monitoring.quality_run_completed.v1")) > 1


@pytest.mark.usefixtures("broken")
def test_a_run_that_broke_off_is_asked_for_again(as_program, outbox, monkeypatch):
    """The same request sent again after a kill runs the rules: its key does not stand in the way."""
    county, key = as_program("county"), {"Idempotency-Key": "run-of-the-county"}

    def killed(*_):
        raise SystemError

    with monkeypatch.context() as broken_off, suppress(SystemError):
        broken_off.setattr(running, "_tell", killed)
        county.post("/api/quality/run", json={}, headers=key)
    assert 200 == county.post("/api/quality/run", json={}, headers=key).status_code
    assert 10 == len(outbox("monitoring.quality_run_completed.v1"))


def test_list_from_above_is_pasted(as_program, broken):
    """Lines of number and problem are taken; a line without a problem is named."""
    county = as_program("county")
    good = county.post("/api/quality/check-back", json={"lines": "H001 人口数不一致\nX9, 查无此户"})
    assert (200, ["X9"]) == (good.status_code, good.json()["unknown"])
    assert 422 == county.post("/api/quality/check-back", json={"lines": "H001"}).status_code


@pytest.fixture
def cycle(service, broken):
    """The id of the changed record of that household."""
    with service.engine.connect() as connection:
        return connection.execute(select(record_cycles.c.id)).scalar_one()


def test_signed_off_in_bulk_and_sent_back(as_person, as_program, cycle):
    """The town signs off on the page what it ticks; the county sends it back with a reason."""
    town = as_person("guguan")
    assert "gates" in town.get("/").text
    assert 303 == town.submit("/gates", "/gates/review", ids=[cycle]).status_code
    assert 403 == as_program("shangcha").post("/api/gates/approve", json={"ids": [cycle]}).status_code
    county = as_person("county")
    assert cycle in county.get("/gates").text
    assert 303 == county.submit(f"/gates/{cycle}", f"/gates/{cycle}/return", reason="wrong").status_code
    assert "已退回" in as_person("shangcha").get("/gates").text


def test_town_signs_off_only_its_own(as_program, cycle):
    """A record of another area cannot be named."""
    answer = as_program("county").post("/api/gates/review", json={"ids": [cycle]})
    assert 403 == answer.status_code
    assert 403 == as_program("guguan").post("/api/gates/review", json={"ids": ["nobody"]}).status_code


def test_drawn_and_checked(as_program, cycle):
    """Reviewed, approved, drawn and checked by programs; an open error holds the last gate."""
    assert 200 == as_program("guguan").post("/api/gates/review", json={"ids": [cycle]}).status_code
    county = as_program("county")
    assert 200 == county.post("/api/gates/approve", json={"ids": [cycle]}).status_code
    drawn = county.post("/api/gates/draw", json={"seed": "2022-07"}).json()
    if drawn["drawn"]:
        county.post("/api/gates/inspect", json={"ids": [cycle]})
    assert {"passed": 0, "waiting": 1} == county.post("/api/gates/check", json={"ids": [cycle]}).json()


def test_round_is_opened_and_closed(as_person, outbox):
    """The county opens and closes the month's round on its page."""
    county = as_person("county")
    assert 303 == county.submit("/quality/cleaning", "/quality/cleaning").status_code
    page = county.get("/quality/cleaning").text
    action = page.split('action="')
    close = next(part.split('"')[0] for part in action if "/close" in part.split('"')[0])
    assert 303 == county.submit("/quality/cleaning", close).status_code
    assert 1 == len(outbox("monitoring.cleaning_round_closed.v1"))


def test_village_enters_its_record(as_person, outbox):
    """The village fills in its form; what is missing is found at once and shown beside it."""
    village, path = as_person("shangcha"), "/villages/610327109203"
    assert 303 == village.submit(path, path, year="2022", households="300", bus="yes").status_code
    rules = {event["rule"] for event in outbox("monitoring.data_error_found.v1")}
    assert ("L-1" in rules, "L-2" in rules, "L-14" in rules) == (True, False, False)
    assert "总人口为空或为零" in village.get(path).text
