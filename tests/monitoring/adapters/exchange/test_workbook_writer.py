from datetime import date

import pytest

from services.monitoring.adapters.exchange.formats import load_formats
from services.monitoring.adapters.exchange.workbook_reader import open_table
from services.monitoring.adapters.exchange.workbook_writer import cell_of, headings_of
from services.monitoring.domain.exchange.format import typed_rows
from services.monitoring.settings import Settings
from shared.spreadsheet import csv_lines, write_xlsx

LIST = load_formats(Settings().policy_dir)["lifted_out_persons"]
VALUES = {
    "serial": 1,
    "county_name": "陇县",
    "town_name": "固关镇",
    "village_name": "上岔村",
    "household_no": "H001",
    "person_no": "H00101",
    "name": "赵甲一",
    "id_number": "610327197803050011",
    "household_size": 3,
    "relation": "001",
    "ethnicity": "001",
    "education": "003",
    "health": ("002", "004"),
    "labour_skill": "001",
    "work_months": 6,
    "serious_illness_insurance": True,
    "net_income_fen": 1234567,
    "first_identified_on": date(2014, 3, 1),
    "household_type": "100A03A03",
    "risk_eliminated": False,
}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_written_reads_back_the_same(tmp_path, kind):
    """A line of the national list survives writing and reading in both forms, value by value."""
    path = tmp_path / f"a.{kind}"
    row = [cell_of(one, VALUES.get(one.field)) for one in LIST.columns]
    if kind == "xlsx":
        assert 1 == write_xlsx(path, LIST.zh, headings_of(LIST), [row])
    else:
        path.write_bytes(b"".join(csv_lines(headings_of(LIST), [row])))
    with open_table(path, LIST) as table:
        (read,) = typed_rows(table, LIST)
    assert ((), VALUES) == (
        read.problems,
        {name: one for name, one in read.values.items() if one is not None},
    )
