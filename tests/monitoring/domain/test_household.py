from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.errors import (
    HouseholdTypeMismatchError,
    InvalidDayError,
    MemberNotFoundError,
    NotOneHeadError,
    SpouseSexError,
    TwoSpousesError,
)
from services.monitoring.domain.household import Household, Recorded
from services.monitoring.domain.member import Member, MemberChecks
from shared.contracts.codes import relation_sex

CHECKS = MemberChecks(relation_sex, lambda _number: True)
DAY = date(2022, 6, 15)


def member(number, relation, sex, **given):
    told: dict[str, Any] = {
        "id": f"p{number}",
        "person_no": f"H1{number:02d}",
        "name": "某某",
        "born_on": date(1980, 1, number),
    }
    return Member(
        **told | {"relation": relation, "sex": sex, "labour_skill": "001", "joined_on": DAY} | given
    )


HEAD = member(1, "001", "1")
WIFE = member(2, "002", "2")
SON = member(3, "003", "1")


def registered(*members, **given):
    told: dict[str, Any] = {
        "id": "h1",
        "household_no": "H1",
        "area_code": "610327109203",
        "registered_on": DAY,
    }
    return Household.register(checks=CHECKS, members=members or (HEAD, WIFE, SON), **told | given)


def test_registering_tells_the_household_as_it_stands():
    """A new household is told of once, as version 1, with everybody in it."""
    (fact,) = registered().facts
    assert (1, 3, DAY) == (fact.version, len(fact.members), fact.on)


@pytest.mark.parametrize(
    ("members", "refused"),
    [
        ((WIFE, SON), NotOneHeadError),
        ((HEAD, member(4, "001", "1")), NotOneHeadError),
        ((HEAD, WIFE, member(4, "002", "2")), TwoSpousesError),
        ((HEAD, member(4, "002", "1")), SpouseSexError),
    ],
)
def test_a_family_has_one_head_and_at_most_one_spouse(members, refused):
    """No head, two heads, two spouses, and a spouse of the head's sex are refused."""
    with pytest.raises(refused):
        registered(*members)


@pytest.mark.parametrize(
    ("household_type", "lifted_out", "fits"),
    [
        ("100A03A01", False, True),
        ("100A03A01", True, False),
        ("100A03A03", True, True),
        ("100A03A03", False, False),
        ("100A03001", False, False),
        ("100A03002", True, False),
        ("100A03003", True, True),
        ("100A03003", False, True),
    ],
)
def test_type_fits_the_history(household_type, lifted_out, fits):
    """Unstable households were lifted out, marginal ones were not; sudden hardship meets both."""
    if fits:
        assert (
            household_type == registered(household_type=household_type, lifted_out=lifted_out).household_type
        )
        return
    with pytest.raises(HouseholdTypeMismatchError):
        registered(household_type=household_type, lifted_out=lifted_out)


def test_member_who_leaves_stays_on_record():
    """Somebody who left is not present any more, and the snapshot says that the person has left."""
    household = registered()
    household.remove_member("p3", reason="05", on=DAY, relations={}, checks=CHECKS)
    (fact,) = household.facts
    assert (["p1", "p2"], [False, False, True]) == (
        [one.id for one in household.present],
        [not one.present for one in fact.members],
    )


def test_head_leaves_only_with_a_successor():
    """When the head dies somebody must become head; the refusal changes nothing."""
    household = registered()
    with pytest.raises(NotOneHeadError):
        household.remove_member("p1", reason="01", on=DAY, relations={}, checks=CHECKS)

    assert registered() == household


def test_widow_becomes_head():
    """The relations given with the death make a sound family again."""
    household = registered()
    household.remove_member("p1", reason="01", on=DAY, relations={"p2": "001"}, checks=CHECKS)
    assert ("p2", "003") == (household.head.id, household.member("p3").relation)


def test_everybody_may_leave():
    """A household from which the last member left stays on record, empty and without a head."""
    household = registered(HEAD)
    household.remove_member("p1", reason="01", on=DAY, relations={}, checks=CHECKS)
    assert ((), None) == (household.present, household.head)


def test_nobody_leaves_before_coming():
    """A day of leaving before the day of joining is refused; the same day is possible."""
    household = registered()
    with pytest.raises(InvalidDayError):
        household.remove_member("p3", reason="05", on=date(2022, 6, 14), relations={}, checks=CHECKS)


def test_who_left_is_no_member():
    """Somebody who has left cannot be corrected or leave again."""
    household = registered()
    household.remove_member("p3", reason="05", on=DAY, relations={}, checks=CHECKS)
    with pytest.raises(MemberNotFoundError):
        household.member("p3")


def test_second_head_cannot_join():
    """Adding another head is refused and leaves the household as it was."""
    household = registered()
    with pytest.raises(NotOneHeadError):
        household.add_member(member(4, "001", "1"), CHECKS)

    assert registered() == household


def test_several_changes_tell_one_snapshot():
    """Two changes before a save tell the household once, as it stands in the end."""
    household = registered()
    household.note_health("p1", "003", on=DAY)
    household.classify("100A03002", on=DAY)
    (fact,) = household.facts
    assert isinstance(fact, Recorded)
    assert ("100A03002", ("003",)) == (fact.household_type, fact.members[0].health)


def test_illness_replaces_healthy_and_joins_disability():
    """Somebody disabled who falls ill is both; somebody healthy is no longer healthy."""
    household = registered(replace(HEAD, health=("004",)), WIFE)
    household.note_health("p1", "003", on=DAY)
    household.note_health("p2", "002", on=DAY)
    assert [("003", "004"), ("002",)] == [one.health for one in household.members]


def test_known_illness_tells_nothing_new():
    """Noting an illness that is on record changes nothing."""
    household = registered(replace(HEAD, health=("003",)))
    household.facts.clear()
    household.note_health("p1", "003", on=DAY)
    assert [] == household.facts


def test_refused_correction_changes_nothing():
    """A correction that contradicts the household's history leaves it as it was."""
    household = registered()
    with pytest.raises(HouseholdTypeMismatchError):
        household.correct({"household_type": "100A03001", "address": "x"}, on=DAY)

    assert registered() == household
