"""Invented households on the real divisions. Nobody here exists.

Identity numbers carry the area 610300, a city's code under which no card is
issued, and telephones begin with 154, a segment without subscribers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from deploy.simulation.chance import Chance, rates
from shared.areas import areas
from shared.kernel.period import age_on

Sex = Literal["1", "2"]
DAY_ONE = date(2022, 1, 1)

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "示例甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_INVENTED_AREA = "610300"
_PEOPLE = 50_000_000
"""Telephones of people are counted from here, those of households from 1."""
_OWN_TELEPHONE = 14

"""Codes of the national record's lists, without the list's name (domain 8.3)."""

ORDINARY, LIFTED_OUT = "100A03A01", "100A03A03"
NORMAL_LABOUR, SKILLED, LOST, NONE, WEAK = ("001", "002", "003", "004", "005")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented member."""

    name: str
    id_number: str
    relation: str
    sex: Sex
    born_on: date
    labour_skill: str
    school_status: str | None
    education: str | None
    health: tuple[str, ...]
    phone: str = ""

    @property
    def works(self) -> bool:
        """Whether the person could take a job."""
        return self.labour_skill in (NORMAL_LABOUR, SKILLED, WEAK) and self.school_status is None


@dataclass(frozen=True, slots=True)
class Family:
    """One invented household as it stands on the first day."""

    number: str
    area_code: str
    phone: str
    household_type: str
    relocated: bool
    minimum_living: bool
    people: tuple[Person, ...]

    @property
    def lifted_out(self) -> bool:
        return self.household_type == LIFTED_OUT


def families(seed: str, count: int) -> list[Family]:
    """Return *count* invented households spread over all villages.

    The first *n* of a larger county are not those of a smaller one: villages get
    their share by turns, and each household is made from its own number.
    """
    villages = _villages_by_turns()
    numbers = _Numbers()
    return [
        _family(Chance(seed, "family", str(i)), i, villages[i % len(villages)], numbers) for i in range(count)
    ]


def _villages_by_turns() -> list[str]:
    """Return the villages' codes: the first of each town, then the second of each, and so on."""
    towns = areas().towns()
    return [
        code
        for _, _, code in sorted(
            (place, number, village.code)
            for number, town in enumerate(towns)
            for place, village in enumerate(areas().villages(town.code))
        )
    ]


def _family(chance: Chance, index: int, area_code: str, numbers: "_Numbers") -> Family:
    share = rates()["population"]
    number = f"{_INVENTED_AREA}{index + 1:08d}"
    no_labour = chance.happens(share["no_labour"])
    surname = chance.one_of(_SURNAMES)
    plan = _ages(chance, no_labour=no_labour)
    people = tuple(
        _person(chance.about(str(i)), surname, numbers, f"154{_PEOPLE + index * 10 + i}", *who)
        for i, who in enumerate(plan)
    )
    return Family(
        number=number,
        area_code=area_code,
        phone=f"154{index + 1:08d}",
        household_type=LIFTED_OUT if chance.happens(share["lifted_out"]) else ORDINARY,
        relocated=chance.happens(share["relocated"]),
        minimum_living=no_labour or chance.happens(share["minimum_living"]),
        people=people,
    )


def _ages(chance: Chance, *, no_labour: bool) -> list[tuple[str, Sex, int]]:
    """Return relation, sex and age of everybody, the head first (codes of 与户主关系)."""
    sex: Sex = chance.one_of(("1", "1", "1", "2"))
    if no_labour:
        alone = [("001", sex, chance.number(66, 84))]
        return alone if chance.number(0, 1) else [*alone, ("002", _other(sex), chance.number(63, 82))]
    head = chance.number(28, 62)
    people = [("001", sex, head), ("002", _other(sex), max(20, head - chance.number(-2, 4)))]
    for _ in range(chance.number(0, 3)):
        child: Sex = chance.one_of(("1", "2"))
        people.append(("003" if child == "1" else "004", child, max(0, head - chance.number(21, 34))))
    if chance.number(0, 2) == 0:
        people.append(("012", "2", head + chance.number(20, 28)))
    return people


def _other(sex: Sex) -> Sex:
    return "2" if sex == "1" else "1"


def _person(
    chance: Chance, surname: str, numbers: "_Numbers", phone: str, relation: str, sex: Sex, age: int
) -> Person:
    born_on = date(2021 - age, chance.number(1, 12), chance.number(1, 28))
    school = _school(age_on(born_on, DAY_ONE), born_on)
    health = _health(chance)
    return Person(
        name=surname + chance.one_of(_GIVEN) + chance.one_of(_GIVEN),
        id_number=numbers.next(born_on, sex),
        relation=relation,
        sex=sex,
        born_on=born_on,
        labour_skill=_skill(chance, age_on(born_on, DAY_ONE), school, health),
        school_status=school,
        education=None if school else chance.one_of(("002", "003", "003", "004")),
        health=health,
        phone=phone if age >= _OWN_TELEPHONE else "",
    )


class _Numbers:
    """Gives out identity numbers (GB 11643): people born on one day get one sequence number after another."""

    def __init__(self) -> None:
        self._given: dict[tuple[date, Sex], int] = {}

    def next(self, born_on: date, sex: Sex) -> str:
        """Return the next number of that birthday; the sequence is odd for men, even for women."""
        before = self._given.get((born_on, sex), 0)
        self._given[born_on, sex] = before + 1
        sequence = before * 2 + (1 if sex == "1" else 2)
        body = f"{_INVENTED_AREA}{born_on:%Y%m%d}{sequence:03d}"
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
        return body + _CHECK[total % 11]


_SCHOOL = (
    (3, 5, "002"),
    (6, 11, "003"),
    (12, 12, "004"),
    (13, 13, "005"),
    (14, 14, "006"),
    (15, 15, "007"),
    (16, 16, "008"),
    (17, 17, "009"),
)


_VOCATIONAL = {16: "010", 17: "011", 18: "012"}
_OF_THREE = 3


def _school(age: int, born_on: date) -> str | None:
    """Return the kind of school; a third of those of that age learn a trade, whatever chance says else."""
    if age < _SCHOOL[0][0]:
        return "001"
    if age in _VOCATIONAL and born_on.day % _OF_THREE == 0:
        return _VOCATIONAL[age]
    return next((code for low, high, code in _SCHOOL if low <= age <= high), None)


def _health(chance: Chance) -> tuple[str, ...]:
    share = rates()["population"]
    ill = ("002",) if chance.happens(share["chronic_illness"]) else ()
    disabled = ("004",) if chance.happens(share["disabled"]) else ()
    return ill + disabled or ("001",)


def _skill(chance: Chance, age: int, school: str | None, health: tuple[str, ...]) -> str:
    if school or age < 16 or age >= 75:  # noqa: PLR2004  (below working age; too old to work the land)
        return NONE
    if age >= 60 or "004" in health:  # noqa: PLR2004  (rule E-2 of the county's checks)
        return WEAK if chance.number(0, 2) else LOST
    if health != ("001",) and chance.number(0, 9):
        return WEAK  # rule E-6 asks about full labour of people who are ill
    return SKILLED if chance.number(0, 9) == 0 else NORMAL_LABOUR
