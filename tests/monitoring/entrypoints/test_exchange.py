import io

import openpyxl
import pytest

from services.monitoring.service_layer.exchange.working import work_on_waiting
from tests.monitoring.exchange_kit import LIST, applied, person_row, table
from tests.monitoring.kit import VILLAGE


@pytest.fixture
def wanted(service):
    return service.formats[LIST]


def families(count=2):
    return [person_row(number, place) for number in range(1, count + 1) for place in (1, 2, 3)]


def send(browser, path, **fields):
    """Fill in the form on the page of imports and send the file."""
    from tests.monitoring.entrypoints.conftest import forms

    page = browser.get("/imports")
    hidden = next(one[1] for one in forms(page.text) if one[0] == "/imports")
    with path.open("rb") as stream:
        told = {**hidden, "format": LIST, "month": "", **fields}
        return browser.client.post("/imports", data=told, files={"file": (path.name, stream)})


def sheet(content):
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values]


def test_an_official_imports_a_list(as_person, tmp_path, wanted):
    """Sent, previewed, confirmed: the households are on the page of households."""
    browser = as_person("county")
    sent = send(browser, table(tmp_path / "名单.xlsx", families(), wanted))
    assert 303 == sent.status_code
    page = browser.get(sent.headers["location"])
    assert "待确认" in page.text
    assert "确认导入：已脱贫人口名单" in browser.get("/").text
    done = browser.submit(sent.headers["location"], sent.headers["location"] + "/approve")
    assert "已导入" in browser.get(done.headers["location"]).text
    assert "H000002" in browser.get("/households").text
    assert "名单.xlsx" in browser.get("/imports").text


def test_wrong_rows_come_back_with_their_reasons(as_person, tmp_path, wanted):
    """The file comes back with the reason beside each wrong row, wrong ones first; nothing is confirmed."""
    rows = families()
    rows[4]["relation"] = "邻居"
    browser = as_person("guguan")
    path = send(browser, table(tmp_path / "a.xlsx", rows, wanted)).headers["location"]
    page = browser.get(path).text
    assert "与户主关系：不在规定的选项之中" in page
    assert f'action="{path}/approve"' not in page
    only = sheet(browser.get(f"{path}/errors").content)
    assert ["错误原因", "原行号", "序号"] == only[0][:3]
    assert [["与户主关系：不在规定的选项之中", 6]] == [row[:2] for row in only[1:]]
    every = sheet(browser.get(f"{path}/errors?rows=all").content)
    assert (7, 6, None) == (len(every), every[1][1], every[2][0])


def test_a_corrected_file_of_errors_can_be_sent_again(as_person, tmp_path, wanted):
    """The whole file, corrected where it was wrong, imports as it is: its first columns are passed over."""
    rows = families()
    rows[4]["relation"] = "邻居"
    browser = as_person("county")
    path = send(browser, table(tmp_path / "a.xlsx", rows, wanted)).headers["location"]
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{path}/errors?rows=all").content))
    for row in book.worksheets[0].iter_rows(min_row=2):
        for cell in row:
            cell.value = "配偶" if cell.value == "邻居" else cell.value
    book.save(tmp_path / "b.xlsx")
    again = browser.get(send(browser, tmp_path / "b.xlsx").headers["location"]).text
    assert "确认导入" in again


def test_a_change_is_shown_before_it_is_made(as_person, service, tmp_path, wanted):
    """The preview says old and new in words, and hides numbers."""
    applied(service, table(tmp_path / "a.csv", families(), wanted))
    rows = [row | {"labour_skill": "003", "household_phone": "13900139000"} for row in families()]
    browser = as_person("county")
    page = browser.get(send(browser, table(tmp_path / "b.csv", rows, wanted)).headers["location"]).text
    assert "劳动技能：普通劳动力→丧失劳动力" in page
    assert "13900139000" not in page


