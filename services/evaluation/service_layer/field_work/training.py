"""Commands on training classes: planning, holding with who attended, cancelling."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.evaluation.domain.field_work.errors import UnknownFieldWorkError
from services.evaluation.domain.field_work.training import Attendance, TrainingClass
from services.evaluation.service_layer.dispatch.given import past_day, unit_in
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of

Method = Literal["on_site", "exchange", "online", "classroom"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanClass:
    """A class *unit* is to hold by *due_on*."""

    name: str
    unit: str
    method: Method
    due_on: date
    level: Literal["county", "town", "village"] = "county"


@dataclass(frozen=True, slots=True)
class Attended:
    """A cadre was there; *passed* None: no final test."""

    cadre_id: str
    passed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldClass:
    class_id: str
    on: date
    attended: Sequence[Attended]
    method: Method | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelClass:
    class_id: str
    version: int | None = None


def plan_classes(commands: Sequence[PlanClass], uow: UnitOfWork, units: Collection[str]) -> tuple[str, ...]:
    """Take classes into the year's plan, in one transaction, and return their ids."""
    with uow:
        ids = []
        for command in commands:
            one = TrainingClass.plan(
                class_id=uow.ids(),
                name=command.name,
                unit=unit_in(command.unit, units),
                level=command.level,
                method=command.method,
                due_on=command.due_on,
                on=day_of(uow.clock()),
            )
            uow.field_work.classes.add(one)
            ids.append(one.id)
        uow.commit()
    return tuple(ids)


def hold_class(command: HoldClass, uow: UnitOfWork) -> int:
    """Note that a class was held and who came; return how many. A stranger raises UnknownFieldWorkError."""
    with uow:
        one = uow.field_work.classes.get(command.class_id)
        one.expect_version(command.version)
        people = uow.field_work.cadres.many([person.cadre_id for person in command.attended])
        attended = []
        for person in command.attended:
            if person.cadre_id not in people:
                raise UnknownFieldWorkError
            cadre = people[person.cadre_id]
            attended.append(Attendance(cadre.id, cadre.unit, cadre.kind, cadre.area_code, person.passed))
        one.hold(attended, on=past_day(command.on, uow.clock), method=command.method)
        uow.field_work.classes.save(one)
        uow.field_work.attend(one.id, attended)
        uow.commit()
    return one.attended


def cancel_class(command: CancelClass, uow: UnitOfWork) -> None:
    """Take a class out of the plan."""
    with uow:
        one = uow.field_work.classes.get(command.class_id)
        one.expect_version(command.version)
        one.cancel(on=day_of(uow.clock()))
        uow.field_work.classes.save(one)
        uow.commit()
