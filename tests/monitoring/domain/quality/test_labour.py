import pytest

from services.monitoring.domain.quality import labour as family
from tests.monitoring.domain.quality.records import (
    Case,
    breaks,
    one,
    tables_of,
    turned,
    turns_tomorrow,
)

CASES = (
    Case("E-1", True, one(born_on=turns_tomorrow(16)), note="0"),
    Case("E-1", True, one(labour_skill="003", born_on=turns_tomorrow(16)), note="1"),
    Case("E-1", False, one(born_on=turned(16)), note="0"),
    Case("E-1", False, one(labour_skill="004", born_on=turned(3)), note="1"),
    Case("E-1", False, one(labour_skill=None, born_on=turned(3)), note="2"),
    Case("E-2", True, one(born_on=turned(60)), note="0"),
    Case("E-2", True, one(labour_skill="002", born_on=turned(60)), note="1"),
    Case("E-2", False, one(born_on=turns_tomorrow(60)), note="0"),
    Case("E-2", False, one(labour_skill="005", born_on=turned(60)), note="1"),
    Case("E-3", True, one(labour_skill="003", born_on=turned(16)), note="0"),
    Case("E-3", True, one(labour_skill="003", born_on=turns_tomorrow(60)), note="1"),
    Case("E-3", False, one(labour_skill="003", born_on=turns_tomorrow(16)), note="0"),
    Case("E-3", False, one(labour_skill="003", born_on=turned(60)), note="1"),
    Case("E-3", False, one(labour_skill="003", health=("002",)), note="2"),
    Case("E-3", False, one(labour_skill="003", school_status="013"), note="3"),
    Case("E-3", False, one(labour_skill="001"), note="4"),
    Case("E-4", True, one(labour_skill="004", born_on=turned(16)), note="0"),
    Case("E-4", True, one(labour_skill="004", born_on=turns_tomorrow(60)), note="1"),
    Case("E-4", False, one(labour_skill="004", born_on=turns_tomorrow(16)), note="0"),
    Case("E-4", False, one(labour_skill="004", born_on=turned(60)), note="1"),
    Case("E-4", False, one(labour_skill="004", health=("002",)), note="2"),
    Case("E-4", False, one(labour_skill="004", school_status="013"), note="3"),
    Case("E-4", False, one(labour_skill="001"), note="4"),
    Case("E-5", True, one(labour_skill="005", born_on=turned(16)), note="0"),
    Case("E-5", True, one(labour_skill="005", born_on=turns_tomorrow(60)), note="1"),
    Case("E-5", False, one(labour_skill="005", born_on=turns_tomorrow(16)), note="0"),
    Case("E-5", False, one(labour_skill="005", born_on=turned(60)), note="1"),
    Case("E-5", False, one(labour_skill="005", health=("002",)), note="2"),
    Case("E-5", False, one(labour_skill="005", school_status="013"), note="3"),
    Case("E-5", False, one(labour_skill="001"), note="4"),
    Case("E-6", True, one(health=("002",), born_on=turned(16)), note="0"),
    Case("E-6", True, one(labour_skill="002", health=("004",), born_on=turns_tomorrow(60)), note="1"),
    Case("E-6", False, one(health=("002",), born_on=turns_tomorrow(16)), note="0"),
    Case("E-6", False, one(health=("002",), born_on=turned(60)), note="1"),
    Case("E-6", False, one(), note="2"),
    Case("E-6", False, one(health=()), note="3"),
    Case("E-6", False, one(health=("002",), school_status="013"), note="4"),
    Case("E-6", False, one(health=("002",), labour_skill="005"), note="5"),
    Case("E-7", True, one(id_number="1" * 18 + "41"), note="0"),
    Case("E-7", True, one(id_number="1" * 18 + "42B1"), note="1"),
    Case("E-7", False, one(id_number="1" * 18 + "43"), note="0"),
    Case("E-7", False, one(id_number="1" * 18 + "31"), note="1"),
    Case("E-7", False, one(id_number="1" * 18 + "41", labour_skill="005"), note="2"),
    Case("E-7", False, one(id_number="1" * 17 + "411"), note="3"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
