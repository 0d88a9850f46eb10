"""The pages of education, medical care and social assistance, as the offices and the village use them."""

import shutil
from datetime import date

import pytest

from services.monitoring.service_layer.assistance.entitlement import FindEntitlements, find_entitlements
from services.monitoring.service_layer.education.student_aid import GenerateStudentAid, generate_student_aid
from services.monitoring.service_layer.medical.disease import ListDiseases, list_diseases
from shared.accounts import NewAccount
from tests.monitoring.entrypoints.conftest import create_accounts
from tests.monitoring.guarantee_kit import drop_out, needy, only

OFFICES = (("jiaoti", "县教体局"), ("weijian", "县卫健局"), ("minzheng", "县民政局"), ("canlian", "县残联"))
ON = date(2022, 6, 20)
PATHS = {
    "jiaoti": ("/education/dropouts", "/education/aids", "/education/home-teaching", "/education/pairing"),
    "yibao": ("/medical/uninsured", "/medical/covers", "/medical/stays", "/medical/diseases"),
    "minzheng": ("/assistance/entitlements", "/assistance/reliefs", "/assistance/care"),
}
NAMES = ("赵甲一", "钱乙二", "孙丙三", "李丁四")


@pytest.fixture(name="accounts_file", scope="module")
def _accounts_file(accounts_file, tmp_path_factory):
    """The offices whose registers these are have accounts too."""
    more = [NewAccount(login, login, "department", unit, "610327") for login, unit in OFFICES]
    file = tmp_path_factory.mktemp("offices") / "accounts.db"
    return create_accounts(shutil.copy(accounts_file, file), more)


@pytest.fixture(name="home")
def _home(service):
    """A family with something on every register."""
    home = needy(service)
    drop_out(service, home.id, home.members[2].id)
    aid = GenerateStudentAid(term="20221", on=ON)
    generate_student_aid(aid, service.uow(), service.education.aid)
    for kind in ("single_person", "disability_care"):
        command = FindEntitlements(kind=kind, on=ON)
        find_entitlements(command, service.uow(), service.assistance)
    list_diseases(ListDiseases(kind="chronic", on=ON), service.uow(), service.medical.disease)
    return home


@pytest.mark.parametrize("login", ["jiaoti", "yibao", "minzheng"])
@pytest.mark.usefixtures("home")
def test_each_office_has_its_registers(as_person, login):
    """An office sees its own registers; another office's are closed to it."""
    browser = as_person(login)
    for office, paths in PATHS.items():
        answers = {path: browser.get(path).status_code for path in paths}
        assert dict.fromkeys(paths, 200 if office == login else 403) == answers


@pytest.mark.parametrize("login", ["county", "guguan", "shangcha", "english"])
@pytest.mark.usefixtures("home")
def test_town_and_village_see_all_of_their_own(as_person, login):
    """County, town and village see every register, in Chinese and in English."""
    browser = as_person(login)
    for paths in PATHS.values():
        assert [200] * len(paths) == [browser.get(path).status_code for path in paths]


@pytest.mark.usefixtures("home")
def test_another_village_sees_nobody(as_person):
    """The lists of another village do not name the family."""
    browser = as_person("chaijia")
    for path in (path for paths in PATHS.values() for path in paths):
        assert "H009" not in browser.get(path).text, path


@pytest.mark.usefixtures("home")
def test_who_only_assesses_sees_no_name(as_person, as_program):
    """No name, teacher or note is told to the evaluator, on pages, as JSON or as CSV."""
    browser, program = as_person("pinggu"), as_program("pinggu")
    for path in (path for paths in PATHS.values() for path in paths):
        said = browser.get(path).text + program.get(f"/api{path}").text
        said += browser.get(f"{path}?format=csv").content.decode("utf-8-sig")
        assert [] == [name for name in NAMES if name in said], path


def test_a_dropout_from_task_to_end(service, as_person, home, outbox):
    """The bureau finds the child among its tasks, names the seven, and ends the case on its page."""
    with service.uow() as uow:
        path = f"/education/dropouts/{only(uow.education.dropouts).id}"
    assert path in as_person("shangcha").get("/").text
    browser = as_person("jiaoti")
    assert path in browser.get("/").text
    assert 303 == browser.submit(path, f"{path}/responsible", head="X-1").status_code
    answer = browser.submit(path, f"{path}/end", result="returned", school_status="004", on="2022-06-25")
    assert (303, path) == (answer.status_code, answer.headers["location"])
    assert ["returned"] == [one["result"] for one in outbox("monitoring.dropout_ended.v1")]


