"""Each rule on the lists of education, civil affairs, petitions and incomes."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.row import (
    AssistanceRow,
    IncomeRow,
    MarginRow,
    PetitionRow,
    SchoolAidRow,
    SchoolRollRow,
)
from tests.monitoring.comparison_kit import fires


@pytest.mark.parametrize(
    ("fees", "aid", "stage", "expected"),
    [
        (1_300_000, 300_000, "senior_high", None),
        (1_300_001, 300_000, "senior_high", ("2021",)),
        (1_300_001, 300_000, "vocational", ("2021",)),
        (9_000_000, 0, "other", None),
    ],
)
def test_schooling_costs_more_than_ten_thousand(fees, aid, stage, expected):
    """Strictly more than 10,000 yuan after all aid, of the two public stages, once a school year."""
    assert expected == fires("JT-01", SchoolAidRow(school_year="2021", stage=stage, fees=fees, aid=aid))


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2016, 7, 1), None),
        (date(2016, 6, 30), ()),
        (date(2006, 7, 1), ()),
        (date(2006, 6, 30), None),
    ],
)
def test_child_of_compulsory_age(born, expected):
    """From the sixth birthday to the day before the sixteenth, at the end of the list's month."""
    assert expected == fires("JT-02", SchoolRollRow(enrolled=False, attending=False), born_on=born)


@pytest.mark.parametrize(
    ("enrolled", "attending", "expected"), [(True, True, None), (True, False, ()), (False, True, ())]
)
def test_enrolled_and_attending(enrolled, attending, expected):
    """Both are asked of a child of nine."""
    row = SchoolRollRow(enrolled=enrolled, attending=attending)
    assert expected == fires("JT-02", row, born_on=date(2013, 1, 1))


@pytest.mark.parametrize(("status", "expected"), [("in", None), ("new", ()), ("stop", ())])
def test_assistance_approved_or_stopped(status, expected):
    """Only news is a warning, once a person."""
    assert expected == fires("MZ-01", AssistanceRow(status=status))


def test_monitored_person_on_new_assistance_is_no_warning():
    """Who is monitored is looked after already."""
    assert fires("MZ-01", AssistanceRow(status="new"), monitored_risks=frozenset({"100A27001"})) is None


@pytest.mark.parametrize(
    ("month", "quarter"), [("202201", "1"), ("202203", "1"), ("202204", "2"), ("202212", "4")]
)
def test_margin_is_once_a_quarter(month, quarter):
    """The low-income margin warns once a household and quarter."""
    assert ("2022", quarter) == fires("MZ-02", MarginRow(), month)


@pytest.mark.parametrize(("hardship", "expected"), [(True, ("X1",)), (False, None)])
def test_petition_about_hardship(hardship, expected):
    """A petition counts when it is about hardship, once a petition."""
    assert expected == fires("XF-01", PetitionRow(petition_no="X1", hardship=hardship))


@pytest.mark.parametrize(
    ("net", "before", "lifted_out", "expected"),
    [
        (999_999, None, False, ("2022",)),
        (1_000_000, None, False, None),
        (1_500_000, 1_500_001, True, ("2022",)),
        (1_500_000, 1_500_000, True, None),
        (1_500_000, 1_600_000, False, None),
        (1_500_000, None, True, None),
    ],
)
def test_income_fell_or_is_low(net, before, lifted_out, expected):
    """Below 10,000 yuan a head, or of a lifted-out household below the year before; once a year."""
    assert expected == fires("XZ-01", IncomeRow(net=net, net_before=before), lifted_out=lifted_out)
