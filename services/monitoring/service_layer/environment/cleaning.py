"""Commands on the monthly inspection of villages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.environment.cleaning import CleaningInspection, VillageInspectedError
from services.monitoring.domain.environment.policy import EnvironmentPolicy
from services.monitoring.service_layer.given import not_after_today
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.ids import derived_id
from shared.kernel.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectVillage:
    """A village was inspected; *failed* are the keys of the items that were not in order."""

    area_code: str
    on: date
    failed: tuple[str, ...] = ()
    by: str = ""
    note: str = field(default="", repr=False)


def inspect_villages(
    commands: Sequence[InspectVillage], uow: UnitOfWork, policy: EnvironmentPolicy
) -> list[str]:
    """Record inspections, all or none, and return their ids; a village is inspected once in a month."""
    for one in commands:
        village_in(one.area_code)
    with uow:
        inspections = [
            CleaningInspection.make(
                items=policy.items_on(one.on),
                failed=one.failed,
                inspected_on=not_after_today(one.on, uow.clock),
                id=derived_id("cleaning", one.area_code, str(Month.of(one.on))),
                area_code=one.area_code,
                inspected_by=one.by,
                note=one.note.strip(),
            )
            for one in commands
        ]
        if uow.environment.inspections.add_all(inspections) < len(commands):
            raise VillageInspectedError
        uow.commit()
    return [one.id for one in inspections]
