"""Sheets of checks: warnings that refuse nobody."""

from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.verification_sheet import VerificationSheet, visitors_in
from shared.parameters.figure import FigureInForce

TWO = FigureInForce(2, "推定", confirmed=False, since=date(2020, 1, 1))


def sheet(**given):
    told: dict[str, Any] = {
        "id": "s1",
        "clue_id": "k1",
        "household_id": "h1",
        "area_code": "610327109203",
        "made_on": date(2022, 7, 1),
        "visitors": ("赵村干", "钱驻村"),
        "income_above_line": False,
        "self_paid_fen": 0,
        "difficulties": (),
        "able_to_cope": False,
        "outcome": "risk",
    }
    return VerificationSheet(**told | given)


def test_a_whole_sheet_warns_of_nothing():
    """Two people and four parts: nothing is thin."""
    assert [] == sheet().warnings(TWO)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"visitors": ("赵村干",)}, "不足 2 人"),
        ({"visitors": ()}, "不足 2 人"),
        ({"income_above_line": None}, "未填全"),
        ({"able_to_cope": None}, "未填全"),
    ],
)
def test_thin_sheets(given, word):
    """One person alone, or a part nobody judged, is said."""
    ((zh, _en),) = sheet(**given).warnings(TWO)
    assert word in zh


@pytest.mark.parametrize(
    "text", ["赵村干、钱驻村", "赵村干，钱驻村", "赵村干 钱驻村", "赵村干\n钱驻村;赵村干"]
)
def test_visitors(text):
    """However the names are separated, each counts once."""
    assert ("赵村干", "钱驻村") == visitors_in(text)
