from datetime import date

import pytest

from services.monitoring.domain.quality import safeguard as family
from services.monitoring.domain.quality.view import Safeguards
from tests.monitoring.domain.quality.records import (
    GIVEN,
    Case,
    breaks,
    closed,
    home,
    income,
    one,
    person,
    tables_of,
)

CASES = (
    Case("I-1", True, home(unsafe_house=True), note="0"),
    Case("I-1", False, home(), note="0"),
    Case("I-1", False, home(unsafe_house=None), note="1"),
    Case("I-7b", True, home(unsafe_house=True), note="0"),
    Case("I-7b", False, home(), note="0"),
    Case("I-7b", False, home(unsafe_house=None), note="1"),
    Case("I-2", True, home(safe_water=False), note="0"),
    Case("I-2", False, home(), note="0"),
    Case("I-2", False, home(safe_water=None), note="1"),
    Case("I-7c", True, home(safe_water=False), note="0"),
    Case("I-7c", False, home(), note="0"),
    Case("I-7c", False, home(safe_water=None), note="1"),
    Case("I-3", True, one(serious_illness_insured=False), note="0"),
    Case("I-3", True, one(serious_illness_insured=None), note="1"),
    Case("I-3", False, one(), note="0"),
    Case("I-4", True, home(income=income(net_per_head=GIVEN.line_fen - 1)), note="0"),
    Case("I-4", False, home(income=income(net_per_head=GIVEN.line_fen)), note="0"),
    Case("I-4", False, home(income=None), note="1"),
    Case("I-4", False, home(income=income(net_per_head=None)), note="2"),
    Case("I-5", True, closed(after=Safeguards(house=True)), note="0"),
    Case("I-5", False, closed(), note="0"),
    Case("I-5", False, closed(after=None), note="1"),
    Case("I-5", False, closed(after=Safeguards()), note="2"),
    Case("I-6", True, closed(after=Safeguards(water=True)), note="0"),
    Case("I-6", False, closed(), note="0"),
    Case("I-6", False, closed(after=None), note="1"),
    Case("I-6", False, closed(after=Safeguards()), note="2"),
    Case("I-7a", True, closed(after=Safeguards(dropout=True)), note="0"),
    Case(
        "I-7a",
        True,
        closed(person(), person(id="p2", relation="003", education=None, born_on=date(2012, 1, 1))),
        note="1",
    ),
    Case(
        "I-7a",
        True,
        closed(person(id="p2", relation="003", education=None, born_on=date(2012, 1, 1)), after=None),
        note="2",
    ),
    Case("I-7a", False, closed(), note="0"),
    Case("I-7a", False, closed(after=None), note="1"),
    Case("I-7a", False, closed(after=Safeguards()), note="2"),
    Case(
        "I-7a",
        False,
        closed(
            person(),
            person(id="p2", relation="003", education=None, born_on=date(2012, 1, 1), school_status="003"),
        ),
        note="3",
    ),
    Case("I-7d", True, closed(after=Safeguards(uninsured=True)), note="0"),
    Case("I-7d", True, closed(person(), person(resident_insured=False)), note="1"),
    Case("I-7d", True, closed(person(resident_insured=None), after=None), note="2"),
    Case("I-7d", False, closed(), note="0"),
    Case("I-7d", False, closed(after=None), note="1"),
    Case("I-7d", False, closed(after=Safeguards()), note="2"),
    Case("I-7d", False, closed(person(resident_insured=False, employee_insured=True)), note="3"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
