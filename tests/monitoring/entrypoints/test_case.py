from datetime import date
from pathlib import Path

import pytest

from services.monitoring.domain.case_steps import STEPS, CaseState, Step
from services.monitoring.domain.elimination import STEPS as ELIMINATION_STEPS
from services.monitoring.entrypoints.web import app
from shared.web.access import load_permissions
from tests.monitoring.case_kit import case_of, move, registered, to_county_approval, to_monitored

PERMISSIONS = load_permissions("monitoring", Path(app.__file__).parent / "permissions.yaml")


@pytest.fixture
def household_id(service) -> str:
    return registered(service)


@pytest.fixture
def case_id(service, household_id) -> str:
    return case_of(service, household_id)


def state(service, case_id) -> CaseState:
    with service.uow() as uow:
        return uow.cases.get(case_id).state


@pytest.mark.parametrize("step", [one for one in STEPS if one not in {Step.ELIMINATE, Step.ROLL_BACK}])
def test_roles_are_those_of_the_procedure(step):
    """permissions.yaml lets exactly those take a step whose step it is."""
    assert set(STEPS[step].roles) == PERMISSIONS[f"case.{step}"].roles


@pytest.mark.parametrize("step", list(ELIMINATION_STEPS))
def test_roles_are_those_of_the_elimination(step):
    """The same for eliminations."""
    assert set(ELIMINATION_STEPS[step][1]) == PERMISSIONS[f"elimination.{step}"].roles


def test_the_whole_way_on_pages(service, clock, as_person, case_id):
    """Village, county and town take a case from the clue to monitoring, each by the forms of the page."""
    page = f"/cases/{case_id}"
    village, town, county = "shangcha", "guguan", "county"

    def take(login, step, **fields):
        answer = as_person(login).submit(page, f"{page}/{step}", **fields)
        assert (303, page) == (answer.status_code, answer.headers.get("location")), answer.text

    take(village, "sign-authorisation")
    take(village, "send-for-comparison")
    take(county, "record-comparison", hits=["vehicle"])
    take(county, "explain", accepted="yes", note="车辆为农用三轮")
    take(village, "record-vote", agree="21", disagree="2")
    take(village, "start-notice")
    take(town, "raise-objection", note="认为收入不低")
    take(town, "resolve-objection", number="1", upheld="no", note="收入属实")
    move(clock, date(2022, 7, 6))
    take(village, "end-notice")
    take(town, "town-review", passed="yes")
    take(county, "county-decide", decision="approve", monitored_class="100A03001")
    take(town, "assign-helper", helper_no="B-017")
    take(county, "announce")

    assert CaseState.MONITORED == state(service, case_id)


def test_others_see_whose_step_it_is(as_person, case_id):
    """The county sees no form for the village's step, but who must take it."""
    text = as_person("county").get(f"/cases/{case_id}").text
    assert f"/cases/{case_id}/sign-authorisation" not in text
    assert "由村级办理" in text


def test_why_a_step_must_wait(as_person, case_id):
    """The village sees why the list cannot be sent yet."""
    assert "农户尚未签署" in as_person("shangcha").get(f"/cases/{case_id}").text


def test_refused_on_the_page(service, as_person, case_id):
    """A step somebody else's role takes is refused and changes nothing."""
    browser = as_person("guguan")
    page = browser.get(f"/cases/{case_id}")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "version": "1", "idempotency_key": "k1"}
    answer = browser.client.post(f"/cases/{case_id}/sign-authorisation", data=sent)
    assert 403 == answer.status_code
    with service.uow() as uow:
        assert not uow.cases.get(case_id).authorised


def test_another_village(as_person, case_id):
    """Another village sees neither the page nor the row."""
    browser = as_person("chaijia")
    assert 403 == browser.get(f"/cases/{case_id}").status_code
    assert case_id not in browser.get("/cases").text


def test_a_stale_version_is_a_conflict(service, as_program, case_id):
    """A program with an old version gets 409, and nothing is done."""
    answer = as_program("shangcha").post(f"/api/cases/{case_id}/sign-authorisation", json={"version": 9})
    assert (409, "stale_version") == (answer.status_code, answer.json()["code"])
    with service.uow() as uow:
        assert not uow.cases.get(case_id).authorised


