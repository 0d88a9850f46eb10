"""Commands on the register of work that is counted: entering, many at once, and withdrawing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.evaluation.domain.field_work.errors import HomeEnteredError, UnknownFieldWorkError
from services.evaluation.domain.field_work.work_entry import WorkEntry
from services.evaluation.service_layer.dispatch.given import past_day, unit_in
from services.evaluation.service_layer.ports import UnitOfWork

Kind = Literal[
    "attendance", "spot_check", "article", "typical_case", "volunteer_activity", "home", "home_check"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterWork:
    """*about* is the cadre (attendance, spot check) or the home (home check); from it unit and place come."""

    kind: Kind
    on: date
    unit: str = ""
    area_code: str = ""
    about: str = ""
    level: str = ""
    field: str = ""
    month: str = ""
    quantity: int = 0
    passed: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawWork:
    entry_id: str
    version: int | None = None


def enter_work(commands: Sequence[EnterWork], uow: UnitOfWork, units: Collection[str]) -> tuple[str, ...]:
    """Keep entries in one transaction: all or none; return their ids.

    Raises HomeEnteredError for a home whose village has one of that name: it would be counted twice.
    """
    with uow:
        places = _places(commands, uow)
        ids = []
        for command in commands:
            unit, area_code = places.get(command.about, (command.unit, command.area_code))
            entry = _entry(command, unit_in(unit, units), area_code, uow)
            entry.enter()
            if entry.kind == "home" and uow.field_work.home_kept(entry.area_code, entry.text):
                raise HomeEnteredError(name=entry.text)
            uow.field_work.entries.add(entry)
            ids.append(entry.id)
        uow.commit()
    return tuple(ids)


def withdraw_work(command: WithdrawWork, uow: UnitOfWork, on: date) -> None:
    """Take a mistaken entry back."""
    with uow:
        entry = uow.field_work.entries.get(command.entry_id)
        entry.expect_version(command.version)
        entry.withdraw(on=past_day(on, uow.clock))
        uow.field_work.entries.save(entry)
        uow.commit()


def _entry(command: EnterWork, unit: str, area_code: str, uow: UnitOfWork) -> WorkEntry:
    return WorkEntry(
        id=uow.ids(),
        kind=command.kind,
        unit=unit,
        area_code=area_code or (unit if unit.isdigit() else ""),
        done_on=past_day(command.on, uow.clock),
        about=command.about,
        level=command.level,
        field=command.field,
        month=command.month,
        quantity=command.quantity,
        passed=command.passed,
        text=command.text.strip(),
    )


def _places(commands: Sequence[EnterWork], uow: UnitOfWork) -> dict[str, tuple[str, str]]:
    """Return unit and place of what the commands are about; raises UnknownFieldWorkError."""
    wanted = sorted({command.about for command in commands if command.about})
    people, homes = uow.field_work.cadres.many(wanted), uow.field_work.entries.many(wanted)
    found = {one.id: (one.unit, one.area_code) for one in people.values()}
    found |= {one.id: (one.unit, one.area_code) for one in homes.values()}
    if missing := [one for one in wanted if one not in found]:
        raise UnknownFieldWorkError(about=missing[0])
    return found
