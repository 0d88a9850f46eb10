from datetime import date

import pytest

from services.monitoring.domain.comparison.row import EmploymentRow, InsuredRow
from services.monitoring.domain.exchange.cell import MISSING
from services.monitoring.domain.exchange.format import TypedRow
from services.monitoring.domain.exchange.import_errors import FailedRowsError
from services.monitoring.service_layer.exchange.listed import (
    list_rows,
    problem_of,
    row_of,
    wrong_list_rows,
)
from services.monitoring.service_layer.exchange.working import village_named
from tests.monitoring.kit import VILLAGE


def typed(problems=(), **values):
    return TypedRow(2, values, problems, ())


def test_a_row_becomes_what_the_comparison_takes(service):
    """Village names become its code; what is blank has the row's own default."""
    row = typed(
        name="赵甲", born_on=date(1978, 3, 5), town_name="固关镇", village_name="上岔村", insured=True
    )
    assert InsuredRow(name="赵甲", born_on=date(1978, 3, 5), area_code=VILLAGE, insured=True) == row_of(
        row, service.formats["insured"], village_named
    )


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        (None, {"id_number": "1"}),
        (None, {"name": "赵甲", "born_on": date(1978, 3, 5), "area_code": VILLAGE}),
        ("nobody_named", {"name": "赵甲", "area_code": VILLAGE}),
        ("nobody_named", {"name": "赵甲", "born_on": date(1978, 3, 5)}),
        ("nobody_named", {}),
    ],
)
def test_somebody_must_be_named(expected, values):
    """By ID number, or by name, birth date and village."""
    found = problem_of(typed(**values), village_named)
    assert expected == (found.code if found else None)


def test_the_first_wrong_row_stops_a_list(service):
    """A list is taken whole or not at all."""
    rows = [typed(id_number="1", insured=True), typed((("insured", MISSING),), id_number="1")]
    with pytest.raises(FailedRowsError):
        list(list_rows(rows, service.formats["insured"], village_named))


def test_wrong_rows_are_named(service):
    """Each with its field and reason."""
    rows = [
        typed((("insured", MISSING),), id_number="1"),
        typed(insured=True),
        typed(id_number="1", insured=True),
    ]
    found = list(wrong_list_rows(rows, service.formats["insured"], village_named))
    assert ["missing", "nobody_named"] == [one.problems[0][1] for one in found]


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ((True, None), {"working": True, "ended_on": None}),
        ((False, date(2022, 5, 1)), {"working": True, "ended_on": date(2022, 5, 1)}),
        ((False, None), {"working": False, "ended_on": None}),
    ],
)
def test_the_watch_of_work_says_who_is_without(service, expected, values):
    """Somebody whose work has ended is without since then."""
    row = row_of(typed(id_number="1", **values), service.formats["work_away"], village_named)
    assert isinstance(row, EmploymentRow)
    assert expected == (row.working, row.stopped_on)
