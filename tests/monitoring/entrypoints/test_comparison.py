"""The pages of lists, warnings, differences, pushes and comparisons of cases, used as people use them."""

from datetime import date

import pytest

from services.monitoring.adapters.tables import (
    case_comparisons,
    comparison_differences,
    department_warnings,
    pushes,
)
from services.monitoring.domain.comparison.row import SchoolRollRow
from tests.monitoring.comparison_kit import (
    HEAD_NUMBER,
    SON_NUMBER,
    cost,
    deliver,
    differences,
    insured,
    kept,
)
from tests.monitoring.kit import VILLAGE

PAGES = (
    "/department-lists",
    "/warnings",
    "/warnings/statistics",
    "/differences",
    "/pushes",
    "/case-comparisons",
)


@pytest.fixture
def listed(service, household):
    """A list of health insurance that makes a warning, and one that makes a difference."""
    first = deliver(service, "medical_cost", cost(inpatient=2_100_000, name="某"))
    deliver(service, "insured", insured(yes=False))
    return first


@pytest.mark.parametrize("month", ["202299", "000000", "000001", "202213", "²²²²²²", "20220a", "1"])
@pytest.mark.parametrize("page", ["/department-lists", "/warnings", "/warnings/statistics"])
def test_a_month_that_is_none_shows_the_usual_one(as_person, listed, page, month):
    """An address somebody typed or cut short is no failure: the page is that of the usual month."""
    answer = as_person("county").get(f"{page}?month={month}")
    assert 200 == answer.status_code
    assert "2022年6月" in answer.text or page != "/department-lists"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("login", ["county", "yibao"])
def test_pages_are_shown(as_person, listed, page, login):
    """County and department see each page."""
    assert 200 == as_person(login).get(page).status_code


def test_one_of_each_is_shown(as_person, service, listed):
    """A list, a warning and a difference each have a page, in both languages."""
    (warning,) = kept(service, department_warnings, "id")[0]
    (difference,) = kept(service, comparison_differences, "id")[0]
    county, village = as_person("county"), as_person("english")
    assert "赵甲一" in county.get(f"/department-lists/{listed}").text
    assert "YB-02" in county.get(f"/warnings/{warning}").text
    assert "YB-02" in village.get(f"/warnings/{warning}").text
    assert "basic medical insurance" in village.get(f"/differences/{difference}").text


def test_department_sees_only_its_own(as_program, service, household):
    """Health insurance is refused education's list, and its statistics have its own rules only."""
    school = deliver(
        service, "school_roll", SchoolRollRow(id_number=SON_NUMBER, enrolled=True, attending=True)
    )
    assert 403 == as_program("yibao").get(f"/api/department-lists/{school}").status_code
    shown = as_program("yibao").get("/api/warnings/statistics").json()["items"]
    assert {"YB-01", "YB-02", "YB-03", "YB-04"} == {one["id"] for one in shown}


def test_other_village_does_not_see_the_warning(as_program, service, listed):
    """A warning is seen in its own village."""
    (warning,) = kept(service, department_warnings, "id")[0]
    assert 403 == as_program("chaijia").get(f"/api/warnings/{warning}").status_code


def test_difference_goes_to_the_department_and_is_answered_with_its_push(as_person, service, listed, outbox):
    """The village asks the department; the county pushes; the department corrects its list: all is closed."""
    (difference,) = kept(service, comparison_differences, "id")[0]
    path = f"/differences/{difference}"
    village = as_person("shangcha")
    village.submit(path, f"{path}/register", step="ask_department", note="本人在外地参保")
    county = as_person("county")
    assert 303 == county.submit("/pushes", "/pushes/send-all").status_code
    yibao = as_person("yibao")
    assert "核对比对差异" in yibao.get("/").text
    yibao.submit(path, f"{path}/department", step="correct_list")
    assert [("insured", "no", "yes", "closed", "department_corrected")] == differences(service)
    assert 1 == len(outbox("monitoring.push_answered.v1"))


def test_department_answers_the_push_of_results(as_person, as_program, service, listed):
    """The warning's result is pushed once it is known, and taken note of with a click."""
    (clue,) = kept(service, department_warnings, "clue_id")[0]
    as_person("shangcha").submit(f"/clues/{clue}", f"/clues/{clue}/verify", outcome="no_risk")
    as_person("county").submit("/pushes", "/pushes/send-all")
    (push,) = kept(service, pushes, "id")[0]
    yibao = as_person("yibao")
    answer = yibao.submit(f"/pushes/{push}", f"/pushes/{push}/answer", note="已阅")
    assert (303, [("已阅",)]) == (answer.status_code, kept(service, pushes, "note"))


def test_departments_are_asked_when_a_case_is_sent_and_answer_on_their_page(as_person, service, listed):
    """Sent for comparison, the case is on the departments' pages; an answer shows on the case."""
    (clue,) = kept(service, department_warnings, "clue_id")[0]
    village = as_person("shangcha")
    case = village.submit(f"/clues/{clue}", f"/clues/{clue}/verify", outcome="risk").headers["location"]
    village.submit(case, f"{case}/sign-authorisation")
    village.submit(case, f"{case}/send-for-comparison")
    asked = kept(service, case_comparisons, "id", "department", "state")
    assert asked, "nobody was asked"
    one = next(id_ for id_, department, _ in asked if department == "县公安局")
    county = as_person("county")
    page = f"/case-comparisons/{one}"
    assert "赵甲一" in county.get(page).text
    county.submit(page, f"{page}/nothing")
    town = next(id_ for id_, department, _ in asked if department == "镇人民政府")
    page = f"/case-comparisons/{town}"
    guguan = as_person("guguan")
    assert HEAD_NUMBER not in guguan.get(page).text
    guguan.submit(page, f"{page}/numbers")
    assert HEAD_NUMBER in guguan.get(page).text
    fields = {"found.0.check": "cadre", "found.0.note": "现任村监委会成员"}
    assert 303 == guguan.submit(page, f"{page}/findings", **fields).status_code
    assert "现任村监委会成员" in county.get(f"{case}/comparison").text
    assert "未发现" in county.get(f"{case}/comparison").text
    assert "现任村监委会成员" in village.get(f"{case}/comparison").text
    for stranger in ("yibao", "pinggu"):
        assert "现任村监委会成员" not in as_person(stranger).get(f"{case}/comparison").text


def test_matches_by_name_are_decided_on_the_page(as_person, service, household):
    """The department says that it is the same person, and the row counts."""
    one = deliver(
        service,
        "medical_cost",
        cost("", inpatient=2_100_000, name="赵甲一", born_on=date(1978, 3, 5), area_code=VILLAGE),
    )
    path = f"/department-lists/{one}"
    as_person("yibao").submit(path, f"{path}/match", same="yes")
    assert [("YB-02", "to_check")] == kept(service, department_warnings, "rule", "state")
