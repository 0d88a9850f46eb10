"""Documents and charts are fetched by those they are for, on pages and from the command line."""

import io
import zipfile
from datetime import timedelta

import docx
import openpyxl
import pytest

from services.evaluation.service_layer.assessment import DraftAssessment, draft_assessment
from shared.kernel.clock import at_hour
from tests.evaluation.samples import TODAY

TOWN = "610327109"
FILES = ("circular.docx", "scores.xlsx", "data.zip")


@pytest.fixture(name="drafted")
def _drafted(county):
    day = TODAY.replace(year=2022, month=12, day=31)
    return f"/assessments/{draft_assessment(DraftAssessment(day, TODAY), county.uow(), county.scores)}"


def test_the_evaluator_takes_everything(as_person, drafted):
    """The page leads to circular, score sheets, data and every unit's page, and each opens."""
    browser = as_person("pinggu")
    page = browser.get(f"{drafted}/documents").text
    assert f"{drafted}/documents" in browser.get(drafted).text
    assert all(name in page for name in (*FILES, f"units/{TOWN}/sheet.docx"))
    circular = browser.get(
        f"{drafted}/circular.docx?document_no=陇督通〔2023〕9号&dated=2023-02-01&reply_by="
    )
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(circular.content)).paragraphs)
    assert "陇督通〔2023〕9号" in text
    assert "2023年2月1日" in text
    assert (
        "各镇" in openpyxl.load_workbook(io.BytesIO(browser.get(f"{drafted}/scores.xlsx").content)).sheetnames
    )
    assert (
        "lines.parquet" in zipfile.ZipFile(io.BytesIO(browser.get(f"{drafted}/data.zip").content)).namelist()
    )


def test_who_takes_what(as_person, drafted):
    """A town takes its own sheets once they are shown, no other's, and no document of the county."""
    as_person("pinggu").submit(drafted, f"{drafted}/show")
    town = as_person("guguan")
    sheet = town.get(f"{drafted}/units/{TOWN}").text
    for name in ("sheet.docx", "scores.xlsx"):
        assert f"units/{TOWN}/{name}" in sheet
        assert 200 == town.get(f"{drafted}/units/{TOWN}/{name}").status_code
        assert 403 == town.get(f"{drafted}/units/610327112/{name}").status_code
    assert {403} == {town.get(f"{drafted}/{name}").status_code for name in (*FILES, "documents")}


def test_a_draft_is_kept_from_the_assessed(as_person, drafted):
    """Before it is shown a town does not find its sheet; a unit that is none is not found either."""
    assert 404 == as_person("guguan").get(f"{drafted}/units/{TOWN}/sheet.docx").status_code
    assert 404 == as_person("pinggu").get(f"{drafted}/units/nobody/sheet.docx").status_code


def test_a_wrong_day_is_refused(as_person, drafted):
    """A day that is none is named, and no file is given."""
    assert 422 == as_person("pinggu").get(f"{drafted}/circular.docx?dated=gestern").status_code


def test_charts_on_pages(as_person, county):
    """Tiles, distribution and the months of a unit, with the figures beside; in English too."""
    county.clock.set(at_hour(TODAY + timedelta(days=2), 9))
    for login, words in (("guguan", "固关镇各月得分"), ("english", "End of month")):
        page = as_person(login).get("/charts?last=2022-03-31")
        assert 200 == page.status_code
        assert words in page.text
        assert 4 == page.text.count('role="img"')
    assert 404 == as_person("pinggu").get("/charts?unit=nobody").status_code


def test_the_documents_page_in_english(as_person, drafted):
    """Who reads English reads the page of documents in it."""
    answer = as_person("english").get(f"{drafted}/documents")
    assert (200, True) == (answer.status_code, "Year-end circular" in answer.text)
