from datetime import date

import pytest

from services.monitoring.domain.quality import measures as family
from services.monitoring.domain.quality.view import Safeguards
from shared.kernel.period import Month
from tests.monitoring.domain.quality.records import (
    HERE,
    Case,
    breaks,
    closed,
    income,
    person,
    tables_of,
    watched,
    work,
)

CASES = (
    Case(
        "J-25", True, closed(measures=frozenset({("100A42", "001")}), income_after=income(wage=0)), note="0"
    ),
    Case(
        "J-25", True, closed(measures=frozenset({("100A40", "001")}), income_after=income(wage=0)), note="1"
    ),
    Case(
        "J-25",
        True,
        closed(measures=frozenset({("100A42", "001")}), income_after=income(wage=None)),
        note="2",
    ),
    Case(
        "J-25", False, closed(measures=frozenset({("100A42", "001")}), income_after=income(wage=1)), note="0"
    ),
    Case("J-25", False, closed(measures=frozenset({("100A42", "001")}), income_after=None), note="1"),
    Case(
        "J-25", False, closed(measures=frozenset({("100A41", "001")}), income_after=income(wage=0)), note="2"
    ),
    Case(
        "J-26",
        True,
        closed(measures=frozenset({("100A48", "001")}), income_after=income(transfer=0)),
        note="0",
    ),
    Case(
        "J-26",
        True,
        closed(measures=frozenset({("100A48", "002")}), income_after=income(transfer=0)),
        note="1",
    ),
    Case(
        "J-26",
        True,
        closed(measures=frozenset({("100A48", "004")}), income_after=income(transfer=0)),
        note="2",
    ),
    Case(
        "J-26",
        True,
        closed(measures=frozenset({("100A48", "001")}), income_after=income(transfer=None)),
        note="3",
    ),
    Case(
        "J-26",
        False,
        closed(measures=frozenset({("100A48", "001")}), income_after=income(transfer=1)),
        note="0",
    ),
    Case("J-26", False, closed(measures=frozenset({("100A48", "001")}), income_after=None), note="1"),
    Case(
        "J-26",
        False,
        closed(measures=frozenset({("100A48", "003")}), income_after=income(transfer=0)),
        note="2",
    ),
    Case(
        "J-27",
        True,
        closed(measures=frozenset({("100A39", "001")}), income_after=income(operating=0)),
        note="0",
    ),
    Case(
        "J-27",
        True,
        closed(measures=frozenset({("100A39", "001")}), income_after=income(operating=None)),
        note="1",
    ),
    Case(
        "J-27",
        False,
        closed(measures=frozenset({("100A39", "001")}), income_after=income(operating=1)),
        note="0",
    ),
    Case("J-27", False, closed(measures=frozenset({("100A39", "001")}), income_after=None), note="1"),
    Case(
        "J-27",
        False,
        closed(measures=frozenset({("100A40", "001")}), income_after=income(operating=0)),
        note="2",
    ),
    Case("J-28", True, watched(measures=frozenset({("100A42", "001")})), note="0"),
    Case("J-28", True, watched(measures=frozenset({("100A40", "001")})), note="1"),
    Case(
        "J-28", True, watched(measures=frozenset({("100A40", "001")}), works=(work(working=False),)), note="2"
    ),
    Case("J-28", False, watched(measures=frozenset({("100A42", "001")}), works=(work(),)), note="0"),
    Case("J-28", False, watched(), note="1"),
    Case("J-30", True, watched(measures=frozenset({("100A53", "001")}), identified=Month(2021, 1)), note="0"),
    Case(
        "J-30", False, watched(measures=frozenset({("100A53", "001")}), identified=Month(2020, 12)), note="0"
    ),
    Case("J-30", False, watched(), note="1"),
    Case("J-30", False, watched(measures=frozenset({("100A53", "001")}), identified=None), note="2"),
    Case("J-31a", True, watched(measures=frozenset({("100A48", "001")})), note="0"),
    Case(
        "J-31a",
        False,
        watched(person(), person(low_income_aid=True), measures=frozenset({("100A48", "001")})),
        note="0",
    ),
    Case(
        "J-31a",
        False,
        watched(person(low_income_aid=True), measures=frozenset({("100A48", "001")})),
        note="1",
    ),
    Case("J-31a", False, watched(), note="2"),
    Case("J-31a", False, watched(measures=frozenset({("100A48", "002")})), note="3"),
    Case("J-31b", True, watched(measures=frozenset({("100A48", "002")})), note="0"),
    Case(
        "J-31b",
        False,
        watched(person(), person(destitute_aid=True), measures=frozenset({("100A48", "002")})),
        note="0",
    ),
    Case(
        "J-31b", False, watched(person(destitute_aid=True), measures=frozenset({("100A48", "002")})), note="1"
    ),
    Case("J-31b", False, watched(), note="2"),
    Case("J-31b", False, watched(measures=frozenset({("100A48", "001")})), note="3"),
    Case("J-32a", True, watched(person(low_income_aid=True)), note="0"),
    Case(
        "J-32a", True, watched(person(low_income_aid=True), measures=frozenset({("100A48", "002")})), note="1"
    ),
    Case(
        "J-32a",
        False,
        watched(person(low_income_aid=True), measures=frozenset({("100A48", "001")})),
        note="0",
    ),
    Case("J-32a", False, watched(), note="1"),
    Case("J-32b", True, watched(person(destitute_aid=True)), note="0"),
    Case(
        "J-32b", True, watched(person(destitute_aid=True), measures=frozenset({("100A48", "001")})), note="1"
    ),
    Case(
        "J-32b", False, watched(person(destitute_aid=True), measures=frozenset({("100A48", "002")})), note="0"
    ),
    Case("J-32b", False, watched(), note="1"),
    Case("J-33", True, watched(measures=frozenset({("100A48", "004")})), note="0"),
    Case(
        "J-33",
        False,
        watched(person(), person(document="02"), measures=frozenset({("100A48", "004")})),
        note="0",
    ),
    Case("J-33", False, watched(person(document="02"), measures=frozenset({("100A48", "004")})), note="1"),
    Case("J-33", False, watched(), note="2"),
    Case("J-34", True, watched(person(), person(id_number="1" * 18 + "41")), note="0"),
    Case("J-34", True, watched(person(id_number="1" * 18 + "41")), note="1"),
    Case("J-34", True, watched(person(id_number="1" * 18 + "62")), note="2"),
    Case("J-34", True, watched(person(id_number="1" * 18 + "41B1")), note="3"),
    Case("J-34", False, watched(person(id_number="1" * 18 + "43")), note="0"),
    Case(
        "J-34",
        False,
        watched(person(id_number="1" * 18 + "41"), measures=frozenset({("100A48", "004")})),
        note="1",
    ),
    Case("J-34", False, watched(), note="2"),
    Case("J-34", False, watched(person(id_number="1" * 18 + "14")), note="3"),
    Case(
        "J-35",
        True,
        watched(
            person(), person(labour_skill="004"), measures=frozenset({("100A40", "002")}), development="02"
        ),
        note="0",
    ),
    Case("J-35", True, watched(measures=frozenset({("100A39", "001")}), development="02"), note="1"),
    Case("J-35", True, watched(measures=frozenset({("100A40", "001")}), development="02"), note="2"),
    Case("J-35", True, watched(measures=frozenset({("100A41", "001")}), development="02"), note="3"),
    Case("J-35", True, watched(measures=frozenset({("100A42", "001")}), development="02"), note="4"),
    Case("J-35", True, watched(development=None), note="5"),
    Case("J-35", False, watched(), note="0"),
    Case("J-35", False, watched(measures=frozenset({("100A48", "001")}), development="02"), note="1"),
    Case("J-35", False, watched(person(labour_skill="004"), development="02"), note="2"),
    Case("J-36", True, watched(measures=frozenset(), identified=Month(2022, 1)), note="0"),
    Case(
        "J-36",
        True,
        watched(
            person(labour_skill="005"), measures=frozenset({("100A45", "001")}), identified=Month(2022, 1)
        ),
        note="1",
    ),
    Case("J-36", False, watched(measures=frozenset(), identified=Month(2022, 2)), note="0"),
    Case(
        "J-36", False, watched(measures=frozenset({("100A39", "001")}), identified=Month(2022, 1)), note="1"
    ),
    Case(
        "J-36", False, watched(measures=frozenset({("100A40", "001")}), identified=Month(2022, 1)), note="2"
    ),
    Case(
        "J-36", False, watched(measures=frozenset({("100A41", "001")}), identified=Month(2022, 1)), note="3"
    ),
    Case(
        "J-36", False, watched(measures=frozenset({("100A42", "001")}), identified=Month(2022, 1)), note="4"
    ),
    Case(
        "J-36",
        False,
        watched(person(labour_skill="004"), measures=frozenset(), identified=Month(2022, 1)),
        note="5",
    ),
    Case("J-36", False, watched(measures=frozenset(), identified=None), note="6"),
    Case("J-37", True, watched(measures=frozenset({("100A39", "007")})), note="0"),
    Case("J-37", True, watched(measures=frozenset({("100A40", "001")})), note="1"),
    Case("J-37", True, watched(measures=frozenset({("100A40", "006")})), note="2"),
    Case("J-37", True, watched(measures=frozenset({("100A41", "002")})), note="3"),
    Case("J-37", True, watched(measures=frozenset({("100A39", "007"), ("100A48", "001")})), note="4"),
    Case("J-37", True, watched(measures=frozenset()), note="5"),
    Case(
        "J-37",
        True,
        watched(
            measures=frozenset({("100A39", "007"), ("100A40", "001"), ("100A40", "006"), ("100A41", "002")})
        ),
        note="6",
    ),
    Case("J-37", False, watched(measures=frozenset({("100A39", "001")})), note="0"),
    Case("J-37", False, watched(measures=frozenset({("100A40", "002")})), note="1"),
    Case("J-37", False, watched(measures=frozenset({("100A41", "001")})), note="2"),
    Case("J-37", False, watched(measures=frozenset({("100A42", "001")})), note="3"),
    Case("J-37", False, watched(measures=frozenset({("100A39", "007"), ("100A39", "001")})), note="4"),
    Case("J-37", False, watched(measures=frozenset({("100A39", "007")}), development="02"), note="5"),
    Case("J-38", True, watched(measures=frozenset({("100A48", "001")})), note="0"),
    Case("J-38", False, watched(measures=frozenset({("100A48", "001"), ("100A45", "001")})), note="0"),
    Case("J-38", False, watched(), note="1"),
    Case(
        "J-38", False, watched(person(labour_skill="004"), measures=frozenset({("100A48", "001")})), note="2"
    ),
    Case("J-39", True, watched(person(low_income_aid=True, labour_skill="004")), note="0"),
    Case("J-39", True, watched(person(destitute_aid=True, labour_skill="004")), note="1"),
    Case(
        "J-39", True, watched(person(destitute_aid=True, labour_skill="004"), labourless_flag=False), note="2"
    ),
    Case(
        "J-39",
        False,
        watched(person(low_income_aid=True, labour_skill="004"), labourless_flag=True),
        note="0",
    ),
    Case("J-39", False, watched(person(low_income_aid=True)), note="1"),
    Case("J-39", False, watched(person(labour_skill="004")), note="2"),
    Case("J-40", True, watched(person(labour_skill="004")), note="0"),
    Case("J-40", False, watched(person(low_income_aid=True, labour_skill="004")), note="0"),
    Case("J-40", False, watched(), note="1"),
    Case("J-41", True, watched(measures=frozenset({("100A40", "003")})), note="0"),
    Case(
        "J-41",
        True,
        watched(measures=frozenset({("100A40", "003")}), works=(work(travel_subsidy_fen=0),)),
        note="1",
    ),
    Case("J-41", False, watched(measures=frozenset({("100A40", "003")}), works=(work(),)), note="0"),
    Case("J-41", False, watched(), note="1"),
    Case("J-41", False, watched(measures=frozenset({("100A40", "002")})), note="2"),
    Case("J-42a", True, watched(measures=frozenset({("100A40", "002")})), note="0"),
    Case(
        "J-42a", True, watched(measures=frozenset({("100A40", "003")}), works=(work(place=HERE),)), note="1"
    ),
    Case(
        "J-42a", True, watched(measures=frozenset({("100A40", "003")}), works=(work(place=None),)), note="2"
    ),
    Case("J-42a", False, watched(measures=frozenset({("100A40", "002")}), works=(work(),)), note="0"),
    Case("J-42a", False, watched(), note="1"),
    Case("J-42a", False, watched(measures=frozenset({("100A40", "001")})), note="2"),
    Case(
        "J-42b",
        True,
        watched(measures=frozenset({("100A40", "002")}), works=(work(started_on=date(2022, 2, 28)),)),
        note="0",
    ),
    Case(
        "J-42b", True, watched(measures=frozenset({("100A40", "002")}), works=(work(place=HERE),)), note="1"
    ),
    Case(
        "J-42b",
        True,
        watched(measures=frozenset({("100A40", "002")}), works=(work(started_on=None),)),
        note="2",
    ),
    Case("J-42b", False, watched(measures=frozenset({("100A40", "002")}), works=(work(),)), note="0"),
    Case("J-42b", False, watched(), note="1"),
    Case("J-42b", False, watched(measures=frozenset({("100A40", "003")})), note="2"),
    Case("J-42b", False, watched(measures=frozenset({("100A40", "002")}), identified=None), note="3"),
    Case("J-46a", True, watched(risks=("100A27001",), measures=frozenset()), note="0"),
    Case("J-46a", True, watched(risks=("100A27001",), measures=frozenset({("100A48", "001")})), note="1"),
    Case("J-46a", False, watched(risks=("100A27001",), measures=frozenset({("100A45", "001")})), note="0"),
    Case("J-46a", False, watched(risks=("100A27001",), measures=frozenset({("100A52", "001")})), note="1"),
    Case("J-46a", False, watched(measures=frozenset()), note="2"),
    Case("J-46b", True, watched(risks=("100A27002",), measures=frozenset()), note="0"),
    Case("J-46b", True, watched(risks=("100A27002",), measures=frozenset({("100A48", "001")})), note="1"),
    Case("J-46b", False, watched(risks=("100A27002",), measures=frozenset({("100A46", "001")})), note="0"),
    Case("J-46b", False, watched(risks=("100A27002",), measures=frozenset({("100A47", "001")})), note="1"),
    Case("J-46b", False, watched(risks=("100A27002",), measures=frozenset({("100A52", "001")})), note="2"),
    Case("J-46b", False, watched(measures=frozenset()), note="3"),
    Case("J-46c", True, watched(risks=("100A27005",), measures=frozenset()), note="0"),
    Case("J-46c", True, watched(risks=("100A27005",), measures=frozenset({("100A45", "001")})), note="1"),
    Case("J-46c", False, watched(risks=("100A27005",), measures=frozenset({("100A48", "001")})), note="0"),
    Case("J-46c", False, watched(risks=("100A27005",), measures=frozenset({("100A52", "001")})), note="1"),
    Case("J-46c", False, watched(measures=frozenset()), note="2"),
    Case("J-46d", True, watched(risks=("100A27003",), measures=frozenset()), note="0"),
    Case("J-46d", True, watched(risks=("100A27003",), measures=frozenset({("100A51", "001")})), note="1"),
    Case("J-46d", False, watched(risks=("100A27003",), measures=frozenset({("100A50", "001")})), note="0"),
    Case("J-46d", False, watched(risks=("100A27003",), measures=frozenset({("100A53", "001")})), note="1"),
    Case("J-46d", False, watched(measures=frozenset()), note="2"),
    Case("J-46f", True, watched(risks=("100A27004",), measures=frozenset()), note="0"),
    Case("J-46f", True, watched(risks=("100A27004",), measures=frozenset({("100A53", "001")})), note="1"),
    Case("J-46f", False, watched(risks=("100A27004",), measures=frozenset({("100A51", "001")})), note="0"),
    Case("J-46f", False, watched(measures=frozenset()), note="1"),
    Case(
        "J-46a", False, closed(risks=("100A27001",), measures=frozenset({("100A48", "001")})), note="after0"
    ),
    Case("J-46c", True, closed(risks=("100A27005",), measures=frozenset({("100A45", "001")})), note="after0"),
    Case("J-46b", True, closed(risks=("100A27002",), measures=frozenset({("100A48", "001")})), note="after0"),
    Case("J-46e", True, watched(before=Safeguards(dropout=True)), note="0"),
    Case(
        "J-46e",
        False,
        watched(before=Safeguards(dropout=True), measures=frozenset({("100A46", "001")})),
        note="0",
    ),
    Case("J-46e", False, watched(), note="1"),
    Case("J-46e", False, watched(before=None), note="2"),
    Case("J-46g", True, watched(before=Safeguards(uninsured=True), measures=frozenset()), note="0"),
    Case(
        "J-46g",
        False,
        watched(before=Safeguards(uninsured=True), measures=frozenset({("100A45", "001")})),
        note="0",
    ),
    Case(
        "J-46g",
        False,
        watched(before=Safeguards(uninsured=True), measures=frozenset({("100A52", "001")})),
        note="1",
    ),
    Case("J-46g", False, watched(measures=frozenset()), note="2"),
    Case("J-46g", False, watched(before=None, measures=frozenset()), note="3"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
