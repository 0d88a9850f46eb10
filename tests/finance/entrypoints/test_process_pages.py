from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.finance.domain.cooperative import Distribution
from services.finance.service_layer import announcement, asset, cooperative, fund, project, upkeep
from services.finance.service_layer.step import TakeStep
from shared.contracts.envelope import COUNTY_CODE

DAY, VILLAGE, TOWN = date(2022, 2, 1), "610327102200", "610327102"
LISTS = (
    "/funds",
    "/fund-report",
    "/projects",
    "/announcements",
    "/assets",
    "/asset-inspections",
    "/asset-problems",
    "/facilities",
    "/keeper-pays",
    "/association-loans",
    "/station-incomes",
    "/firm-projects",
)
PAGES = (
    "/funds/{fund}",
    "/projects/{project}",
    "/announcements/{announcement}",
    "/assets/{asset}",
    "/asset-inspections/{inspection}",
    "/asset-problems/{problem}",
    "/facilities/{facility}",
    "/keeper-pays/{pay}",
    "/association-loans/{loan}",
    "/station-incomes/{income}",
    "/firm-projects/{firm}",
)


@pytest.fixture(name="ids")
def _ids(service):
    """One of each kind, in a village of the town."""
    policy, on, ids = service.project_policy, DAY, {}
    here: dict[str, Any] = {"area_code": VILLAGE, "on": on}
    ids["project"] = project.propose_project(
        project.ProposeProject(
            **here,
            project_no="X1",
            name="示例果园",
            year=2022,
            kind="industry",
            unit=TOWN,
            planned_fen=100_00,
        ),
        service.uow(),
    )
    ids["fund"] = fund.arrange_fund(
        fund.ArrangeFund(
            **here,
            line_no="Z1",
            year=2022,
            source="county",
            amount_fen=100_00,
            unit="县财政局",
            project_id=ids["project"],
        ),
        service.uow(),
        policy,
    )
    ids["announcement"] = announcement.owe_announcement(
        announcement.OweAnnouncement(area_code=TOWN, on=on, kind="plan", year=2022, unit=TOWN),
        service.uow(),
        policy,
    )
    _add_estate(service, ids, here)
    _add_cooperation(service, ids, here)
    return ids


def _add_estate(service, ids, here):
    policy = service.project_policy
    ids["asset"] = asset.form_asset(
        asset.FormAsset(
            **here,
            asset_no="A1",
            name="示例大棚",
            kind="operating",
            project_year=2021,
            unit=TOWN,
            value_fen=1,
        ),
        service.uow(),
        policy,
    )
    ids["inspection"] = asset.file_inspection(
        asset.FileInspection(
            area_code=COUNTY_CODE, on=DAY, quarter="2022Q1", unit="县乡村振兴局", assets_seen=1
        ),
        service.uow(),
    )
    found = asset.FindProblem(
        inspection_id=ids["inspection"], asset_id=ids["asset"], category="idle", unit=TOWN
    )
    ids["problem"] = asset.find_problem(found, service.uow(), policy)
    ids["facility"] = upkeep.list_facility(
        upkeep.ListFacility(**here, facility_no="S1", name="示例路", kind="road"), service.uow()
    )
    keepers = upkeep.NameKeepers(
        id=ids["facility"], on=DAY, keepers={"village": "示例管护员"}, wage_fen=500_00
    )
    upkeep.name_keepers(keepers, service.uow())
    service.sweep()
    with service.engine.connect() as connection:
        ids["pay"] = connection.exec_driver_sql("SELECT id FROM keeper_pay").scalar()


def _add_cooperation(service, ids, here):
    policy = service.project_policy
    ids["loan"] = cooperative.apply_to_association(
        cooperative.ApplyToAssociation(**here, association="示例协会", member_no="1", amount_fen=500_00),
        service.uow(),
        policy,
    )
    ids["income"] = cooperative.record_station_income(
        cooperative.RecordStationIncome(**here, station_no="G1", period="2021", income_fen=100_00),
        service.uow(),
        policy,
    )
    spent = cooperative.DistributeIncome(
        id=ids["income"], on=DAY, spent=Distribution(80_00, 0, 20_00, decided=True, announced=True)
    )
    cooperative.distribute_income(spent, service.uow(), policy)
    ids["firm"] = cooperative.apply_for_firm_project(
        cooperative.ApplyForFirmProject(
            **here, firm="示例厂", name="示例项目", kind="business", amount_fen=1
        ),
        service.uow(),
        policy,
    )


def test_every_page_opens_in_both_languages(as_person, ids):
    """Each list and each page answers, in the language of who reads it."""
    for login in ("county", "english"):
        browser = as_person(login)
        for path in (*LISTS, *PAGES):
            page = browser.get(path.format(**ids))
            assert 200 == page.status_code, path
            assert ('<html lang="en">' in page.text) == (login == "english"), path


