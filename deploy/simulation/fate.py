"""What befalls an invented family in 2022, told from the seed and its own number alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from deploy.simulation.chance import Chance, rates
from deploy.simulation.people import DAY_ONE, Family, Person
from shared.kernel.money import Fen, fen
from shared.kernel.period import age_on


@dataclass(frozen=True, slots=True)
class Blow:
    """Something that happens to a family. *detail* is a code of monitoring's list of the kind; *cost* in fen.

    *mended_after* days it is put right, if somebody sees to it; None: it can't be mended.
    """

    on: date
    kind: str
    detail: str
    person: int | None
    cost: Fen
    mended_after: int | None = None


def blows(seed: str, family: Family) -> list[Blow]:
    """Return what befalls *family*, in the order of days."""
    return sorted(_blows(seed, family), key=lambda blow: (blow.on, blow.kind))


def _blows(seed: str, family: Family) -> Iterator[Blow]:
    chance = Chance(seed, "fate", family.number)
    share = rates()["changes_in_year"]
    for kind, make in _MAKERS.items():
        own = chance.about(kind)
        if own.happens(share[kind]) and (blow := make(own, family)):
            yield blow
    if blow := _flood(seed, family):
        yield blow


def _day(chance: Chance, first_month: int = 1, last_month: int = 11) -> date:
    first = date(2022, first_month, 5)
    last = date(2022, last_month, 28)
    return first + timedelta(days=chance.number(0, (last - first).days))


def _illness(chance: Chance, family: Family) -> Blow | None:
    serious = chance.number(0, 2) > 0
    cost = fen(chance.number(6_000, 60_000) if serious else chance.number(1_000, 4_000))
    person = chance.number(0, len(family.people) - 1)
    return Blow(_day(chance), "illness", "003" if serious else "002", person, cost)


def _disability(chance: Chance, family: Family) -> Blow | None:
    return Blow(
        _day(chance),
        "disability",
        "4",
        chance.number(0, len(family.people) - 1),
        fen(chance.number(500, 9_000)),
    )


def _accident(chance: Chance, family: Family) -> Blow | None:
    return Blow(
        _day(chance),
        "accident",
        chance.one_of(("traffic", "work", "fire", "other")),
        chance.number(0, len(family.people) - 1),
        fen(chance.number(3_000, 50_000)),
    )


def _house(chance: Chance, family: Family) -> Blow | None:  # noqa: ARG001  (every maker is asked alike)
    grade = chance.one_of(("C", "C", "D"))
    return Blow(
        _day(chance, 3, 10),
        "house_damage",
        grade,
        None,
        fen(chance.number(5_000, 40_000)),
        chance.number(60, 170),
    )


def _dropout(chance: Chance, family: Family) -> Blow | None:
    children = [i for i, person in enumerate(family.people) if _of_school_age(person)]
    if not children:
        return None
    return Blow(_day(chance, 3, 10), "dropout", "04", chance.one_of(children), 0, chance.number(10, 45))


def _of_school_age(person: Person) -> bool:
    return 6 <= age_on(person.born_on, DAY_ONE) < 16  # noqa: PLR2004  (compulsory schooling)


def _failure(chance: Chance, family: Family) -> Blow | None:  # noqa: ARG001
    return Blow(
        _day(chance, 4, 11),
        "industry_failure",
        chance.one_of(("farming", "livestock", "fruit")),
        None,
        fen(chance.number(5_000, 30_000)),
    )


def _water(chance: Chance, family: Family) -> Blow | None:  # noqa: ARG001
    return Blow(
        _day(chance, 2, 10),
        "water",
        chance.one_of(("cut_long", "quality", "cut_short")),
        None,
        0,
        chance.number(10, 60),
    )


def _flood(seed: str, family: Family) -> Blow | None:
    """A disaster falls on a village, and there on some: neighbours suffer together."""
    village = Chance(seed, "flood", family.area_code)
    share = rates()["changes_in_year"]["disaster"]
    hit_villages = Decimal("0.06")
    if not village.happens(hit_villages):
        return None
    day = date(2022, 7, 1) + timedelta(days=village.number(0, 80))
    own = village.about(family.number)
    if not own.happens(min(Decimal(1), share / hit_villages)):
        return None
    return Blow(day, "disaster", "001", None, fen(own.number(4_000, 45_000)))


_MAKERS = {
    "illness": _illness,
    "disability": _disability,
    "accident": _accident,
    "house_damage": _house,
    "dropout": _dropout,
    "industry_failure": _failure,
    "water": _water,
}
