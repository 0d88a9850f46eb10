"""Each rule on houses, water, disasters, accidents, farm losses, businesses and titles."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.row import (
    CompanyRow,
    DisasterRow,
    FarmLossRow,
    HousingRow,
    PropertyRow,
    RosterChangeRow,
    WaterRow,
)
from tests.monitoring.comparison_kit import fires

DAY = date(2022, 6, 10)


@pytest.mark.parametrize(
    ("grade", "sole", "damaged", "expected"),
    [
        ("C", True, False, ("F1",)),
        ("D", True, False, ("F1",)),
        ("B", True, False, None),
        ("D", False, False, None),
        ("A", False, True, ("F1",)),
    ],
)
def test_only_house_of_a_dangerous_grade(grade, sole, damaged, expected):
    """C or D of the only house, or newly damaged; once a house."""
    row = HousingRow(house_no="F1", grade=grade, sole=sole, damaged=damaged)
    assert expected == fires("ZJ-01", row)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"fault": "cut", "days_cut": 30}, None),
        ({"fault": "cut", "days_cut": 31}, ("S1",)),
        ({"fault": "quality"}, ("S1",)),
        ({"fault": "distance"}, ("S1",)),
        ({"test_passed": False}, ("S1",)),
        ({}, None),
    ],
)
def test_water_is_cut_bad_or_far(given, expected):
    """More than a month without water, bad quality, too far, or a failed test; once a point and household."""
    assert expected == fires("SL-01", WaterRow(point_no="S1", **given))


def test_disaster_warns_of_each_household_once():
    """Being on the list of losses is enough."""
    assert ("Z1",) == fires("YJ-01", DisasterRow(event_no="Z1", kind="001", happened_on=DAY))


@pytest.mark.parametrize(
    ("what", "consequence", "expected"),
    [
        ("traffic", "death", ("G1",)),
        ("crime", "disability", ("G1",)),
        ("traffic", "none", None),
        ("death", "none", None),
        ("move", "none", None),
    ],
)
def test_accident_that_killed_or_disabled(what, consequence, expected):
    """A death by age or a move is the roster's business, not a sign of risk."""
    row = RosterChangeRow(event_no="G1", what=what, consequence=consequence, happened_on=DAY)
    assert expected == fires("GA-01", row)


@pytest.mark.parametrize(
    ("loss", "income", "expected"),
    [
        (299_999, 1_000_000, None),
        (300_000, 1_000_000, ("N1",)),
        (1, None, ("N1",)),
        (0, None, None),
        (0, 0, None),
    ],
)
def test_farm_loss_of_a_large_share(loss, income, expected):
    """From 30 % of the operating income; any loss where no income is known; never no loss."""
    row = FarmLossRow(event_no="N1", kind="crop", loss=loss)
    assert expected == fires("NY-01", row, operating=income)


def test_hazard_site_is_a_sign_and_a_title_is_not():
    """The two halves of the rule on land: one warns, the other is only for a case's comparison."""
    hazard, title = PropertyRow(kind="hazard", number="D1"), PropertyRow(kind="title", number="Q1")
    assert (("D1",), None) == (fires("ZR-01", hazard), fires("ZR-01", title))
    assert (None, ("Q1",)) == (fires("ZR-02", title), fires("ZR-02", title, case_id="c1"))


def test_business_counts_only_for_a_case():
    """A registered business of somebody without a case is nobody's business."""
    row = CompanyRow(company_no="Q1")
    assert (None, ("Q1",)) == (fires("SG-01", row), fires("SG-01", row, case_id="c1"))
