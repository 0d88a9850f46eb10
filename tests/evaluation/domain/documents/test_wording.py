from datetime import date
from fractions import Fraction

import pytest

from services.evaluation.domain.documents import wording
from services.evaluation.domain.documents.frozen import FrozenLine
from tests.evaluation.frozen_results import line


def frozen(plan_unit="%", **more):
    return FrozenLine(line("甲镇", "I01-1", "3", "6", **more), plan_unit)


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")]
)
def test_numerals(number, written):
    """Headings count in Chinese."""
    assert written == wording.numeral(number)


def test_days_and_points():
    """A day is written out; points have two decimals, half up."""
    assert ("2022年1月5日", "0.13") == (wording.day(date(2022, 1, 5)), wording.points(Fraction(1, 8)))


def test_why_points_were_lost():
    """Value, target, full points, what was won and what was lost stand in one sentence."""
    expected = "“指标I01-1”（I01-1）实际50.00%（1/2），目标不低于100%，满分6分、得3.00分、失3.00分"
    assert expected == wording.lost_at(frozen())


@pytest.mark.parametrize(
    ("target", "more", "written"),
    [
        ("<= 5", {}, "目标不超过5%"),
        ("= config", {}, "目标待县上确定"),
        ("report", {}, ""),
        ("= 100", {"target_confirmed": False}, "目标应为100%（未确认）"),
        (">= 1000", {"unit_target": "50.00"}, "本单位分解目标50.00%（全县不低于1000%）"),
    ],
)
def test_targets(target, more, written):
    """A target is said in words; unconfirmed and unset ones say so."""
    assert written == wording.target_of(frozen(target=target, **more))


def test_a_target_in_the_unit_of_the_plan():
    """A rate of a number of places is not a target in percent."""
    assert "目标不低于20座" == wording.target_of(frozen("座", target=">= 20"))


def test_money_shows_no_fen():
    """The two numbers behind a rate are shown where they count things, not where they are fen."""
    money = FrozenLine(line("甲镇", "I17-1", "3", "6"), "%", money=True)
    assert ("50.00%（1/2）", "50.00%") == (wording.value_of(frozen()), wording.value_of(money))


def test_whole_counts():
    """Three households are 3, not 3.00."""
    assert "3户" == wording.value_of(frozen(value="3.00", value_unit="户"))


def test_a_gap_is_called_one():
    """A report that was due and is missing is no value of nothing."""
    gap = FrozenLine(line("乙镇", "I03-1", None, "2", status="missing", value=None), owed=True)
    assert "到期未上报，计0分" in wording.lost_at(gap)
    assert wording.OWED == wording.status_of(gap)


def test_won_and_deducted():
    """What was won whole and what was deducted have words of their own."""
    won = FrozenLine(line("甲镇", "I01-1", "6", "6"))
    lost = FrozenLine(line("甲镇", "I37-4", "-1", "10", deduction=True, value="1.00", value_unit="次"))
    assert "“指标I01-1”（I01-1）50.00%（1/2），得满分6分" == wording.won_at(won)
    assert "“指标I37-4”（I37-4）1次，扣1.00分" == wording.lost_at(lost)
    assert "甲、乙" == wording.listed(["甲", "乙"])
