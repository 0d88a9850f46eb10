"""Reports on their pages: from what is owed to the county's table in a workbook."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from services.monitoring.domain.report.period import period_of
from services.monitoring.domain.report.report import Report
from services.monitoring.service_layer.clue import ReportClue, report_clue
from services.monitoring.service_layer.report import owe_reports

WEEK = period_of("weekly", date(2022, 6, 22))


@pytest.fixture
def report(service, household):
    """The weekly report of 固关镇 for the week in which a clue was reported."""
    told = ReportClue(household_id=household, risk="100A27001", source="03", on=date(2022, 6, 22))
    report_clue(told, service.uow(), service.clue_policy)
    owe_reports(date(2022, 6, 27), service.uow(), service.report_policy)
    return Report.owed("610327109", WEEK, service.report_policy).id


def submit(browser, report):
    path = f"/reports/{report}"
    answer = browser.submit(path, f"{path}/submit")
    assert 303 == answer.status_code, answer.text


def test_from_owed_to_locked(as_person, report, outbox):
    """The town finds it among its tasks and hands it in, the county returns it, then locks the second."""
    town, county = as_person("guguan"), as_person("county")
    path = f"/reports/{report}"
    assert path in town.get("/").text
    assert path not in county.get("/").text
    submit(town, report)
    assert path in county.get("/").text
    answer = county.submit(path, f"{path}/return", reason="incomplete", note="请核对线索来源")
    assert 303 == answer.status_code
    assert "请核对线索来源" in town.get(path).text
    submit(town, report)
    assert 303 == county.submit(path, f"{path}/lock").status_code
    page = county.get(path).text
    assert "已审核锁定" in page
    assert f"{path}/return" not in page
    assert f"{path}?number=1" in page
    assert [1, 2] == [one["version"] for one in outbox("monitoring.report_submitted.v1")]


def test_every_number_opens_what_it_counts(as_person, report, household):
    """The clue that is counted stands behind the number, before and after the report is handed in."""
    town = as_person("guguan")
    path = f"/reports/{report}/figures/clues_reported.03"
    assert path in town.get(f"/reports/{report}").text
    assert "H001" in town.get(path).text
    submit(town, report)
    kept = town.get(f"{path}?number=1").text
    assert "/clues/" in kept
    assert "H001" in kept
    assert f"/households/{household}" in as_person("pinggu").get(f"{path}?number=1").text
    assert 404 == town.get(f"/reports/{report}/figures/nothing").status_code


def test_another_town_sees_nothing(as_person, as_program, report):
    """A village has no reports; a county does not hand in; what was not handed in has no workbook."""
    assert 403 == as_person("shangcha").get("/reports").status_code
    answer = as_program("county").post(f"/api/reports/{report}/submit", json={"version": 1})
    assert 403 == answer.status_code
    assert 404 == as_person("guguan").get(f"/reports/{report}/workbook").status_code


@pytest.mark.parametrize("path", ["/county-reports/weekly/2022W25/workbook", "/reports/{report}/workbook"])
def test_the_official_table(as_person, report, path):
    """The workbook has title, who reports, the figures and the line for signatures."""
    submit(as_person("guguan"), report)
    answer = as_person("county").get(path.format(report=report))
    assert 200 == answer.status_code
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    title, reporter, last = (str(rows[number][0]) for number in (0, 1, -1))
    assert "周报" in title
    assert reporter.startswith("填报单位")
    figures = {row[0]: row[2] for row in rows[3:]}
    assert 1 == figures["本周线索（按来源）：一键报贫或热线"]
    assert last.startswith("填报人")


def test_the_county_sees_who_is_missing(as_person, report):
    """One town handed in, nine are missing: their columns are dashes, and the sum is of the one."""
    submit(as_person("guguan"), report)
    county = as_person("county")
    assert "2022W25" in county.get("/county-reports").text
    page = county.get("/county-reports/weekly/2022W25").text
    assert "固关镇" in page
    assert "—" in page
    assert "Contents" not in page
    path = "/county-reports/weekly/2022W25/figures/clues_reported.03"
    assert path in page
    assert "H001" in county.get(path).text
    assert f"/reports/{report}/figures/clues_reported.03?number=1" in page
    assert 404 == county.get("/county-reports/weekly/2030W01").status_code
    assert 404 == county.get("/county-reports/yearly/2022W25").status_code


def test_reports_in_english(as_person, report, service):
    """An English reader of the assessment office reads names of figures, not codes."""
    client = as_person("pinggu")
    client.get("/language/en")
    page = client.get(f"/reports/{report}").text
    assert 200 == client.get("/reports").status_code
    assert "clues_reported" not in page.replace("/figures/clues_reported", "")
