"""Commands on what units have undertaken: making, finishing and dropping it, many at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.evaluation.domain.dispatch.undertaking import Undertaking
from services.evaluation.service_layer.dispatch.given import past_day, unit_in
from services.evaluation.service_layer.ports import UnitOfWork

Kind = Literal["decision", "site_task", "project", "complaint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUndertaking:
    """*unit* is a town's code or a department; *area_code* the place it is about."""

    kind: Kind
    text: str = field(repr=False)
    unit: str
    made_on: date
    due_on: date
    lead: str = ""
    source_id: str = ""
    area_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUndertaking:
    """It is done, or (*dropped*) no longer owed; *result* says what came of it, or why."""

    undertaking_id: str
    on: date
    result: str = field(repr=False)
    dropped: bool = False
    version: int | None = None


def make_undertakings(
    commands: Sequence[MakeUndertaking], uow: UnitOfWork, units: Collection[str]
) -> tuple[str, ...]:
    """Keep them in one transaction and return their ids."""
    with uow:
        made = undertake(commands, uow, units)
        uow.commit()
    return tuple(one.id for one in made)


def undertake(
    commands: Sequence[MakeUndertaking], uow: UnitOfWork, units: Collection[str]
) -> list[Undertaking]:
    """Keep them inside a transaction that is open."""
    made = []
    for command in commands:
        unit = unit_in(command.unit, units)
        one = Undertaking.make(
            undertaking_id=uow.ids(),
            kind=command.kind,
            text=command.text,
            unit=unit,
            made_on=past_day(command.made_on, uow.clock),
            due_on=command.due_on,
            lead=command.lead,
            source_id=command.source_id,
            area_code=command.area_code or (unit if unit.isdigit() else ""),
        )
        uow.dispatch.undertakings.add(one)
        made.append(one)
    return made


def end_undertakings(commands: Sequence[EndUndertaking], uow: UnitOfWork) -> None:
    """Finish or drop them in one transaction: all or none."""
    with uow:
        found = uow.dispatch.undertakings.many([command.undertaking_id for command in commands])
        for command in commands:
            one = found.get(command.undertaking_id) or uow.dispatch.undertakings.get(command.undertaking_id)
            one.expect_version(command.version)
            on = past_day(command.on, uow.clock)
            if command.dropped:
                one.drop(command.result, on=on)
            else:
                one.finish(command.result, on=on)
            uow.dispatch.undertakings.save(one)
        uow.commit()
