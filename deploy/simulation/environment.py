"""Toilets, sewage and clean villages: what the survey finds is rectified, what is planned is built."""

from datetime import date, timedelta
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import COUNTY_OFFICE, TOWN, VILLAGE, Home, World
from services.monitoring.domain.environment.public_toilet import PublicToiletStep
from services.monitoring.domain.environment.toilet_problem import ProblemStep
from services.monitoring.service_layer.environment.cleaning import InspectVillage, inspect_villages
from services.monitoring.service_layer.environment.public_toilet import (
    AdvancePublicToilet,
    PlanPublicToilet,
    advance_public_toilet,
    plan_public_toilet,
)
from services.monitoring.service_layer.environment.sewage import (
    CheckSewageFacility,
    RecordSewageFacility,
    check_sewage_facilities,
    record_sewage_facilities,
)
from services.monitoring.service_layer.environment.toilet import RegisterToilet, register_toilets
from services.monitoring.service_layer.environment.toilet_problem import (
    CheckToilets,
    FindToiletProblem,
    OrderRectification,
    check_toilets,
    find_toilet_problems,
    order_rectification,
)
from shared.areas import areas

_REGISTER_ON = date(2022, 1, 16)
_SURVEY_ON = date(2022, 2, 20)
_PLANNED_ON = date(2022, 2, 15)
_PUBLIC_TOILETS = 20
"""Plan item 27."""
_CHECKS = (
    (ProblemStep.VILLAGE_CHECK, VILLAGE, 15, 90),
    (ProblemStep.TOWN_CHECK, TOWN, 2, 15),
    (ProblemStep.COUNTY_CHECK, COUNTY_OFFICE, 5, 40),
)
_BUILDING = ((PublicToiletStep.START, 60), (PublicToiletStep.BUILD, 150), (PublicToiletStep.OPEN, 200))


def plan_environment(world: World) -> None:
    """Put the survey, the building and the inspections of the year on the calendar."""
    homes = [home for home in world.homes.values() if _has_problem(world, home)]
    world.agenda.on(_REGISTER_ON, partial(_register, world, homes))
    world.agenda.on(_PLANNED_ON, partial(_plan_public, world))
    for month in range(1, 13):
        world.agenda.on(date(2022, month, 26), partial(_inspect, world))


def _has_problem(world: World, home: Home) -> bool:
    return world.chance("toilet", home.family.number).happens(rates()["places"]["toilet_problem"])


def _register(world: World, homes: list[Home], day: date) -> None:
    if not homes:
        return
    commands = [
        RegisterToilet(
            toilet_no=f"T{home.family.number}",
            household_id=home.household_id,
            kind="2",
            place="yard",
            built_year=2019,
        )
        for home in homes
    ]
    ids = register_toilets(commands, day, world.county.monitoring.uow())
    world.agenda.on(_SURVEY_ON, partial(_survey, world, list(zip(homes, ids, strict=True))))


def _survey(world: World, toilets: list[tuple[Home, str]], day: date) -> None:
    monitoring = world.county.monitoring
    chances = [world.chance("toilet problem", home.family.number) for home, _ in toilets]
    commands = [
        FindToiletProblem(toilet_id=toilet_id, kind=str(chance.number(1, 4)), on=day, by=VILLAGE)
        for (_, toilet_id), chance in zip(toilets, chances, strict=True)
    ]
    ids = find_toilet_problems(commands, monitoring.uow(), monitoring.environment_policy)
    for problem_id, chance in zip(ids, chances, strict=True):
        if not chance.happens(rates()["places"]["toilet_left"]):
            world.agenda.after(day, chance.number(3, 25), partial(_order, world, chance, problem_id))


def _order(world: World, chance: Chance, problem_id: str, day: date) -> None:
    monitoring = world.county.monitoring
    command = OrderRectification(problem_id=problem_id, way="at_once", on=day, by=TOWN)
    order_rectification(command, monitoring.uow(), monitoring.environment_policy)
    due = day
    for step, who, least, most in _CHECKS:
        due += timedelta(days=chance.number(least, most))
        world.agenda.on(due, partial(_check, world, problem_id, step, who))


def _check(world: World, problem_id: str, step: ProblemStep, who: str, day: date) -> None:
    command = CheckToilets(problem_ids=(problem_id,), step=step, on=day, by=who)  # type: ignore[arg-type]
    check_toilets(command, world.county.monitoring.uow())


def _villages(world: World) -> list[str]:
    return sorted({home.family.area_code for home in world.homes.values()})


def _plan_public(world: World, day: date) -> None:
    villages = _villages(world)
    every = max(1, len(villages) // _PUBLIC_TOILETS)
    facilities = [
        RecordSewageFacility(
            facility_no=f"S{village}",
            name=f"{areas().get(village).name}示例污水处理站",
            area_code=village,
            kind="station",
            households=80,
        )
        for village in villages[::every][:_PUBLIC_TOILETS]
    ]
    ids = record_sewage_facilities(facilities, day, world.county.monitoring.uow())
    for month in range(day.month, 13):
        world.agenda.on(date(2022, month, 27), partial(_check_sewage, world, ids))
    for village in villages[::every][:_PUBLIC_TOILETS]:
        _plan_one(world, village, day)


def _plan_one(world: World, village: str, day: date) -> None:
    command = PlanPublicToilet(
        area_code=village,
        site=f"{areas().get(village).name}示例广场",
        kind="02",
        place="01",
        on=day,
        by=TOWN,
    )
    toilet_id = plan_public_toilet(command, world.county.monitoring.uow())
    chance = world.chance("public toilet", village)
    for step, after in _BUILDING:
        world.agenda.after(day, after + chance.number(0, 45), partial(_build, world, toilet_id, step))


def _build(world: World, toilet_id: str, step: PublicToiletStep, day: date) -> None:
    command = AdvancePublicToilet(public_toilet_id=toilet_id, step=step, on=day, by=TOWN)
    advance_public_toilet(command, world.county.monitoring.uow())


def _check_sewage(world: World, ids: list[str], day: date) -> None:
    commands = []
    for number, facility_id in enumerate(ids):
        stopped = world.chance("sewage", str(number), str(day)).happens(rates()["places"]["sewage_stopped"])
        note = "示例：风机停运" if stopped else ""
        commands.append(
            CheckSewageFacility(facility_id=facility_id, running=not stopped, on=day, by=TOWN, note=note)
        )
    check_sewage_facilities(commands, world.county.monitoring.uow())


def _inspect(world: World, day: date) -> None:
    monitoring = world.county.monitoring
    items = tuple(item.key for item in monitoring.environment_policy.items_on(day))
    commands = []
    for village in _villages(world):
        chance = world.chance("cleaning", village, str(day))
        failed = tuple(item for item in items if chance.happens(rates()["places"]["cleaning_failed"]))
        commands.append(InspectVillage(area_code=village, on=day, failed=failed, by=TOWN))
    inspect_villages(commands, monitoring.uow(), monitoring.environment_policy)
