"""The first days: every family is put on record, with what it earned the year before."""

from datetime import date
from typing import Any

from deploy.simulation.living import living_conditions, particulars
from deploy.simulation.people import Family, Person
from deploy.simulation.people import families as invented_families
from deploy.simulation.world import AT_ONCE, VILLAGE, Home, World, batched
from services.monitoring.service_layer.household import RegisterHousehold, register_households
from services.monitoring.service_layer.income import RecordIncome, record_income
from services.monitoring.service_layer.income import record_incomes as record_many
from services.monitoring.service_layer.member import Person as GivenPerson
from shared.contracts.envelope import Envelope
from shared.kernel.money import Fen, fen

_LIFTED_OUT_YEAR = 2018


def register_everybody(world: World, households: int, day: date) -> None:
    """Register all families on *day*; their members' ids are heard with the events that follow."""
    monitoring = world.county.monitoring
    world.courier.listen(lambda event: _hear_members(world, event))
    world.courier.listen(lambda event: _hear_income(world, event))
    families = invented_families(world.seed, households)
    for first in range(0, len(families), AT_ONCE):
        some = families[first : first + AT_ONCE]
        commands = [registration(family, day, world.seed) for family in some]
        ids = register_households(commands, monitoring.uow(), monitoring.checks)
        for family, household_id in zip(some, ids, strict=True):
            world.homes[household_id] = Home(family, household_id)


def record_incomes(world: World, day: date) -> None:
    """Record a ledger of the last twelve months for every home that was lifted out or is monitored.

    The yearly collection is of these; others' incomes are recorded when their case asks for it.
    """
    monitoring = world.county.monitoring
    for homes in batched(home for home in world.homes.values() if home.family.lifted_out or home.monitored):
        record_many([_ledger(world, home, day) for home in homes], monitoring.uow(), monitoring.line)


def record_ledger(world: World, home: Home, day: date, *, self_paid: Fen = 0, lost: Fen = 0) -> None:
    """Record what the home earned in the reference period; *lost* is wage that failed to come."""
    monitoring = world.county.monitoring
    record_income(
        _ledger(world, home, day, self_paid=self_paid, lost=lost), monitoring.uow(), monitoring.line
    )


def _ledger(world: World, home: Home, day: date, *, self_paid: Fen = 0, lost: Fen = 0) -> RecordIncome:
    items = _items(world, home.family)
    items["A1"] = max(0, items["A1"] - lost)
    return RecordIncome(
        household_id=home.household_id, items=items, on=day, self_paid_fen=self_paid, by=VILLAGE
    )


def registration(family: Family, day: date, seed: str = "") -> RegisterHousehold:
    """Return the command that puts *family* on record."""
    return RegisterHousehold(
        household_no=family.number,
        area_code=family.area_code,
        persons=tuple(_given(person, family, seed) for person in family.people),
        on=day,
        household_type=family.household_type,
        lifted_out=family.lifted_out,
        lifted_out_year=_LIFTED_OUT_YEAR if family.lifted_out else None,
        relocated=family.relocated,
        phone=family.phone,
        further=living_conditions(seed, family),
    )


def _given(person: Person, family: Family, seed: str) -> GivenPerson:
    told: dict[str, Any] = {
        "name": person.name,
        "sex": person.sex,
        "born_on": person.born_on,
        "relation": person.relation,
        "labour_skill": person.labour_skill,
        "id_number": person.id_number,
        "education": person.education,
        "school_status": person.school_status,
        "health": person.health,
    }
    return GivenPerson(**told | particulars(seed, person, family))


def _hear_members(world: World, event: Envelope) -> None:
    if event.fact != "monitoring.household_recorded":
        return
    home = world.home_of(event)
    if home is not None and not home.person_ids:
        members = sorted(event.data["members"], key=lambda member: str(member["person_no"]))
        home.person_ids = tuple(str(member["person_id"]) for member in members)


def _hear_income(world: World, event: Envelope) -> None:
    home = world.home_of(event)
    if event.fact == "monitoring.income_recorded" and home is not None:
        home.below_line = event.data["net_per_head_fen"] <= event.data["monitoring_line_fen"]


def _items(world: World, family: Family) -> dict[str, Fen]:
    chance = world.chance("income", family.number)
    workers = sum(person.works for person in family.people)
    away = min(workers, chance.number(0, 2))
    items = {
        "A1": away * fen(chance.number(14_000, 38_000)),
        "B1": fen(chance.number(2_000, 9_000)) if workers else 0,
        "B2": fen(chance.number(0, 12_000)) if workers else 0,
        "C2": fen(chance.number(0, 1_500)),
        "D4": fen(1_800)
        * sum(person.labour_skill == "004" and not person.school_status for person in family.people),
        "D2": fen(4_200) * len(family.people) if family.minimum_living else 0,
        "D6b": fen(chance.number(200, 600)),
    }
    items["E1"] = items["B1"] * 40 // 100
    items["E2"] = items["B2"] * 40 // 100
    return items
