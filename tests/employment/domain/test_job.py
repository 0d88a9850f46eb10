from dataclasses import replace
from datetime import date

import pytest

from services.employment.domain.errors import (
    EndBeforeStartError,
    JobEndedError,
    JobOverlapsError,
    LabourerLeftError,
    NotYetError,
    PayInvalidError,
    PlaceCodeError,
    UnderWorkingAgeError,
)
from services.employment.domain.job import Channel, Ended, Started, Work, start
from services.employment.domain.labourer import Labourer, Member
from shared.contracts.codes import codes

TODAY = date(2022, 6, 15)
START = date(2022, 3, 1)
FULL = Work("440300", Channel.ORGANISED, 450_000, "示例电子厂", "制造业", point_to_point=True)


def labourer(**about) -> Labourer:
    member = Member("p1", "N1-01", "001", "1", about.pop("born_on", date(1980, 3, 1)), "001")
    return Labourer(replace(member, **about), "h1", "N1", "610327102200", "100A03A03", True, False)


@pytest.fixture
def begin(policy):
    def begin(person=None, *, started_on=START, work=FULL, others=(), on_post=False):
        return start(
            job_id="j1",
            labourer=person or labourer(),
            started_on=started_on,
            work=work,
            others=others,
            on_post=on_post,
            today=TODAY,
            policy=policy,
        )

    return begin


class TestWork:
    @pytest.mark.parametrize(
        ("place", "abroad", "region"),
        [
            ("610327", False, "county"),
            ("610302", False, "province"),
            ("610100", False, "province"),
            ("440300", False, "country"),
            ("", True, "abroad"),
        ],
    )
    def test_region_comes_from_the_place(self, place, abroad, region):
        """The county's own code is county, 61 the province, another the country; abroad is said."""
        assert region == Work(place, None, abroad=abroad).region

    @pytest.mark.parametrize(
        "blank",
        [
            {"monthly_pay_fen": None},
            {"employer": ""},
            {"industry": ""},
            {"channel": None},
            {"point_to_point": None},
            {"place_code": "440000"},
        ],
    )
    def test_one_blank_item_makes_it_incomplete(self, blank):
        """The register is complete only with every item, the place down to the county."""
        full = replace(FULL, place_code="440305")
        assert (True, False) == (full.complete, replace(full, **blank).complete)


class TestStart:
    def test_a_complete_job_has_no_remark(self, begin):
        """A plain job is recorded without a remark and raises its fact."""
        work = replace(FULL, place_code="440305")
        job = begin(work=work)
        assert () == job.remarks
        assert [Started("j1", "p1", "h1", "610327102200", START, work, True)] == job.facts

    @pytest.mark.parametrize(
        ("person", "work", "remark"),
        [
            ({}, {"monthly_pay_fen": 9_999}, "pay_outside_range"),
            ({}, {"monthly_pay_fen": 3_000_001}, "pay_outside_range"),
            ({"school_status": "007"}, {}, "student_working"),
            ({"labour_skill": "003"}, {}, "no_labour"),
            ({"labour_skill": "004"}, {}, "no_labour"),
            ({}, {"channel": Channel.WORKSHOP}, "local_channel_outside"),
            ({}, {"channel": Channel.PUBLIC_POST}, "local_channel_outside"),
            ({}, {"industry": ""}, "items_missing"),
        ],
    )
    def test_a_doubt_is_a_remark(self, begin, person, work, remark):
        """What only another county's rules doubt is accepted and marked."""
        job = begin(labourer(**person), work=replace(FULL, place_code="440305", **work))
        assert (remark,) == job.remarks

    @pytest.mark.parametrize("pay", [10_000, 3_000_000])
    def test_pay_at_the_bounds_is_no_doubt(self, begin, pay):
        """100 and 30,000 yuan a month are inside the range."""
        assert () == begin(work=replace(FULL, place_code="440305", monthly_pay_fen=pay)).remarks

    def test_working_while_on_a_post_is_a_remark(self, begin):
        """A job beside a post is marked."""
        assert "on_post" in begin(on_post=True).remarks

    def test_sixteen_on_the_day_may_work(self, begin):
        """On the sixteenth birthday work is permitted."""
        assert START == begin(labourer(born_on=date(2006, 3, 1))).started_on

    def test_a_day_younger_is_refused(self, begin):
        """The day before the sixteenth birthday is below the working age."""
        with pytest.raises(UnderWorkingAgeError) as refused:
            begin(labourer(born_on=date(2006, 3, 2)))
        assert {"age": 15, "lowest": 16} == refused.value.details

    @pytest.mark.parametrize(
        ("person", "arguments", "error"),
        [
            ({"left": True}, {}, LabourerLeftError),
            ({}, {"started_on": date(2022, 6, 16)}, NotYetError),
            ({}, {"work": replace(FULL, place_code="44030")}, PlaceCodeError),
            ({}, {"work": replace(FULL, place_code="四四零三零五")}, PlaceCodeError),
            ({}, {"work": replace(FULL, monthly_pay_fen=-1)}, PayInvalidError),
        ],
    )
    def test_the_impossible_is_refused(self, begin, person, arguments, error):
        """A person gone, a day to come, a place that is no code, negative pay: refused."""
        with pytest.raises(error):
            begin(labourer(**person), **arguments)

    def test_an_open_job_blocks_another(self, begin):
        """While one spell is open no other can start."""
        first = begin()
        with pytest.raises(JobOverlapsError):
            begin(others=[first], started_on=date(2022, 4, 1))

    def test_the_next_job_starts_the_day_after(self, begin):
        """The last day of one spell is taken; the next day is free."""
        first = begin()
        first.end(on=date(2022, 4, 30), reason="changed", today=TODAY, without_work=True)
        with pytest.raises(JobOverlapsError):
            begin(others=[first], started_on=date(2022, 4, 30))
        assert date(2022, 5, 1) == begin(others=[first], started_on=date(2022, 5, 1)).started_on


class TestEnd:
    def test_raises_its_fact(self, begin):
        """An ended job says when, why, and whether the person is without work."""
        job = begin()
        job.facts.clear()
        job.end(on=TODAY, reason="lost", today=TODAY, without_work=True)
        assert [Ended("j1", "p1", "h1", "610327102200", TODAY, "lost", True)] == job.facts

    def test_may_end_on_its_first_day(self, begin):
        """A job of one day is possible."""
        job = begin()
        job.end(on=START, reason="returned", today=TODAY, without_work=True)
        assert START == job.ended_on

    @pytest.mark.parametrize(
        ("day", "error"), [(date(2022, 2, 28), EndBeforeStartError), (date(2022, 6, 16), NotYetError)]
    )
    def test_refuses_days_outside(self, begin, day, error):
        """Neither before the start nor in the future; the job stays open."""
        job = begin()
        with pytest.raises(error):
            job.end(on=day, reason="lost", today=TODAY, without_work=True)
        assert job.open

    def test_only_once(self, begin):
        """An ended job cannot be ended again."""
        job = begin()
        job.end(on=TODAY, reason="lost", today=TODAY, without_work=True)
        with pytest.raises(JobEndedError):
            job.end(on=TODAY, reason="other", today=TODAY, without_work=True)


def test_channels_are_the_published_code_list():
    """Every channel is a code others can read."""
    assert set(codes()["employment_channel"].codes) == set(Channel)
