from dataclasses import replace
from pathlib import Path

import pytest

from services.monitoring.domain.quality.catalogue import Catalogue, CatalogueError, by_family
from tests.monitoring.domain.quality.records import (
    DAY,
    EVERYTHING,
    GIVEN,
    POLICY,
    closed,
    found,
    home,
    person,
    village,
    watched,
    worker,
)

RULES = POLICY.catalogue.rules
NOT_TAKEN = {
    "2_10_004",  # The content of a project of posts: no household's record.
    "3_01_009",  # Published empty.
}
_TESTS = Path(__file__).parent


def test_every_published_check_stands_in_the_catalogue():
    """Each of the 263 published checks is stood for by a rule, except the two that are named here."""
    published = (_TESTS / "original_numbers.txt").read_text().split()
    taken = {number for rule in RULES.values() for number in rule.numbers}
    assert 263 == len(published)
    assert NOT_TAKEN == set(published) - taken


def test_severity_is_that_of_the_numbers():
    """A rule is as severe as the gravest of the checks it stands for, or less: never graver."""
    graver = [
        rule.id
        for rule in RULES.values()
        for digits in [[int(n[0]) for n in rule.numbers if n[1:2] == "_"]]
        if digits and not min(digits) <= rule.severity <= max(digits)
    ]
    assert [] == graver


def test_rule_without_function_stops_the_start():
    """An entry whose function is missing, and a function without entry, are both refused."""
    with pytest.raises(CatalogueError):
        Catalogue({name: rule for name, rule in RULES.items() if name != "B-1"})
    with pytest.raises(CatalogueError):
        Catalogue({**RULES, "B-99": replace(RULES["B-1"], id="B-99")})


@pytest.mark.parametrize("record", [home(), watched(), closed(), worker()], ids=list("abcd"))
def test_record_in_order_breaks_nothing(record):
    """A household, monitored or not, in which everything is in order breaks no rule at all."""
    assert set() == found(record)
    assert [] == list(POLICY.catalogue.check_village(village(), GIVEN))


@pytest.mark.parametrize(
    ("who", "lifted_out", "monitored", "eliminated", "asked"),
    [
        ("all", False, False, False, True),
        ("recorded", False, False, False, False),
        ("recorded", True, False, False, True),
        ("recorded", False, True, False, True),
        ("lifted_out", True, True, False, True),
        ("lifted_out", False, True, False, False),
        ("unmonitored", True, False, False, True),
        ("unmonitored", True, True, False, False),
        ("unmonitored", False, False, False, False),
        ("monitored", False, True, True, True),
        ("monitored", True, False, False, False),
        ("open", False, True, False, True),
        ("open", False, True, True, False),
        ("eliminated", False, True, True, True),
        ("eliminated", False, True, False, False),
    ],
)
def test_rule_asks_only_whom_it_is_for(who, lifted_out, monitored, eliminated, asked):
    """Whether a household without a head is found depends on whom the rule is for."""
    rules = {**RULES, "B-1": replace(RULES["B-1"], who=who)}
    record = home(person(relation="003"), lifted_out=lifted_out, monitored=monitored, eliminated=eliminated)
    hits = {hit.rule for hit in Catalogue(rules, EVERYTHING).check(record, GIVEN)}
    assert asked == ("B-1" in hits)


def test_what_is_not_kept_is_not_asked():
    """A rule that reads what the county does not keep does not run, and is not among those that do."""
    blind = Catalogue(RULES, frozenset())
    hits = {hit.rule for hit in blind.check(home(electricity=None, cultivated=None), GIVEN)}
    assert set() == hits & {"C-7", "C-8"}
    assert (False, True) == (blind.runs(RULES["C-7"]), blind.runs(RULES["D-1"]))
    assert RULES["C-7"] not in blind.running


def test_hit_names_the_person():
    """What a person's record breaks is found at that person, what the household breaks at nobody."""
    record = home(person(), person(id="p2", relation="003", education=None))
    hits = sorted(POLICY.catalogue.check(record, GIVEN))
    assert [("h1", "p2", "D-1"), ("h1", "p2", "D-2")] == [(h.household_id, h.person_id, h.rule) for h in hits]


def test_village_rules_name_no_household():
    """What a village's record breaks belongs to no household."""
    (hit,) = POLICY.catalogue.check_village(village(bus=None), GIVEN)
    assert ("", "", "L-14") == (hit.household_id, hit.person_id, hit.rule)


def test_families_are_complete():
    """Every family from A to L has its rules."""
    assert list("ABCDEFGHIJKL") == sorted(by_family(RULES.values()))


def test_unconfirmed_says_why():
    """A rule with a threshold nobody confirmed names its source; one of pure logic does not."""
    assert () == POLICY.unconfirmed(RULES["B-1"], DAY)
    assert 1 == len(POLICY.unconfirmed(RULES["I-4"], DAY))
    assert 1 == len(POLICY.unconfirmed(RULES["B-8"], DAY))
