"""A grid: who watches over which households, at three levels, for all merged duties (plan item 28)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.monitoring.domain.matter_errors import (
    GridAreaError,
    GridTakesNoHouseholdsError,
    GridWithoutHeadError,
    GridWorkerTwiceError,
)
from shared.kernel.aggregate import Aggregate

Level = Literal["town", "village", "group"]
_DIGITS = {"town": 9, "village": 12, "group": 12}


@dataclass(frozen=True, slots=True)
class GridWorker:
    """Somebody who works in a grid. *login* is the account; the *name* never leaves this database."""

    login: str
    name: str = field(repr=False)
    head: bool = False


@dataclass(frozen=True, slots=True)
class GridRecorded:
    """The grid as it stands after a change; *version* is the one it is saved as."""

    grid_id: str
    version: int
    level: Level
    area_code: str
    households: int
    workers: int
    duties: tuple[str, ...]
    active: bool
    on: date


@dataclass(kw_only=True)
class Grid(Aggregate):
    """One grid. *households* counts those inside it, for a town or village those of all grids below."""

    id: str
    name: str
    level: Level
    area_code: str
    duties: tuple[str, ...]
    workers: tuple[GridWorker, ...]
    active: bool = True
    households: int = 0
    recorded_on: date

    def record(self) -> None:
        """Check the grid as it now stands and tell of it; refuses what contradicts itself."""
        if len(self.area_code) != _DIGITS[self.level]:
            raise GridAreaError
        heads = sum(worker.head for worker in self.workers)
        if self.active and heads != 1:
            raise GridWithoutHeadError(heads=heads)
        counted = Counter(worker.login for worker in self.workers if worker.login)
        for login, times in counted.items():
            if times > 1:
                raise GridWorkerTwiceError(login=login)
        self._recorded()

    def count(self, households: int, *, on: date) -> None:
        """Note how many households are inside it now; tells nobody when that is no news."""
        if households != self.households:
            self.households, self.recorded_on = households, max(on, self.recorded_on)
            self._recorded()

    def expect_households(self) -> None:
        """Refuse households where a grid takes none."""
        if self.level == "town" or not self.active:
            raise GridTakesNoHouseholdsError

    def _recorded(self) -> None:
        self.raise_fact(
            GridRecorded(
                grid_id=self.id,
                version=self.version + 1,
                level=self.level,
                area_code=self.area_code,
                households=self.households,
                workers=len(self.workers),
                duties=self.duties,
                active=self.active,
                on=self.recorded_on,
            )
        )
