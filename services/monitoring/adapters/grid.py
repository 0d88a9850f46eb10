"""Where grids, their workers and the households inside them are kept."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import grid_workers, grids, households
from services.monitoring.domain.grid import Grid, GridWorker
from services.monitoring.domain.matter_errors import GridNotFoundError
from shared.messaging.bulk import among
from shared.persistence.versioned import add_version, save_version

_OWN = tuple(column.name for column in grids.columns if column.name != "version")


class Grids:
    """All grids of the county, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, grid: Grid) -> None:
        add_version(self._connection, grids, _row(grid))
        self._keep_workers(grid)
        self._collect(grid)
        grid.version = 1

    def save(self, grid: Grid) -> None:
        save_version(self._connection, grids, _row(grid), read=grid.version)
        self._keep_workers(grid)
        self._collect(grid)
        grid.version += 1

    def get(self, grid_id: str) -> Grid:
        """Return the grid with its workers; raises GridNotFoundError."""
        row = self._connection.execute(select(grids).where(grids.c.id == grid_id)).mappings().one_or_none()
        if row is None:
            raise GridNotFoundError
        return self._grid(row)

    def around(self, grid: Grid) -> list[Grid]:
        """Return the grids of the village and the town in which *grid* lies, besides itself."""
        query = select(grids).where(
            grids.c.id != grid.id,
            ((grids.c.level == "village") & (grids.c.area_code == grid.area_code))
            | ((grids.c.level == "town") & (grids.c.area_code == grid.area_code[:9])),
        )
        rows = self._connection.execute(query.order_by(grids.c.id)).mappings().all()
        return [self._grid(row) for row in rows if grid.level != row["level"]]

    def assign(self, grid: Grid, household_ids: Sequence[str]) -> int:
        """Put those of the households that live in the grid's village into it; return how many that were."""
        wanted = among(self._connection, households.c.id, household_ids)
        return self._put(grid, wanted)

    def assign_rest(self, grid: Grid) -> int:
        """Put every household of the village that lies in no grid into this one; return how many."""
        return self._put(grid, households.c.grid_id.is_(None))

    def _put(self, grid: Grid, wanted: ColumnElement[bool]) -> int:
        # With the next version: whoever saves a household that was read before is refused, not overwritten.
        change = update(households).where(households.c.area_code == grid.area_code, wanted)
        values = {"grid_id": grid.id, "version": households.c.version + 1}
        return self._connection.execute(change.values(**values)).rowcount

    def ids_of(self, household_nos: Sequence[str]) -> list[str]:
        """Return the ids of the households with these numbers, as far as they are on record."""
        query = select(households.c.id).where(
            among(self._connection, households.c.household_no, household_nos)
        )
        return list(self._connection.execute(query).scalars())

    def households_in(self, grid: Grid) -> int:
        """Return how many households lie in the grid and in the grids below it."""
        query = select(func.count()).select_from(households)
        if grid.level == "group":
            query = query.where(households.c.grid_id == grid.id)
        else:
            area = inside(households.c.area_code, grid.area_code)
            query = query.where(area, households.c.grid_id.is_not(None))
        return int(self._connection.execute(query).scalar_one())

    def of_households(self, household_ids: Collection[str]) -> dict[str, str]:
        """Return the grid of each of the households that lies in one."""
        query = select(households.c.id, households.c.grid_id).where(
            among(self._connection, households.c.id, list(household_ids)), households.c.grid_id.is_not(None)
        )
        return {row.id: row.grid_id for row in self._connection.execute(query)}

    def _grid(self, row: Any) -> Grid:  # noqa: ANN401  (a row of grids)
        query = select(grid_workers).where(grid_workers.c.grid_id == row["id"])
        workers = self._connection.execute(query.order_by(grid_workers.c.position))
        told = {**row, "duties": tuple(row["duties"])}
        return Grid(**told, workers=tuple(GridWorker(one.login, one.name, one.head) for one in workers))

    def _keep_workers(self, grid: Grid) -> None:
        self._connection.execute(delete(grid_workers).where(grid_workers.c.grid_id == grid.id))
        rows = [
            {"grid_id": grid.id, "position": place, "login": one.login, "name": one.name, "head": one.head}
            for place, one in enumerate(grid.workers)
        ]
        if rows:
            self._connection.execute(grid_workers.insert(), rows)


def _row(grid: Grid) -> dict[str, Any]:
    return {name: getattr(grid, name) for name in _OWN} | {"duties": list(grid.duties)}
