from datetime import date

import pytest

from services.monitoring.domain.quality import insurance as family
from shared.kernel.period import Month
from tests.monitoring.domain.quality.records import (
    Case,
    breaks,
    one,
    tables_of,
    watched,
)

CASES = (
    Case("H-1", True, one(resident_insured=False), note="0"),
    Case("H-1", True, one(resident_insured=None), note="1"),
    Case("H-1", False, one(), note="0"),
    Case("H-1", False, one(resident_insured=False, employee_insured=True), note="1"),
    Case("H-2", True, one(employee_insured=True), note="0"),
    Case("H-2", False, one(), note="0"),
    Case("H-2", False, one(resident_insured=False, employee_insured=True), note="1"),
    Case("H-3", True, one(serious_illness_insured=False), note="0"),
    Case("H-3", True, one(resident_insured=False), note="1"),
    Case("H-3", False, one(), note="0"),
    Case("H-3", False, one(resident_insured=False, employee_insured=True), note="1"),
    Case("H-3", False, one(serious_illness_insured=None), note="2"),
    Case("H-3", False, one(resident_insured=None), note="3"),
    Case("H-4", True, one(medical_aid=True, resident_insured=False), note="0"),
    Case("H-4", False, one(medical_aid=True), note="0"),
    Case("H-4", False, one(resident_insured=False), note="1"),
    Case("H-5", True, watched(identified=Month(2022, 3), measures=frozenset({("100A45", "002")})), note="0"),
    Case("H-5", True, watched(identified=Month(2022, 3), measures=frozenset({("100A46", "001")})), note="1"),
    Case("H-5", False, watched(identified=Month(2022, 4), measures=frozenset()), note="0"),
    Case("H-5", False, watched(identified=Month(2022, 3)), note="1"),
    Case("H-5", False, watched(identified=None, measures=frozenset()), note="2"),
    Case("H-5", False, watched(identified=Month(2021, 4), measures=frozenset()), date(2022, 3, 31), "0d"),
    Case("H-5", True, watched(identified=Month(2021, 4), measures=frozenset()), date(2022, 4, 1), "0d"),
    Case("H-6", True, watched(identified=Month(2022, 4)), note="0"),
    Case("H-6", False, watched(identified=Month(2022, 3)), note="0"),
    Case("H-6", False, watched(identified=Month(2022, 4), measures=frozenset()), note="1"),
    Case("H-6", False, watched(identified=None), note="2"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