@pytest.mark.usefixtures("ids")
def test_every_list_answers_programs_and_exports(as_program, as_person):
    """A list is JSON under /api and downloads as CSV with at least one row."""
    every, program, person = {"state": "all"}, as_program("county"), as_person("county")
    for path in LISTS:
        assert program.get(f"/api{path}", params=every).json()["items"], path
        exported = person.get(path, params={**every, "format": "csv"})
        assert 2 <= len(exported.text.strip().splitlines()), path


@pytest.mark.usefixtures("ids")
def test_another_town_sees_nothing_of_it(as_program):
    """A town's officer finds in no list what lies in another town, nor the county's inspections."""
    program = as_program("elsewhere")
    for path in LISTS:
        items = program.get(f"/api{path}", params={"state": "all"}).json()["items"]
        assert [] == [one for one in items if one.get("id")], path


@pytest.mark.usefixtures("ids")
def test_the_first_page_says_what_is_late(as_program):
    """Open and late by kind; a department that lends nothing sees no loans there."""
    waiting = as_program("county").get("/api").json()["waiting"]
    assert {"/funds": (1, 1), "/assets": (1, 1), "/association-loans": (1, 1)}.items() <= {
        one["path"]: (one["open"], one["late"]) for one in waiting
    }.items()
    other = as_program("renshe").get("/api").json()
    assert (False, False) == (other["lends"], "overdue" in other)


def test_a_page_of_another_town_is_not_found(as_program, ids):
    """What lies elsewhere looks as if it were not there."""
    codes = {as_program("elsewhere").get("/api" + path.format(**ids)).status_code for path in PAGES}
    assert {403} == codes


@pytest.mark.parametrize(
    ("login", "path"),
    [("renshe", "/funds"), ("renhang", "/funds"), ("renshe", "/facilities"), ("town", "/funds/{fund}/issue")],
)
def test_a_department_sees_what_the_plan_gives_it(as_program, ids, login, path):
    """Departments the item does not name see nothing; a town issues no money."""
    path = "/api" + path.format(**ids)
    program = as_program(login)
    answer = (
        program.post(path, json={"version": 1, "amount_fen": 1})
        if path.endswith("issue")
        else program.get(path)
    )
    assert (403, "not_permitted") == (answer.status_code, answer.json()["code"])


def test_a_project_from_the_proposal_to_its_acceptance_on_pages(as_person, outbox):
    """Three reviews, the library, how farmers share, the plan, start, progress, completion, acceptance."""
    county, town = as_person("county"), as_person("town")
    form = {
        "project_no": "X2",
        "name": "示例香菇大棚",
        "kind": "industry",
        "planned_fen": "1,000",
        "area_code": VILLAGE,
        "unit": TOWN,
    }
    page = town.submit("/projects", "/projects", **form).headers["location"]
    for review in ("compliance", "science", "feasibility"):
        county.submit(page, f"{page}/review", review=review, paper_no="1")
    county.submit(page, f"{page}/enter")
    town.submit(page, f"{page}/agree-benefit", modes=["work", "share"], ratio="6")
    county.submit(page, f"{page}/arrange")
    town.submit(page, f"{page}/start")
    town.submit(page, f"{page}/progress", percent="50")
    town.submit(page, f"{page}/complete")
    county.submit(page, f"{page}/accept")
    assert "已验收" in county.get(page).text
    assert [
        "project_entered",
        "project_benefit_agreed",
        "project_arranged",
        "project_started",
        "project_progressed",
        "project_completed",
        "project_accepted",
    ] == [event.type.split(".")[1] for event in outbox()]
    assert ["share", "work"] == outbox()[1].data["modes"]
    assert Decimal(6) == Decimal(outbox()[1].data["ratio"])


def test_money_in_the_users_words(as_program, ids):
    """More than was arranged cannot be issued; the refusal says how much is left."""
    program = as_program("county")
    refused = program.post(f"/api/funds/{ids['fund']}/issue", json={"version": 1, "amount_fen": 100_01})
    assert (409, "issued_beyond_arranged") == (refused.status_code, refused.json()["code"])
    assert "还可下达 100.00 元" in refused.json()["detail"]
    assert (
        200
        == program.post(
            f"/api/funds/{ids['fund']}/issue", json={"version": 1, "amount_fen": 100_00}
        ).status_code
    )
    paid = program.post(f"/api/funds/{ids['fund']}/pay", json={"version": 2, "amount_fen": 100_00})
    assert 200 == paid.status_code
    assert "paid" == program.get(f"/api/funds/{ids['fund']}").json()["process"]["state"]