@pytest.mark.usefixtures("home")
def test_a_terms_aid_is_paid_at_once(as_person, outbox):
    """The bureau's task leads to the list of the term, where everybody is paid with one form."""
    browser = as_person("jiaoti")
    assert "/education/aids?term=20221&amp;kind=yulu&amp;state=due" in browser.get("/").text
    answer = browser.submit("/education/aids?term=20221", "/education/aids/pay", term="20221", kind="")
    assert 303 == answer.status_code
    assert 3 == len(outbox("monitoring.student_aid_paid.v1"))


def test_a_list_pasted_from_a_sheet(as_person, as_program, home, outbox):
    """The insurance office pastes lines; the county sees who is not insured; a wrong line is named."""
    office = as_person("yibao")
    numbers = [one.person_no for one in home.members]
    sent = {"year": "2022", "rows": f"{numbers[0]}\t城乡居民\t100\n{numbers[1]}，未参保\n"}
    assert 303 == office.submit("/medical/covers", "/medical/covers", **sent).status_code
    assert [10_000, 0] == [one["subsidy_fen"] for one in outbox("monitoring.medical_cover_recorded.v1")]
    assert numbers[1] in as_person("county").get("/medical/uninsured").text
    wrong = as_program("yibao").post("/api/medical/covers", json={"year": 2022, "rows": "nobody,none"})
    assert ("unknown_person_no", True) == (wrong.json()["code"], "第1行" in wrong.text)


def test_a_stay_from_the_household_to_its_settlement(as_person, home, outbox):
    """The village records a stay on the household's page; the insurance office settles it."""
    page, who = f"/households/{home.id}/guarantees", home.members[1].id
    sent = {"person_id": who, "hospital": "县医院", "in_county": "true", "left_on": "2022-06-28"}
    answer = as_person("shangcha").submit(page, f"/households/{home.id}/stays", **sent)
    path = answer.headers["location"]
    bill = {
        "total": "10000",
        "basic": "6000",
        "critical": "1000",
        "relief": "500",
        "said_self_paid": "2501.83",
    }
    office = as_person("yibao")
    assert path in office.get("/").text
    assert 303 == office.submit(path, f"{path}/settle", **bill).status_code
    assert [250_000] == [one["self_paid_fen"] for one in outbox("monitoring.inpatient_settled.v1")]
    assert "1.83" in office.get(path).text


def test_assistance_is_decided_by_its_own_office(as_person, home, outbox):
    """The federation grants the care allowance; civil affairs is not offered it."""
    kind = "disability_care"
    told = [one for one in outbox("monitoring.assistance_due.v1") if one["kind"] == kind]
    path = f"/assistance/entitlements/{told[0]['entitlement_id']}"
    assert f"{path}/grant" not in as_person("minzheng").get(path).text
    browser = as_person("canlian")
    assert f"/assistance/entitlements?kind={kind}&amp;state=found" in browser.get("/").text
    assert 303 == browser.submit(path, f"{path}/grant", monthly_fen="80", on="2022-06-25").status_code
    paid = browser.submit(
        "/assistance/entitlements", "/assistance/allowances", month="202206", kind="", on="2022-07-01"
    )
    assert 303 == paid.status_code
    assert [(kind, 8_000)] == [
        (one["kind"], one["amount_fen"]) for one in outbox("monitoring.allowance_paid.v1")
    ]


def test_relief_within_and_beyond_the_towns_tier(as_program, home):
    """The town decides its own tier; what is the county's it may not."""
    village, town = as_program("shangcha"), as_program("guguan")
    codes = []
    for tier in ("town", "county"):
        asked = village.post(f"/api/households/{home.id}/reliefs", json={"tier": tier, "cause": "illness"})
        path = f"/api/assistance/reliefs/{asked.json()['id']}/grant"
        codes.append(town.post(path, json={"version": 1, "amount_fen": 50_000}).status_code)
    assert [200, 409] == codes


def test_relief_asked_for_twice_is_seen(as_program, as_person, home):
    """Whoever decides sees another application for the same cause; one for another cause is not named."""
    village = as_program("shangcha")
    first, second, other = (
        village.post(f"/api/households/{home.id}/reliefs", json={"tier": "town", "cause": cause}).json()["id"]
        for cause in ("illness", "illness", "accident")
    )
    page = as_person("guguan").get(f"/assistance/reliefs/{second}").text
    assert f"/assistance/reliefs/{first}" in page
    assert "同一事由另有申请" in page
    assert f"/assistance/reliefs/{other}" not in page


def test_everything_of_a_household_on_one_page(as_person, home):
    """The household's page lists every register and offers what may be begun."""
    page = as_person("shangcha").get(f"/households/{home.id}/guarantees").text
    for words in ("失学辍学", "雨露计划", "重病重残单人保", "病种待核"):
        assert words in page
    for action in ("stays", "diseases", "entitlements", "reliefs", "care", "home-teaching", "pairing"):
        assert f'action="/households/{home.id}/{action}"' in page
