"""Houses: what is reported is appraised and made safe; the houses lost in 2021 are built again."""

from datetime import date
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import TOWN, Home, World
from services.monitoring.domain.housing.alert import Grade, Way
from services.monitoring.domain.housing.rebuild import RebuildStep
from services.monitoring.service_layer.housing.alert import (
    AppraiseHouse,
    EvacuateHouse,
    MakeHouseSafe,
    appraise_house,
    evacuate_house,
    make_house_safe,
)
from services.monitoring.service_layer.housing.rebuild import (
    AdvanceRebuild,
    ListRebuild,
    advance_rebuild,
    list_rebuild,
)
from shared.contracts.envelope import Envelope

_LISTED_ON = date(2022, 1, 12)
_OFFICE = "sim-housing"
_GRADES: tuple[Grade, ...] = ("A", "B", "C", "C", "C", "D")
_STEPS = (
    (RebuildStep.START, 30, 60, TOWN),
    (RebuildStep.BUILD, 40, 70, TOWN),
    (RebuildStep.ACCEPT, 5, 15, _OFFICE),
    (RebuildStep.OCCUPY, 3, 14, TOWN),
)


def plan_housing(world: World) -> None:
    """Answer every alert; put the houses that the disaster of 2021 left to build on the list."""
    world.courier.listen(partial(_hear, world))
    for home in world.homes.values():
        chance = world.chance("rebuild", home.family.number)
        if chance.happens(rates()["places"]["rebuild_2021"]):
            world.agenda.on(_LISTED_ON, partial(_list, world, home, chance))


def _hear(world: World, event: Envelope) -> None:
    home = world.home_of(event)
    if event.fact == "monitoring.house_alert_raised" and home is not None:
        chance = world.chance("house", home.family.number, event.businessdate)
        late = chance.happens(rates()["procedure"]["late_official"])
        days = chance.number(18, 40) if late else chance.number(2, 12)
        alert_id = str(event.data["alert_id"])
        world.agenda.after(world.today(), days, partial(_appraise, world, chance, alert_id))


def _appraise(world: World, chance: Chance, alert_id: str, day: date) -> None:
    monitoring, grade = world.county.monitoring, chance.one_of(_GRADES)
    command = AppraiseHouse(alert_id=alert_id, grade=grade, on=day, by=_OFFICE)
    appraise_house(command, monitoring.uow(), monitoring.housing_policy)
    if grade == "D":
        evacuate_house(EvacuateHouse(alert_id=alert_id, on=day, by=TOWN), monitoring.uow())
    if grade in ("C", "D"):
        days = chance.number(20, 85) if grade == "C" else chance.number(60, 170)
        world.agenda.after(day, days, partial(_make_safe, world, alert_id, grade))


def _make_safe(world: World, alert_id: str, grade: Grade, day: date) -> None:
    way: Way = "repaired" if grade == "C" else "rebuilt"
    command = MakeHouseSafe(alert_id=alert_id, way=way, on=day, by=_OFFICE)
    make_house_safe(command, world.county.monitoring.uow())


def _list(world: World, home: Home, chance: Chance, day: date) -> None:
    monitoring = world.county.monitoring
    command = ListRebuild(household_id=home.household_id, cause="disaster_2021", on=day, by=_OFFICE)
    rebuild_id = list_rebuild(command, monitoring.uow(), monitoring.housing_policy)
    due = day
    for step, least, most, who in _STEPS:
        due = date.fromordinal(due.toordinal() + chance.number(least, most))
        world.agenda.on(due, partial(_advance, world, rebuild_id, step, who))


def _advance(world: World, rebuild_id: str, step: RebuildStep, who: str, day: date) -> None:
    command = AdvanceRebuild(rebuild_id=rebuild_id, step=step, on=day, by=who)
    advance_rebuild(command, world.county.monitoring.uow())
