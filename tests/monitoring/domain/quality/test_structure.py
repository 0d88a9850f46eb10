import pytest

from services.monitoring.domain.quality import structure as family
from tests.monitoring.domain.quality.records import (
    Case,
    breaks,
    home,
    one,
    person,
    tables_of,
)

CASES = (
    Case("B-1", True, one(relation="003"), note="0"),
    Case("B-1", False, home(), note="0"),
    Case("B-1", False, home(members=()), note="1"),
    Case("B-2", True, home(person(), person(id="p2")), note="0"),
    Case("B-2", False, home(), note="0"),
    Case(
        "B-3",
        True,
        home(person(), person(id="p2", sex="2", relation="002"), person(id="p3", sex="2", relation="002")),
        note="0",
    ),
    Case("B-3", False, home(person(), person(id="p2", sex="2", relation="002")), note="0"),
    Case("B-4", True, home(person(), person(id="p2", relation="002")), note="0"),
    Case(
        "B-4",
        True,
        home(person(), person(id="p2", relation="002"), person(id="p3", sex="2", relation="002")),
        note="two",
    ),
    Case("B-4", False, home(person(), person(id="p2", sex="2", relation="002")), note="0"),
    Case("B-4", False, home(person(relation="003"), person(id="p2", relation="002")), note="1"),
    Case("B-5", True, one(relation="003", sex="2"), note="0"),
    Case("B-5", False, one(relation="003"), note="0"),
    Case("B-5", False, one(relation="002", sex="2"), note="1"),
    Case("B-5", False, one(relation="021"), note="2"),
    Case("B-5", False, one(relation=None), note="3"),
    Case("B-6", True, one(relation=None), note="0"),
    Case("B-6", True, one(relation="028"), note="1"),
    Case("B-6", False, one(), note="0"),
    Case("B-6", False, one(relation="099"), note="1"),
    Case("B-7", True, home(*(person() for _ in range(11))), note="0"),
    Case("B-7", False, home(*(person() for _ in range(10))), note="0"),
    Case("B-8", True, home(persons_recorded=2), note="0"),
    Case("B-8", True, home(persons_recorded=0), note="1"),
    Case("B-8", False, home(), note="0"),
    Case("B-8", False, home(persons_recorded=None), note="1"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
