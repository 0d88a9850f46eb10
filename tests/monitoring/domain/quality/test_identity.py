from datetime import date

import pytest

from services.monitoring.domain.quality import identity as family
from tests.monitoring.domain.quality.records import (
    ELSEWHERE,
    HERE,
    Case,
    breaks,
    home,
    one,
    person,
    tables_of,
    work,
    worker,
)
from tests.monitoring.kit import id_number

GOOD = id_number(date(1978, 3, 5), "1")

CASES = (
    Case("A-2", True, one(id_number="6103271978"), note="0"),
    Case("A-2", True, one(id_number="1" * 17), note="1"),
    Case("A-2", True, one(id_number="1" * 19), note="2"),
    Case("A-2", True, one(id_number="1" * 21), note="3"),
    Case("A-2", False, one(id_number=""), note="0"),
    Case("A-2", False, one(id_number="1" * 18), note="1"),
    Case("A-2", False, one(id_number="1" * 20), note="2"),
    Case("A-2", False, one(id_number="1" * 22), note="3"),
    Case("A-3", True, one(id_number="610327197803050010"), note="0"),
    Case("A-3", False, one(), note="0"),
    Case("A-3", False, one(id_number=""), note="1"),
    Case("A-3", False, one(id_number="1" * 17), note="2"),
    Case("A-3", False, one(id_number="1" * 20), note="3"),
    Case("A-4", True, one(id_number=GOOD + "81"), note="0"),
    Case("A-4", True, one(id_number=GOOD + "01"), note="1"),
    Case("A-4", True, one(id_number="1" * 18 + "44"), note="2"),
    Case("A-4", True, one(id_number=GOOD + "81B1"), note="3"),
    Case("A-4", True, one(id_number="1" * 18 + "44B1"), note="4"),
    Case("A-4", False, one(id_number=GOOD + "14"), note="0"),
    Case("A-4", False, one(id_number=GOOD + "24"), note="1"),
    Case("A-4", False, one(id_number=GOOD + "34"), note="2"),
    Case("A-4", False, one(id_number=GOOD + "44"), note="3"),
    Case("A-4", False, one(id_number=GOOD + "54"), note="4"),
    Case("A-4", False, one(id_number=GOOD + "64"), note="5"),
    Case("A-4", False, one(id_number=GOOD + "74"), note="6"),
    Case("A-4", False, one(id_number=GOOD + "44B1"), note="7"),
    Case("A-4", False, one(id_number=GOOD), note="8"),
    Case("A-4", False, one(id_number=""), note="9"),
    Case("A-4", False, one(id_number="1" * 18 + "4"), note="10"),
    Case("A-5", True, one(id_number=""), note="0"),
    Case("A-5", True, one(id_number="999999197803050010"), note="1"),
    Case("A-5", False, one(), note="0"),
    Case("A-5", False, one(id_number="999998197803050010"), note="1"),
    Case("A-6", True, one(id_number="610327189912050010"), note="0"),
    Case("A-6", True, one(id_number="610327202301050010"), note="1"),
    Case("A-6", True, one(id_number="610327197813050010"), note="2"),
    Case("A-6", True, one(id_number="610327197800050010"), note="3"),
    Case("A-6", False, one(), note="0"),
    Case("A-6", False, one(id_number="610327190001050010"), note="1"),
    Case("A-6", False, one(id_number="610327202212050010"), note="2"),
    Case("A-6", False, one(id_number=""), note="3"),
    Case("A-6", False, one(id_number="61032719781"), note="4"),
    Case("A-6", False, one(id_number="61032719AB12050010"), note="5"),
    Case("A-6", False, one(id_number="610327197801050010"), note="6"),
    Case("A-7", True, one(health=("004",)), note="0"),
    Case("A-7", True, one(health=("002", "004")), note="1"),
    Case("A-7", False, one(health=("004",), document="02"), note="0"),
    Case("A-7", False, one(health=("002",)), note="1"),
    Case("A-8a", True, home(phone=""), note="0"),
    Case("A-8a", True, home(phone="1390000000"), note="1"),
    Case("A-8a", True, home(phone="139000000011"), note="2"),
    Case("A-8a", True, home(phone="1390000000x"), note="3"),
    Case("A-8a", False, home(), note="0"),
    Case("A-8a", False, home(phone="09170000001"), note="1"),
    Case("A-8b", True, home(phone=""), note="0"),
    Case("A-8b", True, home(phone="12900000001"), note="1"),
    Case("A-8b", True, home(phone="1390000000"), note="2"),
    Case("A-8b", False, home(phone="13000000001"), note="0"),
    Case("A-8b", False, home(phone="19900000001"), note="1"),
    Case("A-8c", True, worker({"phone": ""}), note="0"),
    Case("A-8c", True, worker({"phone": "12900000001"}), note="1"),
    Case("A-8c", False, worker(), note="0"),
    Case("A-8c", False, worker({"phone": ""}, working=False), note="1"),
    Case(
        "A-9",
        True,
        home(person(), person(id="p2"), works=(work(), work(person_id="p2", place=HERE))),
        note="0",
    ),
    Case(
        "A-9",
        False,
        home(person(), person(id="p2"), works=(work(), work(person_id="p2", place=ELSEWHERE + "101"))),
        note="0",
    ),
    Case(
        "A-9",
        False,
        home(
            person(), person(id="p2", phone="13900000002"), works=(work(), work(person_id="p2", place=HERE))
        ),
        note="1",
    ),
    Case(
        "A-9",
        False,
        home(person(phone=""), person(id="p2", phone=""), works=(work(), work(person_id="p2", place=HERE))),
        note="2",
    ),
    Case(
        "A-9",
        False,
        home(person(), person(id="p2"), works=(work(place=None), work(person_id="p2", place=HERE))),
        note="3",
    ),
    Case(
        "A-9",
        False,
        home(person(), works=(work(person_id="gone"), work(person_id="gone", place=HERE))),
        note="4",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule(case):
    """Each rule of the family finds fault with what breaks it, and not with its nearest neighbour."""
    assert case.fires == breaks(case, tables_of(vars(family)))
