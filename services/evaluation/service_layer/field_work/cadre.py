"""Commands on the roster: enrolling cadres and members of resident teams, and their leaving."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.evaluation.domain.field_work.cadre import Cadre
from services.evaluation.domain.field_work.errors import NumberTakenError, PersonalNumberError
from services.evaluation.domain.field_work.policy import FieldWorkPolicy
from services.evaluation.service_layer.dispatch.given import past_day, unit_in
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.period import add_days
from shared.observability.personal_data import looks_personal


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolCadre:
    """*number* names nobody and is unique among those in post; a resident's *area_code* is the village."""

    number: str
    unit: str
    since: date
    kind: Literal["cadre", "resident"] = "cadre"
    how: Literal["standing", "new", "rotated"] = "standing"
    area_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CadreLeaves:
    cadre_id: str
    on: date
    version: int | None = None


def enrol_cadres(
    commands: Sequence[EnrolCadre], uow: UnitOfWork, policy: FieldWorkPolicy, units: Collection[str]
) -> tuple[str, ...]:
    """Enrol them in one transaction and return their ids; refuses a number that is taken."""
    with uow:
        numbers = [command.number.strip() for command in commands]
        taken = _taken(numbers, uow)
        ids = []
        for number, command in zip(numbers, commands, strict=True):
            if looks_personal(number):
                raise PersonalNumberError
            if number in taken:
                raise NumberTakenError(number=number)
            taken.add(number)
            cadre = _enrolled(number, command, uow, policy, units)
            uow.field_work.cadres.add(cadre)
            ids.append(cadre.id)
        uow.commit()
    return tuple(ids)


def _taken(numbers: Sequence[str], uow: UnitOfWork) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(numbers), 500):
        found |= uow.field_work.numbers_taken(numbers[start : start + 500])
    return found


def _enrolled(
    number: str, command: EnrolCadre, uow: UnitOfWork, policy: FieldWorkPolicy, units: Collection[str]
) -> Cadre:
    unit, since = unit_in(command.unit, units), past_day(command.since, uow.clock)
    limit = policy.training_days.entry_on(since)
    return Cadre.enrol(
        cadre_id=uow.ids(),
        number=number,
        kind=command.kind,
        unit=unit,
        area_code=command.area_code or (unit if unit.isdigit() else ""),
        how=command.how,
        since=since,
        train_by=add_days(since, limit.value),
        limit_confirmed=limit.confirmed,
    )


def cadre_leaves(command: CadreLeaves, uow: UnitOfWork) -> None:
    """Note the last day somebody was in post."""
    with uow:
        cadre = uow.field_work.cadres.get(command.cadre_id)
        cadre.expect_version(command.version)
        cadre.leave(on=past_day(command.on, uow.clock))
        uow.field_work.cadres.save(cadre)
        uow.commit()