def test_a_department_sends_only_its_own_lists(as_person, as_program, tmp_path, service):
    """The health-insurance bureau may send its lists, sees its own imports, and no other department's."""
    own = table(
        tmp_path / "a.csv",
        [{"id_number": person_row()["id_number"], "insured": True}],
        service.formats["insured"],
    )
    browser = as_person("yibao")
    sent = send(browser, own, format="insured", month="202206")
    assert 303 == sent.status_code
    foreign = send(browser, own, format="low_income_aid", month="202206")
    assert 403 == foreign.status_code
    assert 200 == as_program("county").get(f"/api{sent.headers['location']}").status_code
    for login, status in (("guguan", 403), ("shangcha", 403), ("yunwei", 403)):
        assert status == as_program(login).get(f"/api{sent.headers['location']}").status_code


def test_a_town_sends_no_departments_list(as_person, tmp_path, service):
    """A list speaks for the whole county; the form does not offer it to a town, nor is it taken unoffered."""
    rows = [{"id_number": person_row()["id_number"], "insured": True}]
    path = table(tmp_path / "a.csv", rows, service.formats["insured"])
    refused = send(as_person("guguan"), path, format="insured", month="202206", complete="true")
    assert 403 == refused.status_code
    assert "县医保局" in refused.text


def test_a_large_file_is_left_to_the_worker(as_program, service, tmp_path, wanted, monkeypatch):
    """What takes long is read by the worker; the page says so meanwhile."""
    from services.monitoring.entrypoints.web.exchange import imports

    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)
    program = as_program("county")
    path = table(tmp_path / "a.csv", families(), wanted)
    with path.open("rb") as stream:
        sent = program.post("/api/imports", data={"format": LIST}, files={"file": ("a.csv", stream)})
    assert 201 == sent.status_code
    where = f"/api/imports/{sent.json()['id']}"
    assert "uploaded" == program.get(where).json()["job"]["state"]
    assert 1 == work_on_waiting(service.desk())
    assert {"new": 6, "changed": 0, "unchanged": 0, "failed": 0, "households": 2} == program.get(
        where
    ).json()["counts"]


def test_a_list_is_exported_masked_and_whole_only_with_a_reason(
    as_person, as_program, service, tmp_path, wanted
):
    """Masked by default; whole numbers need a reason, which everybody may read in the list of exports."""
    applied(service, table(tmp_path / "a.csv", families(), wanted))
    whole = person_row(1, 1)["id_number"]
    browser = as_person("county")
    given = {"format": LIST, "area_code": VILLAGE, "file_kind": "xlsx"}
    asked = browser.submit("/exports", "/exports", **given)
    rows = sheet(browser.get(asked.headers["location"] + "/file").content)
    assert [column.heading for column in wanted.columns] == rows[0]
    assert (7, "赵乙", 3) == (len(rows), rows[1][7], rows[1][9])
    assert whole not in str(rows)
    refused = browser.submit("/exports", "/exports", **given, whole_numbers="true")
    assert 422 == refused.status_code
    asked = browser.submit("/exports", "/exports", **given, whole_numbers="true", reason="报送市局年度比对")
    file = asked.headers["location"] + "/file"
    assert whole in str(sheet(browser.get(file).content))
    assert "报送市局年度比对" in browser.get("/exports").text
    assert 404 == as_program("guguan").get(f"/api{file}").status_code


def test_a_town_exports_only_its_own(as_program):
    """A town cannot ask for the county."""
    asked = as_program("guguan").post(
        "/api/exports", json={"format": LIST, "area_code": "610327", "file_kind": "csv"}
    )
    assert 403 == asked.status_code


def test_an_exported_list_comes_back_unchanged(as_person, service, tmp_path, wanted):
    """What goes out whole is, sent in again, what is on record."""
    applied(service, table(tmp_path / "a.csv", families(), wanted))
    browser = as_person("county")
    given = {"format": LIST, "area_code": "610327", "file_kind": "csv", "whole_numbers": "true"}
    asked = browser.submit("/exports", "/exports", **given, reason="核对台账")
    path = tmp_path / "b.csv"
    path.write_bytes(browser.get(asked.headers["location"] + "/file").content)
    page = browser.get(send(browser, path).headers["location"]).text
    assert "文件与台账一致" in page
