"""Return visits and reopenings on the pages."""

from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from tests.monitoring.case_kit import case_of, move, registered, to_monitored

DAY = date(2022, 8, 1)
STABLE = dict.fromkeys(("income_above_line", "safeguards_hold", "risk_gone", "spending_solved"), "yes")


@pytest.fixture
def path(service, clock):
    """The page of the return visits to a household eliminated on 1 August."""
    case_id = case_of(service, registered(service))
    to_monitored(service, clock, case_id)
    move(clock, DAY)
    with service.uow() as uow:
        case = uow.cases.get(case_id)
        case.eliminate(Acting(DAY, "acc", ""))
        uow.cases.save(case)
        uow.commit()
    return f"/cases/{case_id}/return-visits"


def test_a_visit_is_a_task_a_month_before(as_person, clock, path):
    """Due on 1 November: no task on 1 October, one on the 2nd."""
    move(clock, date(2022, 10, 1))
    assert path not in as_person("shangcha").get("/").text
    move(clock, date(2022, 10, 2))
    assert path in as_person("shangcha").get("/").text


def test_unstable(as_person, service, path):
    """An unstable household waits for the county, which rolls the elimination back on the page."""
    village, county = as_person("shangcha"), as_person("county")
    assert 422 == village.submit(path, path).status_code
    assert 303 == village.submit(path, path, **STABLE | {"income_above_line": "no"}).status_code
    assert "应回退" in village.get(path).text
    page = county.get("/reopenings").text
    where = page[page.index("/reopenings/") :].split('"')[0]
    assert where in county.get("/").text
    assert where not in as_person("guguan").get("/").text
    sent = {"outcome": "rolled_back", "note": "收入回落，继续帮扶"}
    assert 303 == county.submit(where, f"{where}/settle", **sent).status_code
    assert "已回退" in county.get(where).text
    assert "不需要回访" in village.get(path).text


def test_stable(as_person, path):
    """A stable household needs nothing more; the page says so in English too."""
    assert 303 == as_person("shangcha").submit(path, path, **STABLE).status_code
    assert "stable" in as_person("english").get(path).text
    assert "没有需要复核的事项" in as_person("county").get("/reopenings").text


def test_households_without_labour(as_person, service, clock):
    """A monitored household nobody can work in is listed, red until it has an allowance; others are not."""
    case_id = case_of(service, registered(service))
    to_monitored(service, clock, case_id)
    county = as_person("county")
    assert case_id not in county.get("/last-resort").text

    def change(assignment):
        with service.uow() as uow:
            uow.connection.exec_driver_sql(f"UPDATE members SET {assignment}")
            uow.commit()
        return county.get("/last-resort").text

    page = change("labour_skill = '004'")
    assert (case_id in page, "未享受低保或特困供养" in page) == (True, True)
    assert "已享受低保或特困供养" in change("low_income = '2'")


def test_notes_are_the_office_s(as_program, as_person, path):
    """What somebody wrote at a visit is told to the village, not to who only assesses."""
    as_person("shangcha").submit(path, path, **STABLE, note="邻居王某某也在场")
    assert "邻居王某某也在场" in as_program("shangcha").get(f"/api{path}").text
    assert "邻居王某某也在场" not in as_program("pinggu").get(f"/api{path}").text
