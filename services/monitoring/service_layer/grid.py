"""Commands on grids: record one, give households to it."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.grid import Grid, GridWorker, Level
from services.monitoring.domain.matter_errors import NotOfThisVillageError
from services.monitoring.service_layer.given import code_in, not_after_today, text_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.areas import areas

_NAME = ("网格名称", "name of the grid")
_WORKER = ("网格员姓名", "name of the worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordGrid:
    """A grid as it stands; without *grid_id* a new one.

    *area_code* is a town's for the level ``town``, else a village's.

    *duties* are codes of ``grid_duty``. A grid in use has exactly one head among its *workers*.
    """

    name: str
    level: Level
    area_code: str
    workers: tuple[GridWorker, ...] = field(repr=False)
    duties: tuple[str, ...] = ("epidemic", "safety", "risk_watch")
    active: bool = True
    on: date
    grid_id: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignHouseholds:
    """Households become a grid's: those named by id or number, or all of the village that have no grid."""

    grid_id: str
    on: date
    household_ids: tuple[str, ...] = ()
    household_nos: tuple[str, ...] = ()
    rest_of_village: bool = False


def record_grid(command: RecordGrid, uow: UnitOfWork) -> str:
    """Record a new grid, or how one stands now, and return its id."""
    _check(command)
    with uow:
        on = not_after_today(command.on, uow.clock)
        told = {
            "name": command.name.strip(),
            "level": command.level,
            "area_code": command.area_code,
            "duties": tuple(dict.fromkeys(command.duties)),
            "workers": command.workers,
            "active": command.active,
            "recorded_on": on,
        }
        if command.grid_id:
            grid = uow.grids.get(command.grid_id)
            grid.expect_version(command.version)
            # Where it lies is what it is: its households belong to that village.
            vars(grid).update(told, level=grid.level, area_code=grid.area_code)
            grid.record()
            uow.grids.save(grid)
        else:
            grid = Grid(id=uow.ids(), **told)  # type: ignore[arg-type]  # the fields above
            grid.households = uow.grids.households_in(grid) if grid.level != "group" else 0
            grid.record()
            uow.grids.add(grid)
        uow.commit()
    return grid.id


def assign_households(command: AssignHouseholds, uow: UnitOfWork) -> int:
    """Give households to a grid, taking them out of another, and return how many were given."""
    if not (command.household_ids or command.household_nos or command.rest_of_village):
        raise ReasonMissingError(least=1)
    with uow:
        on = not_after_today(command.on, uow.clock)
        grid = uow.grids.get(command.grid_id)
        grid.expect_households()
        given = 0
        named = dict.fromkeys((*command.household_ids, *uow.grids.ids_of(command.household_nos)))
        if named or command.household_nos:
            given = uow.grids.assign(grid, list(named))
            missing = (
                max(len(named), len(set(command.household_nos)) + len(set(command.household_ids))) - given
            )
            if missing > 0:
                raise NotOfThisVillageError(count=missing)
        if command.rest_of_village:
            given += uow.grids.assign_rest(grid)
        uow.households.keep_rewritten(grid.area_code)
        _count_again(grid, on, uow)
        uow.commit()
    return given


def _count_again(grid: Grid, on: date, uow: UnitOfWork) -> None:
    """Tell of every grid whose number of households changed: this one and those that contain it."""
    for one in (grid, *uow.grids.around(grid)):
        one.count(uow.grids.households_in(one), on=on)
        if one.facts:
            uow.grids.save(one)


def _check(command: RecordGrid) -> None:
    code_in("grid_level", command.level)
    for duty in command.duties:
        code_in("grid_duty", duty)
    areas().get(command.area_code)
    text_in(command.name.strip(), _NAME, most=60, least=1)
    for worker in command.workers:
        text_in(worker.name, _WORKER, most=60, least=1)
