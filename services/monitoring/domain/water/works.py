"""A water works: centralised or scattered, in use or not, its pipes, and who looks after it (plan item 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Self

from services.monitoring.domain.errors import InvalidDayError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import ConflictError, NotFoundError

CENTRALISED = "1"
Pipes = Literal["sound", "old", "renovating", "renovated"]


class WaterWorksNotFoundError(NotFoundError):
    code = "water_works_not_found"
    zh = "没有找到这个供水工程"
    en = "There is no such water works"


class WorksNumberTakenError(ConflictError):
    """Raised when a works is recorded under a number that another has."""

    code = "works_number_taken"
    zh = "工程编号 {works_no} 已登记"
    en = "A works with the number {works_no} is on record"


@dataclass(frozen=True, slots=True)
class WorksRecorded:
    """A works as it now stands; *version* is the one it is saved as."""

    works: "WaterWorks"
    version: int


@dataclass(kw_only=True)
class WaterWorks(Aggregate):
    """One works. *supply* is a code of ``water_supply``; *maintainer* (管护人员) is personal."""

    id: str
    works_no: str
    name: str
    area_code: str
    supply: str
    in_use: bool
    households: int = 0
    population: int = 0
    built_year: int | None = None
    pipes: Pipes = "sound"
    pipes_renovated_on: date | None = None
    maintainer: str = field(default="", repr=False)
    maintainer_phone: str = field(default="", repr=False)
    recorded_on: date
    note: str = field(default="", repr=False)

    @classmethod
    def record(cls, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return a works newly on record."""
        works = cls(**told)
        works.raise_fact(WorksRecorded(works, 1))
        return works

    def correct(self, changes: Mapping[str, Any], *, on: date) -> None:
        """Put right what is recorded, by field name; not its number."""
        if on < self.recorded_on:
            raise InvalidDayError(day=on.isoformat())
        vars(self).update(changes)
        self.recorded_on = on
        self.raise_fact(WorksRecorded(self, self.version + 1))

    @property
    def must_be_tested(self) -> bool:
        """Whether the plan wants a test a year: a centralised works that is in use."""
        return self.supply == CENTRALISED and self.in_use
