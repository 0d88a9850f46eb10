"""Villages govern themselves: a grid each, decisions in six steps, disputes settled."""

from datetime import date
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import TOWN, VILLAGE, World
from services.monitoring.domain.grid import GridWorker
from services.monitoring.service_layer.dispute import OpenDispute, close_dispute, open_dispute
from services.monitoring.service_layer.grid import (
    AssignHouseholds,
    RecordGrid,
    assign_households,
    record_grid,
)
from services.monitoring.service_layer.matter import CloseMatter
from services.monitoring.service_layer.village_decision import (
    BeginDecision,
    FileDecision,
    KeepDecisionStep,
    begin_decision,
    file_decision,
    keep_decision_step,
)
from shared.accounts.demo import DEMO
from shared.areas import areas

_GRIDS_ON = date(2022, 1, 8)
_STEPS = ("party_branch", "two_committees", "party_members", "villagers", "resolution", "result")


def plan_governance(world: World) -> None:
    """Put grids, decisions and disputes of every village on the calendar."""
    for village in sorted({home.family.area_code for home in world.homes.values()}):
        world.agenda.on(_GRIDS_ON, partial(_record_grid, world, village))
        chance = world.chance("governance", village)
        day = date(2022, chance.number(2, 10), chance.number(1, 20))
        world.agenda.on(day, partial(_decide, world, village))
        for _ in range(chance.number(0, 2)):
            day = date(2022, chance.number(1, 11), chance.number(1, 28))
            world.agenda.on(day, partial(_dispute, world, village, chance.about(str(day))))


def _who_signs_in(village: str) -> tuple[GridWorker, ...]:
    """Return the demo accounts of grid workers of the village: their pages show a grid that is theirs."""
    here = (one for one in DEMO if one.role == "grid" and one.area_code == village)
    return tuple(GridWorker(login=one.login, name="示例网格员") for one in here)


def _record_grid(world: World, village: str, day: date) -> None:
    uow = world.county.monitoring.uow
    command = RecordGrid(
        name=f"{areas().get(village).name}示例网格",
        level="village",
        area_code=village,
        workers=(GridWorker(login=f"wg{village}", name="示例网格长", head=True), *_who_signs_in(village)),
        on=day,
    )
    grid_id = record_grid(command, uow())
    assign_households(AssignHouseholds(grid_id=grid_id, on=day, rest_of_village=True), uow())


def _decide(world: World, village: str, day: date) -> None:
    begun = BeginDecision(area_code=village, kind="project", title="示例：村内道路", on=day, by=VILLAGE)
    decision_id = begin_decision(begun, world.county.monitoring.uow())
    hasty = world.chance("decision", village, str(day)).happens(rates()["governance"]["step_left_out"])
    for number, step in enumerate(_STEPS[:-1] if hasty else _STEPS):
        world.agenda.after(day, 2 * number, partial(_keep, world, decision_id, step))
    world.agenda.after(day, 2 * len(_STEPS), partial(_file, world, decision_id))


def _keep(world: World, decision_id: str, step: str, day: date) -> None:
    kept = KeepDecisionStep(decision_id=decision_id, step=step, on=day)
    keep_decision_step(kept, world.county.monitoring.uow())


def _file(world: World, decision_id: str, day: date) -> None:
    filed = FileDecision(decision_id=decision_id, on=day, by=VILLAGE)
    file_decision(filed, world.county.monitoring.uow())


def _dispute(world: World, village: str, chance: Chance, day: date) -> None:
    monitoring = world.county.monitoring
    opened = OpenDispute(area_code=village, kind="neighbours", on=day, by=VILLAGE)
    dispute_id = open_dispute(opened, monitoring.uow(), monitoring.governance_policy)
    if not chance.happens(rates()["governance"]["dispute_left"]):
        world.agenda.after(day, chance.number(2, 25), partial(_close, world, dispute_id))


def _close(world: World, dispute_id: str, day: date) -> None:
    settled = CloseMatter(matter_id=dispute_id, way="settled", on=day, by=TOWN)
    close_dispute(settled, world.county.monitoring.uow())
