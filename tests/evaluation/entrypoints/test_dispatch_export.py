import io

import openpyxl

from shared.kernel.ids import derived_id

TOWN = "610327109"


def book_of(answer, *, values=True):
    assert 200 == answer.status_code, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.content), data_only=values)


def filed(browser, **told):
    """File January for the town, with one problem."""
    path = f"/dispatch/{derived_id('progress', 'town', '', TOWN, '202301')}"
    given = {
        "version": "1",
        "tasks_due": "8",
        "tasks_done": "6",
        "money_fen": "1200.50",
        "next_month": "修渠",
    }
    problem = {
        "problems.0.text": "=缺少管材",
        "problems.0.unit": "县水利局",
        "problems.0.due_on": "2023-02-10",
    }
    assert 303 == browser.submit(path, f"{path}/file", **given, **problem, **told).status_code


def test_a_month_as_a_workbook(as_person, county):
    """What a town filed stands in it, with sums as formulas that hold their values; no text is a formula."""
    county.sweep()
    filed(as_person("guguan"))
    evaluator = as_person("pinggu")
    assert "/dispatch/workbook.xlsx?month=202301" in evaluator.get("/dispatch?month=202301").text
    answer = evaluator.get("/dispatch/workbook.xlsx?month=202301")
    values, formulas = book_of(answer), book_of(answer, values=False)
    rows = {row[1]: row for row in values["各镇"].iter_rows(min_row=4, values_only=True)}
    assert (8, 6, 0.75, 1200.5, 1) == rows["固关镇"][4:9]
    assert 10 == len([one for one in rows if one])
    last = values["各镇"].max_row
    assert ("=SUM(E4:E13)", 8) == (formulas["各镇"].cell(last, 5).value, values["各镇"].cell(last, 5).value)
    problem = next(values["存在问题"].iter_rows(min_row=4, values_only=True))
    assert ("固关镇", "=缺少管材", "县水利局", "2023-02-10") == problem[1:]
    assert "s" == formulas["存在问题"].cell(4, 3).data_type
    assert "修渠" == next(values["下月计划和需协调事项"].iter_rows(min_row=4, values_only=True))[2]


def test_who_files_sees_its_own(as_person, county):
    """A town's workbook holds the town alone; a month that is none is refused."""
    county.sweep()
    town = as_person("guguan")
    sheet = book_of(town.get("/dispatch/workbook.xlsx?month=202301"))["各镇"]
    units = {row[1] for row in sheet.iter_rows(min_row=4, values_only=True) if row[1]}
    assert {"固关镇"} == units
    assert 422 == town.get("/dispatch/workbook.xlsx?month=202313").status_code
