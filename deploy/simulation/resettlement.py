"""Relocated households: their sites, labour surveys, who went back, who outgrew the house."""

from datetime import date
from functools import partial

from deploy.simulation.chance import rates
from deploy.simulation.world import TOWN, Home, World
from services.monitoring.service_layer.matter import CloseMatter
from services.monitoring.service_layer.relocation.finding import (
    FindHousingShortage,
    FindReturn,
    end_return,
    find_housing_shortage,
    find_return,
    solve_housing_shortage,
)
from services.monitoring.service_layer.relocation.site import (
    PlanFacilityTask,
    RecordSite,
    SettleHouseholds,
    finish_facility_task,
    plan_facility_task,
    record_site,
    settle_households,
)
from services.monitoring.service_layer.relocation.zero_employment import SurveyLabour, survey_many
from shared.areas import areas

_SITES = 33
"""Plan item 14."""
_SITES_ON = date(2022, 1, 11)
_SURVEYS = (date(2022, 4, 12), date(2022, 10, 12))
_NEEDS = ("services", "infrastructure")
_OLD_FLOOR_AREA = 60


def plan_resettlement(world: World) -> None:
    """Put sites, surveys and what is found on the calendar."""
    relocated = [home for home in world.homes.values() if home.family.relocated]
    if not relocated:
        return
    world.agenda.on(_SITES_ON, partial(_settle, world, relocated))
    for day in _SURVEYS:
        world.agenda.on(day, partial(_survey, world, relocated))
    for home in relocated:
        chance = world.chance("went back", home.family.number)
        if chance.happens(rates()["relocation"]["returned"]):
            world.agenda.on(date(2022, chance.number(3, 10), 9), partial(_find_return, world, home))
        if chance.happens(rates()["relocation"]["short_of_room"]):
            world.agenda.on(date(2022, chance.number(3, 8), 17), partial(_find_shortage, world, home))


def _settle(world: World, relocated: list[Home], day: date) -> None:
    uow = world.county.monitoring.uow
    by_village: dict[str, list[str]] = {}
    for home in sorted(relocated, key=lambda home: home.family.area_code):
        by_village.setdefault(home.family.area_code, []).append(home.household_id)
    villages = list(by_village)
    for number, first in enumerate(range(0, len(villages), -(-len(villages) // _SITES)), 1):
        part = villages[first : first + -(-len(villages) // _SITES)]
        name = f"{areas().get(part[0]).name}示例安置点{number}"
        site = RecordSite(name=name, area_code=part[0], invented=True, on=day, by=TOWN)
        site_id = record_site(site, uow())
        members = tuple(one for village in part for one in by_village[village])
        settle_households(SettleHouseholds(site_id=site_id, household_ids=members), uow())
        for kind in _NEEDS:
            _plan_task(world, site_id, kind, day)


def _plan_task(world: World, site_id: str, kind: str, day: date) -> None:
    uow, chance = world.county.monitoring.uow, world.chance("facility", site_id, kind)
    planned = PlanFacilityTask(site_id=site_id, kind=kind, due_on=date(2022, 10, 31), on=day, by=TOWN)
    task_id = plan_facility_task(planned, uow())
    if not chance.happens(rates()["procedure"]["late_official"]):
        world.agenda.after(day, chance.number(120, 285), partial(_finish, world, task_id))


def _finish(world: World, task_id: str, day: date) -> None:
    finish_facility_task(
        CloseMatter(matter_id=task_id, way="done", on=day, by=TOWN), world.county.monitoring.uow()
    )


def _survey(world: World, relocated: list[Home], day: date) -> None:
    commands = []
    for home in relocated:
        labourers = sum(person.works for person in home.family.people)
        missed = world.chance("survey", home.family.number, str(day)).happens(
            rates()["procedure"]["visit_missed"]
        )
        if labourers and not missed:
            commands.append(
                SurveyLabour(
                    household_id=home.household_id,
                    labourers=labourers,
                    surveyed=labourers,
                    willing=labourers,
                    on=day,
                    by=TOWN,
                )
            )
    survey_many(commands, world.county.monitoring.uow())


def _find_return(world: World, home: Home, day: date) -> None:
    monitoring = world.county.monitoring
    found = FindReturn(household_id=home.household_id, kind="elder_returned", on=day, by=TOWN)
    finding_id = find_return(found, monitoring.uow(), monitoring.relocation_policy)
    chance = world.chance("came again", home.family.number)
    world.agenda.after(day, chance.number(10, 60), partial(_end_return, world, finding_id))


def _end_return(world: World, finding_id: str, day: date) -> None:
    end_return(CloseMatter(matter_id=finding_id, way="back", on=day, by=TOWN), world.county.monitoring.uow())


def _find_shortage(world: World, home: Home, day: date) -> None:
    monitoring = world.county.monitoring
    found = FindHousingShortage(household_id=home.household_id, floor_area=_OLD_FLOOR_AREA, on=day, by=TOWN)
    shortage_id = find_housing_shortage(found, monitoring.uow(), monitoring.relocation_policy)
    chance = world.chance("room", home.family.number)
    world.agenda.after(day, chance.number(30, 150), partial(_solve, world, shortage_id))


def _solve(world: World, shortage_id: str, day: date) -> None:
    closing = CloseMatter(matter_id=shortage_id, way="extended", on=day, by=TOWN)
    solve_housing_shortage(closing, world.county.monitoring.uow())
