"""Commands on rebuilt household toilets; registers of thousands in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from services.monitoring.domain.environment.toilet import RebuiltToilet, ToiletNumberTakenError
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, number_in
from services.monitoring.service_layer.member import known_fields
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.money import Fen

_FIELDS = frozenset({"kind", "place", "built_year", "seats", "subsidy", "usable"})
_NUMBER = ("户厕编号", "toilet number")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterToilet:
    """A toilet rebuilt with public money since 2013; *subsidy* in fen."""

    toilet_no: str
    household_id: str
    kind: str
    place: str
    built_year: int
    seats: int = 1
    subsidy: Fen = 0
    usable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectToilet:
    """Put right what is recorded of a toilet; *changes* is by field name."""

    toilet_id: str
    changes: Mapping[str, Any] = field(repr=False)
    on: date
    version: int | None = None


def register_toilets(commands: Sequence[RegisterToilet], on: date, uow: UnitOfWork) -> list[str]:
    """Put toilets on the register, all or none, and return their ids in the order given."""
    for one in commands:
        number_in(one.toilet_no, _NUMBER)
        _expect_codes(asdict(one))
    with uow:
        day = not_after_today(on, uow.clock)
        areas = uow.households.areas_of({one.household_id for one in commands})
        if len(areas) < len({one.household_id for one in commands}):
            raise HouseholdNotFoundError
        _refuse_taken([one.toilet_no for one in commands], uow)
        toilets = [
            RebuiltToilet.record(
                **asdict(one), id=uow.ids(), area_code=areas[one.household_id], recorded_on=day
            )
            for one in commands
        ]
        uow.environment.toilets.add_all(toilets)
        uow.commit()
    return [one.id for one in toilets]


def correct_toilet(command: CorrectToilet, uow: UnitOfWork) -> None:
    """Put right what is recorded of a toilet."""
    known_fields(command.changes, _FIELDS)
    _expect_codes(command.changes)
    with uow:
        toilet = uow.environment.toilets.get(command.toilet_id)
        expect_version(toilet, command.version)
        toilet.correct(command.changes, on=not_after_today(command.on, uow.clock))
        uow.environment.toilets.save(toilet)
        uow.commit()


def _expect_codes(given: Mapping[str, Any]) -> None:
    for name in ("kind", "place"):
        if name in given:
            code_in(f"toilet_{name}", given[name])


def _refuse_taken(numbers: Sequence[str], uow: UnitOfWork) -> None:
    seen: set[str] = set()
    taken = {one.toilet_no for one in uow.environment.toilets.where("toilet_no", numbers)}
    for number in numbers:
        if number in taken or number in seen:
            raise ToiletNumberTakenError(toilet_no=number[:20])
        seen.add(number)