def test_too_early(as_program, clock, case_id):
    """Ending the notice too early is a conflict that names the first possible day."""
    client = as_program("shangcha")
    for version, (step, body) in enumerate(
        [
            ("sign-authorisation", {}),
            ("send-for-comparison", {}),
            ("record-vote", {"agree": 9}),
            ("start-notice", {}),
        ],
        start=1,
    ):
        assert (
            200 == client.post(f"/api/cases/{case_id}/{step}", json={"version": version, **body}).status_code
        )
    answer = client.post(f"/api/cases/{case_id}/end-notice", json={"version": 5})
    assert (409, "2022-07-06") == (answer.status_code, answer.json()["details"]["earliest"])


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("record-vote", {"agree": -1}),
        ("record-vote", {"agree": "many"}),
        ("sign-authorisation", {"colour": "red"}),
        ("town-review", {"passed": "perhaps"}),
    ],
)
def test_bad_input(as_program, case_id, step, body):
    """Wrong types, unknown fields and values get 422 before anything is looked at."""
    login = "guguan" if step == "town-review" else "shangcha"
    answer = as_program(login).post(f"/api/cases/{case_id}/{step}", json={"version": 1, **body})
    assert 422 == answer.status_code


def test_what_was_noted_stays_in_the_office(service, clock, as_person, as_program, case_id):
    """The evaluator sees the procedure, but neither notes nor the names of the notice."""
    to_county_approval(service, clock, case_id)
    as_program("guguan").post(
        f"/api/cases/{case_id}/help-first", json={"version": 8, "note": "户主住在村东头"}
    )
    with service.uow() as uow:
        head = uow.households.get(uow.cases.get(case_id).household_id).head.name
    for told in (
        as_person("pinggu").get(f"/cases/{case_id}").text,
        as_program("pinggu").get(f"/api/cases/{case_id}").text,
    ):
        assert ("户主住在村东头" in told, head in told) == (False, False)
    office = as_person("guguan").get(f"/cases/{case_id}").text
    assert ("户主住在村东头" in office, f"户主：{head}" in office) == (True, True)


def test_the_county_sees_the_income_check(service, clock, as_person, case_id):
    """Before deciding, the county sees each class beside the income, marked where unconfirmed."""
    to_county_approval(service, clock, case_id)
    text = as_person("county").get(f"/cases/{case_id}").text
    assert ("脱贫不稳定户" in text, "没有收入台账" in text) == (True, True)


def test_timers_are_shown(service, clock, as_person, case_id):
    """The fifteen days turn red after their end, and say what they rest on."""
    move(clock, date(2022, 7, 20))
    text = as_person("county").get(f"/cases/{case_id}").text
    assert ("2022-07-16" in text, "已逾期" in text) == (True, True)


def test_the_list(service, clock, as_person, household_id, case_id):
    """Open cases are listed; a state can be picked."""
    browser = as_person("guguan")
    assert f"/cases/{case_id}" in browser.get("/cases").text
    assert f"/cases/{case_id}" not in browser.get("/cases?state=monitored").text
    to_monitored(service, clock, case_id)
    assert f"/cases/{case_id}" in as_person("guguan").get("/cases?state=monitored").text


def test_english(as_person, case_id):
    """Somebody who reads English gets the page in English."""
    text = as_person("english").get(f"/cases/{case_id}").text
    assert "Authorisation signed" in text


def test_what_the_town_sends_back_says_why(service, clock, as_person, case_id):
    """The village finds the reason beside its next step, until it takes that step."""
    page, why = f"/cases/{case_id}", "医疗费票据没有上传"
    village, town, county = "shangcha", "guguan", "county"
    for login, step, fields in (
        (village, "sign-authorisation", {}),
        (village, "send-for-comparison", {}),
        (county, "record-comparison", {}),
        (village, "record-vote", {"agree": "21"}),
        (village, "start-notice", {}),
    ):
        as_person(login).submit(page, f"{page}/{step}", **fields)
    move(clock, date(2022, 7, 6))
    as_person(village).submit(page, f"{page}/end-notice")
    as_person(town).submit(page, f"{page}/town-review", passed="no", note=why)
    assert f"乡镇 2022-07-06 退回：{why}" in as_person(village).get(page).text
    as_person(village).submit(page, f"{page}/send-for-comparison")
    assert f"退回：{why}" not in as_person(village).get(page).text
