import pytest

from services.monitoring.domain.quality import post as family
from tests.monitoring.domain.quality.records import (
    Case,
    breaks,
    one,
    person,
    tables_of,
    turned,
    turns_tomorrow,
    watched,
)

CASES = (
    Case("G-1", True, one(posts=("001",)), note="0"),
    Case("G-1", True, one(post_months=3), note="1"),
    Case("G-1", True, one(posts=("001",), post_months=0), note="2"),
    Case("G-1", False, one(), note="0"),
    Case("G-1", False, one(posts=("001",), post_months=3), note="1"),
    Case("G-2", True, one(posts=("001",), born_on=turns_tomorrow(16)), note="0"),
    Case("G-2", False, one(posts=("001",), born_on=turned(16)), note="0"),
    Case("G-2", False, one(born_on=turned(3)), note="1"),
    Case("G-3", True, one(posts=("001",), born_on=turned(70)), note="0"),
    Case("G-3", False, one(posts=("001",), born_on=turns_tomorrow(70)), note="0"),
    Case("G-3", False, one(born_on=turned(80)), note="1"),
    Case("G-4", True, one(posts=("001", "003", "005")), note="0"),
    Case("G-4", False, one(posts=("001", "003")), note="0"),
    Case("G-5", True, one(posts=("001",), labour_skill="003"), note="0"),
    Case("G-5", True, one(posts=("001",), labour_skill="004"), note="1"),
    Case("G-5", False, one(posts=("001",)), note="0"),
    Case("G-5", False, one(labour_skill="004"), note="1"),
    Case(
        "G-6",
        True,
        watched(person(labour_skill="003"), measured_persons=frozenset({("p1", "100A40")})),
        note="0",
    ),
    Case(
        "G-6",
        True,
        watched(person(labour_skill="004"), measured_persons=frozenset({("p1", "100A40")})),
        note="1",
    ),
    Case(
        "G-6",
        False,
        watched(person(labour_skill="005"), measured_persons=frozenset({("p1", "100A40")})),
        note="0",
    ),
    Case(
        "G-6",
        False,
        watched(person(labour_skill="004"), measured_persons=frozenset({("p2", "100A40"), ("p1", "100A39")})),
        note="1",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
