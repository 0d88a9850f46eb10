from dataclasses import replace
from datetime import date

import pytest

from services.employment.domain.errors import (
    AlreadyOnPostError,
    AttendanceMonthError,
    AttendanceRecordedError,
    EndBeforeStartError,
    FullTimeJobError,
    LabourerLeftError,
    NotYetError,
    NoVacancyError,
    PlacementEndedError,
    PostClosedError,
    UnderWorkingAgeError,
)
from services.employment.domain.labourer import Labourer, Member
from services.employment.domain.placement import Ended, Placed, place
from services.employment.domain.post import Post, PostKind
from shared.kernel.period import Month

TODAY = date(2022, 6, 15)
START = date(2022, 3, 1)


def labourer(**about) -> Labourer:
    member = Member("p1", "N1-01", "001", "1", about.pop("born_on", date(1970, 3, 1)), "005")
    return Labourer(replace(member, **about), "h1", "N1", "610327102200", "100A03A03", True, False)


def post(**other) -> Post:
    about = {"id": "post1", "area_code": "610327102200", "kind": PostKind.CLEANING, "monthly_pay_fen": 60_000}
    return Post(**{**about, "vacancies": 2, "funding": "", "offered_on": START, **other})


@pytest.fixture
def put(policy):
    def put(person=None, **other):
        arguments = {
            "placement_id": "a1",
            "post": post(),
            "labourer": person or labourer(),
            "started_on": START,
            "ends_on": None,
            "held": 0,
            "earlier": (),
            "full_time_job": False,
            "override_reason": "",
            "today": TODAY,
            "policy": policy,
        }
        return place(**{**arguments, **other})

    return put


class TestPlace:
    def test_runs_a_year_by_default(self, put):
        """Without an end the agreement runs twelve months, its last day included; the fact says so."""
        placement = put()
        assert date(2023, 2, 28) == placement.ends_on
        fact = Placed("a1", "p1", "h1", "610327102200", START, date(2023, 2, 28), "003", 60_000)
        assert [fact] == placement.facts

    @pytest.mark.parametrize(
        ("born_on", "remarks"), [(date(1952, 3, 2), ()), (date(1952, 3, 1), ("post_age_high",))]
    )
    def test_seventy_is_marked(self, put, born_on, remarks):
        """From the seventieth birthday the placement is marked, not refused; the day before it is not."""
        assert remarks == put(labourer(born_on=born_on)).remarks

    def test_sixteen_is_the_youngest(self, put):
        """On the sixteenth birthday it is permitted, a day earlier refused."""
        assert "p1" == put(labourer(born_on=date(2006, 3, 1))).person_id
        with pytest.raises(UnderWorkingAgeError):
            put(labourer(born_on=date(2006, 3, 2)))

    def test_the_last_place_can_be_taken(self, put):
        """With one of two places held the second is given; with two held none."""
        assert "post1" == put(held=1).post_id
        with pytest.raises(NoVacancyError):
            put(held=2)

    def test_a_second_post_needs_a_reason(self, put):
        """The inferred rule of one post a person asks for a reason, until the day after the first ended."""
        first = put()
        with pytest.raises(AlreadyOnPostError):
            put(earlier=[first])
        second = put(earlier=[first], override_reason="两岗均为临时")
        assert ("两岗均为临时", True) == (second.override_reason, "second_post" in second.remarks)
        first.end(on=date(2022, 4, 30), reason="resigned", today=TODAY)
        with pytest.raises(AlreadyOnPostError):
            put(earlier=[first], started_on=date(2022, 4, 30))
        assert () == put(earlier=[first], started_on=date(2022, 5, 1)).remarks

    def test_full_time_work_needs_a_reason(self, put):
        """The inferred rule asks for an officer's reason, which is kept and marked."""
        with pytest.raises(FullTimeJobError):
            put(full_time_job=True, override_reason="  ")
        placement = put(full_time_job=True, override_reason=" 夜班可兼 ")
        assert ("夜班可兼", ("full_time_job",)) == (placement.override_reason, placement.remarks)

    @pytest.mark.parametrize(
        ("earlier_end", "remarks"), [(date(2020, 3, 1), ("post_time_long",)), (date(2020, 2, 29), ())]
    )
    def test_more_than_three_years_in_all_is_marked(self, put, earlier_end, remarks):
        """Time on earlier posts counts: a day over 36 months in all is marked."""
        earlier = put(started_on=date(2018, 3, 1), ends_on=date(2021, 2, 27))
        earlier.end(on=earlier_end, reason="resigned", today=TODAY)
        assert remarks == put(earlier=[earlier]).remarks

    @pytest.mark.parametrize(
        ("person", "arguments", "error"),
        [
            ({"left": True}, {}, LabourerLeftError),
            ({}, {"started_on": date(2022, 6, 16)}, NotYetError),
            ({}, {"ends_on": date(2022, 2, 28)}, EndBeforeStartError),
            ({}, {"post": post(closed_on=START)}, PostClosedError),
        ],
    )
    def test_the_impossible_is_refused(self, put, person, arguments, error):
        """A person gone, a day to come, an end before the start, a closed post: refused."""
        with pytest.raises(error):
            put(labourer(**person), **arguments)


class TestEnd:
    def test_raises_its_fact(self, put):
        """An ended placement says when and why."""
        placement = put()
        placement.facts.clear()
        placement.end(on=TODAY, reason="job_found", today=TODAY)
        assert [Ended("a1", "p1", "h1", "610327102200", TODAY, "job_found")] == placement.facts

    @pytest.mark.parametrize(
        ("day", "error"), [(date(2022, 2, 28), EndBeforeStartError), (date(2022, 6, 16), NotYetError)]
    )
    def test_refuses_days_outside(self, put, day, error):
        """Neither before the start nor in the future."""
        with pytest.raises(error):
            put().end(on=day, reason="other", today=TODAY)

    def test_only_once(self, put):
        """An ended placement cannot be ended again."""
        placement = put()
        placement.end(on=TODAY, reason="died", today=TODAY)
        with pytest.raises(PlacementEndedError):
            placement.end(on=TODAY, reason="died", today=TODAY)


class TestAttendance:
    @pytest.mark.parametrize("month", [Month(2022, 3), Month(2022, 6)])
    def test_a_month_of_the_placement(self, put, month):
        """The first month and the one running can be recorded."""
        placement = put()
        placement.record_attendance(month, passed=True, today=TODAY)
        assert {str(month): True} == placement.attendance

    @pytest.mark.parametrize("month", [Month(2022, 2), Month(2022, 7)])
    def test_a_month_outside_is_refused(self, put, month):
        """Neither before the placement nor a month that has not begun."""
        with pytest.raises(AttendanceMonthError):
            put().record_attendance(month, passed=True, today=TODAY)

    def test_a_month_after_the_end_is_refused(self, put):
        """Nothing is checked, so nothing is paid, after the placement ended."""
        placement = put()
        placement.end(on=date(2022, 4, 30), reason="absent", today=TODAY)
        with pytest.raises(AttendanceMonthError):
            placement.record_attendance(Month(2022, 5), passed=True, today=TODAY)

    def test_only_once_a_month(self, put):
        """A month's check stands as it was recorded."""
        placement = put()
        placement.record_attendance(Month(2022, 5), passed=False, today=TODAY)
        with pytest.raises(AttendanceRecordedError):
            placement.record_attendance(Month(2022, 5), passed=True, today=TODAY)
        assert {"202205": False} == placement.attendance