BAD = [
    ("/api/funds", {"source": "moon", "line_no": "1", "amount_fen": 1, "area_code": VILLAGE}),
    (
        "/api/projects",
        {"project_no": "1", "name": "示例", "kind": "x", "planned_fen": 1, "area_code": VILLAGE},
    ),
    ("/api/assets", {"asset_no": "1", "name": "示例", "kind": "x", "project_year": 2021, "value_fen": 1}),
    ("/api/announcements", {"kind": "x", "unit": TOWN, "area_code": TOWN}),
    ("/api/firm-projects", {"firm": "示例", "name": "示例", "kind": "x", "amount_fen": 1}),
    ("/api/funds", {"line_no": "1", "amount_fen": 0, "area_code": VILLAGE, "unit": "县财政局"}),
    ("/api/funds", {"line_no": "1", "amount_fen": 5, "area_code": VILLAGE, "unit": "示例公司"}),
]


@pytest.mark.parametrize(("path", "body"), BAD)
def test_bad_input_changes_nothing(as_program, outbox, path, body):
    """Unknown codes, units and amounts are refused as such, and nothing is told."""
    answer = as_program("county").post(path, json={"area_code": VILLAGE, **body})
    assert (422, []) == (answer.status_code, outbox())


def test_an_announcement_is_checked_on_its_page(as_person, ids):
    """A wrong sum is said to be wrong; corrected, the announcement passes."""
    county, page = as_person("county"), f"/announcements/{ids['announcement']}"
    given = {"link": "https://example.invalid/1", "total_fen": "100", "fourth_fen": "90"}
    county.submit(page, f"{page}/publish", **given)
    assert "不符" in county.get(page).text
    county.submit(page, f"{page}/publish", **{**given, "fourth_fen": "100"})
    assert "核对合格" in county.get(page).text


def test_opening_forms_put_things_on_record(as_program, outbox):
    """What programs send to each list is on record afterwards, and told."""
    program, here = as_program("county"), {"area_code": VILLAGE}
    bodies = {
        "/api/assets": {
            "asset_no": "1",
            "name": "示例大棚",
            "project_year": 2021,
            "value_fen": 1,
            "unit": TOWN,
            **here,
        },
        "/api/asset-inspections": {"assets_seen": 3},
        "/api/facilities": {"facility_no": "1", "name": "示例路", **here},
        "/api/association-loans": {"association": "示例协会", "member_no": "1", "amount_fen": 5, **here},
        "/api/station-incomes": {"station_no": "1", "period": "2021", "income_fen": 5, **here},
        "/api/firm-projects": {"firm": "示例厂", "name": "示例项目", "amount_fen": 5, **here},
        "/api/announcements": {"kind": "plan", "unit": TOWN, "area_code": TOWN},
        "/api/funds": {"line_no": "1", "amount_fen": 5, **here},
    }
    for path, body in bodies.items():
        assert 201 == program.post(path, json=body).status_code, path
    assert len(bodies) == len(outbox())


def test_steps_that_say_nothing_but_their_day(as_program, ids):
    """Refusing, rejecting, reporting and closing a finding, sampling, auditing: each leads on."""
    program = as_program("county")
    steps: list[tuple[str, str, str, dict[str, Any], str]] = [
        ("association-loans", "loan", "refuse", {"reason": "use"}, "refused"),
        ("facilities", "facility", "sample", {"passed": True}, "listed"),
        ("facilities", "facility", "remove", {}, "removed"),
        ("asset-problems", "problem", "report", {}, "reported"),
        ("asset-problems", "problem", "send-back", {}, "open"),
        ("asset-problems", "problem", "report", {}, "reported"),
        ("asset-problems", "problem", "close", {}, "closed"),
        ("assets", "asset", "register", {"owner": "示例合作社"}, "registered"),
        ("assets", "asset", "audit", {"year": 2021}, "registered"),
        ("assets", "asset", "hand-over", {}, "handed_over"),
        ("assets", "asset", "dispose", {}, "disposed"),
        ("firm-projects", "firm", "reject", {}, "rejected"),
        ("projects", "project", "drop", {}, "dropped"),
    ]
    for path, name, step, body, state in steps:
        one = f"/api/{path}/{ids[name]}"
        version = program.get(one).json()["process"]["version"]
        assert 200 == program.post(f"{one}/{step}", json={"version": version, **body}).status_code, step
        assert state == program.get(one).json()["process"]["state"], step


def test_a_keeper_is_paid_on_the_page(as_person, service, ids):
    """February's pay does not exist in June's sweep of May; the pay found there is paid by one click."""
    county, page = as_person("county"), f"/keeper-pays/{ids['pay']}"
    county.submit(page, f"{page}/pay")
    assert "已发放" in county.get(page).text
    with service.uow() as uow:
        assert "202205" == uow.keeper_pays.get(ids["pay"]).month


def test_a_stale_version_is_refused(as_program, service, ids):
    """Two officers act on one project: the second has seen an older version."""
    command = project.SignReview(id=ids["project"], on=DAY, review="science")
    project.sign_review(command, service.uow())
    late = as_program("county").post(f"/api/projects/{ids['project']}/drop", json={"version": 1})
    assert (409, "stale_version") == (late.status_code, late.json()["code"])
    project.drop_project(TakeStep(id=ids["project"], on=DAY), service.uow())
