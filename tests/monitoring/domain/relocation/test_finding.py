from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.adapters.governance_policy import load_relocation_policy
from services.monitoring.domain.relocation.errors import FloorAreaError, NotEnoughAskedError
from services.monitoring.domain.relocation.finding import (
    HousingShortage,
    LabourSurvey,
    RelocationReturn,
    Willing,
    ZeroEmployment,
    half_of,
    is_zero,
    to_close,
    to_open,
    too_small,
    way_out,
)

POLICY = load_relocation_policy(Path("services/monitoring/policy"))
DAY = date(2022, 3, 1)
HOME = {"household_id": "h1", "area_code": "610327109203"}


@pytest.mark.parametrize(
    ("matter", "due"),
    [
        (
            lambda: RelocationReturn.found(POLICY, on=DAY, id="r", site_id="", kind="two_places", **HOME),
            date(2022, 3, 31),
        ),
        (
            lambda: HousingShortage.found(
                POLICY, on=DAY, floor_area=60, id="s", site_id="", persons=5, **HOME
            ),
            date(2022, 5, 30),
        ),
        (lambda: ZeroEmployment.seen(POLICY, on=DAY, willing=1, **HOME), date(2022, 3, 31)),
    ],
)
def test_each_finding_has_its_limit(matter, due):
    """30, 90 and 30 days, all inferred; opening is told once."""
    one = matter()
    assert (due, False, 1) == (one.due_on, one.limit_confirmed, len(one.facts))


def test_a_shortage_names_the_floor():
    """Without a floor area nobody can say that it is too small."""
    with pytest.raises(FloorAreaError):
        HousingShortage.found(POLICY, on=DAY, floor_area=0, id="s", site_id="", persons=5, **HOME)


@pytest.mark.parametrize(
    ("persons", "area", "small"), [(5, 99, True), (5, 100, False), (5, 101, False), (0, 0, False)]
)
def test_too_small_is_below_twenty_square_metres_a_person(persons, area, small):
    """Exactly twenty a person is enough; nobody wants no room."""
    assert small is too_small(persons, area, POLICY, DAY)


def test_a_spell_seen_twice_on_a_day_is_one():
    """The id of a spell follows from household and day."""
    first, again = (ZeroEmployment.seen(POLICY, on=DAY, willing=1, **HOME) for _ in range(2))
    assert first.id == again.id
    assert first.id != ZeroEmployment.seen(POLICY, on=date(2022, 3, 2), willing=1, **HOME).id


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2022, 1, 1), "20221"),
        (date(2022, 6, 30), "20221"),
        (date(2022, 7, 1), "20222"),
        (date(2022, 12, 31), "20222"),
    ],
)
def test_the_half_of_a_year(day, half):
    """The first half ends with June."""
    assert half == half_of(day)


@given(st.integers(-1, 4), st.integers(-1, 4), st.integers(-1, 4))
def test_no_more_willing_than_asked_than_there(labourers, surveyed, willing):
    """A survey is taken exactly when its numbers can be true; the same half names the same survey."""
    told = {**HOME, "labourers": labourers, "surveyed": surveyed, "willing": willing}
    if 0 <= willing <= surveyed <= labourers:
        survey = LabourSurvey.made(on=DAY, **told)
        assert survey.id == LabourSurvey.made(on=date(2022, 6, 30), **told).id
    else:
        with pytest.raises(NotEnoughAskedError):
            LabourSurvey.made(on=DAY, **told)


def one(*, willing=1, able=1, working=0, spell=None):
    return Willing("h1", "610327109203", willing, able, working, spell)


@pytest.mark.parametrize(
    ("known", "zero", "way"),
    [
        (one(), True, None),
        (one(working=1), False, "employed"),
        (one(willing=0), False, "not_willing"),
        (one(able=0), False, "left"),
        (one(able=0, working=1), False, "employed"),
    ],
)
def test_what_decides_about_zero_employment(known, zero, way):
    """Somebody able and willing and nobody in work: a spell; it ends exactly when that is no longer so."""
    assert (zero, way) == (is_zero(known), way_out(known))


@given(st.lists(st.builds(one, willing=st.integers(0, 2), able=st.integers(0, 2), working=st.integers(0, 1))))
def test_open_and_close_never_meet(seen):
    """Whoever has no spell is opened or left; whoever has one is closed or left: never both."""
    with_spell = [Willing(k.household_id, k.area_code, k.willing, k.able, k.working, "z1") for k in seen]
    assert [] == to_close(seen)
    assert [] == to_open(with_spell)
    assert len(seen) == len(to_open(seen)) + len(to_close(with_spell))
