from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from services.evaluation.domain.counted.reporting import MEANWHILE, REPORTED
from services.evaluation.domain.reporting.errors import NotReportedError
from services.evaluation.domain.reporting.figure import SHAPES
from services.evaluation.domain.reporting.plan import COUNTY, Owed, ReportingPlan, due_day, periods_of

DAYS = {"month": 5, "quarter": 10, "year": 10}
YEAR_END = date(2022, 12, 20)


@pytest.fixture(name="plan", scope="module")
def _plan(rulebook, towns):
    return ReportingPlan(rulebook, [town.id for town in towns])


def test_every_reported_indicator_has_a_rule_and_is_computed(plan, rulebook):
    """All 34 of the plan, and those reported meanwhile: each has its rule and its line."""
    listed = {one.id for point in rulebook.work_points for one in point.indicators if one.mode == "reported"}
    assert set(REPORTED) == listed
    assert 34 == len(listed)
    assert {*REPORTED, *MEANWHILE} >= set(plan.indicators(date(2022, 6, 1))) >= listed
    for indicator in (*REPORTED, *MEANWHILE):
        assert rulebook.indicator(indicator).reported


def test_every_rule_says_what_it_may(plan):
    """A rule's words are those the code knows, and none is taken for confirmed."""
    for indicator in plan.indicators(date(2022, 6, 1)):
        rule = plan.rule(indicator, date(2022, 6, 1))
        assert rule.shape in SHAPES
        assert rule.about in {"self", "towns", "county", "every"}
        assert rule.combine in {"latest", "sum"}
        assert not rule.confirmed


def test_what_events_count_is_not_reported(plan):
    """An automatic indicator has no rule of reporting."""
    with pytest.raises(NotReportedError):
        plan.rule("I01-1", date(2022, 6, 1))


@pytest.mark.parametrize(("cadence", "number"), [("year", 1), ("quarter", 4), ("month", 12)])
def test_periods_cover_the_year(cadence, number):
    """The periods of a year follow each other without hole or overlap, and their keys sort by time."""
    periods = periods_of(cadence, 2022)
    assert number == len(periods)
    assert (date(2022, 1, 1), date(2022, 12, 31)) == (periods[0].first, periods[-1].last)
    assert [one.key for one in periods] == sorted(one.key for one in periods)
    for one, other in pairwise(periods):
        assert 1 == (other.first - one.last).days


@pytest.mark.parametrize(
    ("cadence", "number", "due"),
    [
        ("quarter", 0, date(2022, 4, 10)),
        ("quarter", 3, YEAR_END),
        ("month", 1, date(2022, 3, 5)),
        ("month", 11, YEAR_END),
        ("year", 0, YEAR_END),
    ],
)
def test_due_days(cadence, number, due):
    """Due so many days after the period; what ends the year is due before it is assessed."""
    assert due == due_day(periods_of(cadence, 2022)[number], cadence, DAYS, YEAR_END)


@pytest.mark.parametrize(
    ("today", "owed"),
    [
        (date(2021, 12, 31), set()),
        (date(2022, 3, 31), {"2022Q1"}),
        (date(2022, 4, 1), {"2022Q1", "2022Q2"}),
        (date(2022, 12, 31), {"2022Q1", "2022Q2", "2022Q3", "2022Q4"}),
        (date(2023, 1, 1), set()),
    ],
)
def test_a_report_is_owed_from_the_first_day_of_its_period(plan, today, owed):
    """Opened on the period's first day; of a year that is over nothing new is owed."""
    assert owed == {one.period.key for one in plan.owed(today) if "Q" in one.period.key}


def test_who_reports_about_whom(plan, towns):
    """A department for all towns, for the county, for every unit; each unit for itself."""
    by: dict[str, list[Owed]] = {}
    for one in plan.owed(date(2022, 1, 1)):
        by.setdefault(one.indicator, []).append(one)
    codes = tuple(town.id for town in towns)
    assert [("县卫健局", codes)] == [(one.reporter, one.about) for one in by["I07-3"]]
    assert [("县教体局", (COUNTY,))] == [(one.reporter, one.about) for one in by["I06-4"]]
    assert [(code, (code,)) for code in codes] == [(one.reporter, one.about) for one in by["I10-5"]]
    (cases,) = by["I38-1"]
    assert "县纪委监委" == cases.reporter
    assert {*codes, "县教体局"} <= set(cases.about)
    assert all(len(one.about) == 1 for one in by["I31-1"])
    assert not {one.reporter for one in by["I31-1"]} & set(codes)


def test_nothing_is_owed_twice(plan):
    """One task for each indicator, reporter and period."""
    keys = Counter((one.indicator, one.reporter, one.period.key) for one in plan.owed(date(2022, 12, 31)))
    assert {1} == set(keys.values())
