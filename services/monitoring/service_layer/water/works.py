"""Commands on water works."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from services.monitoring.domain.water.works import Pipes, WaterWorks, WorksNumberTakenError
from services.monitoring.service_layer.given import (
    code_in,
    expect_version,
    not_after_today,
    number_in,
    text_in,
)
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.member import known_fields
from services.monitoring.service_layer.ports import UnitOfWork

_FIELDS = frozenset(
    {
        "name",
        "supply",
        "in_use",
        "households",
        "population",
        "built_year",
        "pipes",
        "pipes_renovated_on",
        "maintainer",
        "maintainer_phone",
        "note",
    }
)
_NUMBER, _NAME = ("工程编号", "works number"), ("工程名称", "name")
_MOST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWaterWorks:
    """A works goes on the register; *supply* is a code of ``water_supply``, *area_code* its village."""

    works_no: str
    name: str
    area_code: str
    supply: str
    in_use: bool = True
    households: int = 0
    population: int = 0
    built_year: int | None = None
    pipes: Pipes = "sound"
    maintainer: str = field(default="", repr=False)
    maintainer_phone: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectWaterWorks:
    """Put right what is recorded of a works; *changes* is by field name."""

    works_id: str
    changes: Mapping[str, Any] = field(repr=False)
    on: date
    version: int | None = None


def record_water_works(commands: Sequence[RecordWaterWorks], on: date, uow: UnitOfWork) -> list[str]:
    """Put works on the register, all or none, and return their ids in the order given."""
    with uow:
        day = not_after_today(on, uow.clock)
        _refuse_taken([one.works_no for one in commands], uow)
        works = [WaterWorks.record(**_checked(one), id=uow.ids(), recorded_on=day) for one in commands]
        uow.water.works.add_all(works)
        uow.commit()
    return [one.id for one in works]


def correct_water_works(command: CorrectWaterWorks, uow: UnitOfWork) -> None:
    """Put right what is recorded of a works."""
    known_fields(command.changes, _FIELDS)
    if "supply" in command.changes:
        code_in("water_supply", command.changes["supply"])
    if "pipes" in command.changes:
        code_in("water_pipes", command.changes["pipes"])
    with uow:
        works = uow.water.works.get(command.works_id)
        expect_version(works, command.version)
        works.correct(command.changes, on=not_after_today(command.on, uow.clock))
        uow.water.works.save(works)
        uow.commit()


def _checked(one: RecordWaterWorks) -> dict[str, Any]:
    number_in(one.works_no, _NUMBER)
    text_in(one.name, _NAME, most=_MOST_NAME, least=1)
    village_in(one.area_code)
    code_in("water_supply", one.supply)
    code_in("water_pipes", one.pipes)
    return asdict(one)


def _refuse_taken(numbers: Sequence[str], uow: UnitOfWork) -> None:
    seen: set[str] = set()
    taken = {one.works_no for one in uow.water.works.where("works_no", numbers)}
    for number in numbers:
        if number in taken or number in seen:
            raise WorksNumberTakenError(works_no=number[:20])
        seen.add(number)
