import pytest

from services.monitoring.domain.measure import MeasureStatus
from tests.monitoring.case_kit import case_of, registered, to_monitored


@pytest.fixture
def case_id(service, clock) -> str:
    made = case_of(service, registered(service))
    to_monitored(service, clock, made)
    return made


@pytest.fixture
def asked(service, as_person, case_id) -> dict[str, str]:
    """The town plans and asks on the page; the measures by category."""
    town, page = as_person("guguan"), f"/cases/{case_id}/measures"
    assert 303 == town.submit(page, f"{page}/plan").status_code
    assert 303 == town.submit(page, f"{page}/request").status_code
    return {one.category: one.id for one in plan_of(service, case_id).measures}


def plan_of(service, case_id):
    with service.uow() as uow:
        return uow.plans.get(case_id)


def status(service, case_id, measure_id) -> MeasureStatus:
    return plan_of(service, case_id).get(measure_id).status


def test_planned_and_asked_on_the_page(asked):
    """The proposal for an illness with labour reaches health insurance, employment and finance."""
    assert {"100A45", "100A40", "100A41"} == set(asked)


def test_an_empty_plan_names_what_is_missing(as_person, case_id):
    """Before anything is planned the page says what each risk needs."""
    text = as_person("guguan").get(f"/cases/{case_id}/measures").text
    assert ("尚缺的措施" in text, "健康帮扶" in text) == (True, True)


def test_added_changed_removed(service, as_person, case_id):
    """The town adds a measure of its own choice, changes it, and takes it out."""
    town, page = as_person("guguan"), f"/cases/{case_id}/measures"
    chosen = {"risk": "100A27001", "choice": "100A48-003"}
    assert 303 == town.submit(page, page, **chosen).status_code
    (measure,) = plan_of(service, case_id).measures
    changed = {"risk": "100A27001", "choice": "100A48-005"}
    assert 303 == town.submit(page, f"{page}/{measure.id}/change", **changed).status_code
    assert ["005"] == [one.code for one in plan_of(service, case_id).measures]
    assert 303 == town.submit(page, f"{page}/{measure.id}/remove").status_code
    assert () == plan_of(service, case_id).measures


def test_the_unit_answers_on_its_page(service, as_person, case_id, asked):
    """Health insurance finds the measure on its list, accepts and delivers it."""
    unit, page = as_person("yibao"), f"/measures/{asked['100A45']}"
    listed = unit.get("/measures").text
    assert (page in listed, asked["100A40"] in listed) == (True, False)
    assert 303 == unit.submit(page, f"{page}/accept").status_code
    assert 303 == unit.submit(page, f"{page}/deliver").status_code
    assert MeasureStatus.DELIVERED == status(service, case_id, asked["100A45"])
    assert page not in unit.get("/measures").text


def test_declined_and_replanned(service, as_person, case_id, asked):
    """Declined by the unit, the town re-plans it on the plan's page."""
    unit, page = as_person("yibao"), f"/measures/{asked['100A45']}"
    assert 303 == unit.submit(page, f"{page}/decline", reason="not_eligible").status_code
    plan = f"/cases/{case_id}/measures"
    town = as_person("guguan")
    assert "不符合政策条件" in town.get(plan).text
    assert 303 == town.submit(plan, f"{plan}/{asked['100A45']}/replan").status_code
    assert () == plan_of(service, case_id).to_replan


def test_another_unit_cannot_answer(service, as_program, case_id, asked):
    """A unit that was not asked is told whose it is, and changes nothing."""
    answer = as_program("yibao").post(f"/api/measures/{asked['100A40']}/accept", json={"version": 2})
    assert (403, "measure_of_other_unit") == (answer.status_code, answer.json()["code"])
    assert MeasureStatus.REQUESTED == status(service, case_id, asked["100A40"])


def test_the_village_does_not_plan(as_program, case_id):
    """Planning is the town's and the county's."""
    assert (
        403
        == as_program("shangcha").post(f"/api/cases/{case_id}/measures/plan", json={"version": 0}).status_code
    )


def test_withdrawn(service, as_person, case_id, asked):
    """What was asked for can be taken back on the page, with a reason."""
    town, page = as_person("guguan"), f"/cases/{case_id}/measures"
    answer = town.submit(page, f"{page}/{asked['100A41']}/withdraw", note="农户不申请贷款")
    assert 303 == answer.status_code
    assert MeasureStatus.WITHDRAWN == status(service, case_id, asked["100A41"])


def test_another_village(as_program, asked):
    """A measure of another village is not shown."""
    assert 403 == as_program("chaijia").get(f"/api/measures/{asked['100A45']}").status_code


def test_a_declined_measure_is_the_towns_task(as_person, case_id, asked):
    """The unit's task leads to the measure; once declined, the town finds it among its own."""
    unit, page = as_person("yibao"), f"/measures/{asked['100A45']}"
    assert page in unit.get("/").text
    unit.submit(page, f"{page}/decline", reason="not_eligible")
    assert page not in unit.get("/").text
    text = as_person("guguan").get("/").text
    assert ("重新安排被退回的措施" in text, f"/cases/{case_id}/measures" in text) == (True, True)
