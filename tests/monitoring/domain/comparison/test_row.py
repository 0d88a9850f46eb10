"""Rows are typed, checked before anything is kept, and kept as what they say."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.comparison.errors import UnreadableRowError
from services.monitoring.domain.comparison.row import (
    ROWS,
    DisasterRow,
    IncomeRow,
    InsuredRow,
    MedicalCostRow,
    SeriousIllnessRow,
    check_row,
    columns_of,
    row_from,
    values_of,
)
from shared.contracts.codes import codes

_TEXT: Any = "5000"
_BLANK: Any = None


def test_every_kind_is_a_code_and_has_a_row():
    """The code list and the rows name the same kinds."""
    assert set(codes()["department_list"].codes) == set(ROWS)


@pytest.mark.parametrize("kind", ROWS)
def test_coded_columns_name_a_code_list(kind):
    """A column of codes says which list they are of."""
    coded = [one for one in columns_of(kind) if one.type == "code"]
    assert [] == [one.name for one in coded if one.codes not in codes()]


def test_columns_say_what_may_be_empty():
    """Whom a row is about may be given in either way; the sum must be there."""
    optional = {one.name: one.optional for one in columns_of("medical_cost")}
    assert (True, False, True) == (optional["id_number"], optional["inpatient"], optional["outpatient"])


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("insured", MedicalCostRow(inpatient=1)),
        ("medical_cost", MedicalCostRow(inpatient=-1)),
        ("medical_cost", MedicalCostRow(inpatient=_TEXT)),
        ("medical_cost", MedicalCostRow(inpatient=True)),
        ("serious_illness", SeriousIllnessRow(disease="x" * 41, confirmed_on=date(2022, 1, 1))),
        ("serious_illness", SeriousIllnessRow(disease="x", confirmed_on=_BLANK)),
    ],
)
def test_unusable_rows_are_refused(kind, row):
    """Another kind of row, a value of another type, a sum below zero, a text too long, a day missing."""
    with pytest.raises(UnreadableRowError) as refused:
        check_row(kind, row, 7)
    assert 7 == refused.value.details["line"]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("disaster", DisasterRow(event_no="Z1", kind="001", happened_on=date(2022, 6, 1), loss=5)),
        ("income", IncomeRow(net=1_000, net_before=None)),
        ("insured", InsuredRow(insured=False)),
    ],
)
def test_what_is_kept_reads_back(kind, row):
    """What a row says is kept without whom it is about, and is the same row again."""
    check_row(kind, row, 1)
    assert row == row_from(kind, values_of(kind, row))


def test_rows_do_not_show_people():
    """Neither number nor name is in the repr of a row."""
    shown = repr(InsuredRow(id_number="610327197803050014", name="赵甲一", insured=True))
    assert ("610327" in shown, "赵甲一" in shown) == (False, False)
