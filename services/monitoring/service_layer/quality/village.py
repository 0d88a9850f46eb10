"""The command on a village's own record: entering it runs the village rules at once."""

from dataclasses import dataclass, replace
from datetime import date

from services.monitoring.domain.quality.policy import QualityPolicy
from services.monitoring.domain.quality.view import VillageView
from services.monitoring.domain.quality.village_record import VillageRecord
from services.monitoring.service_layer.given import not_after_today
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.quality.checking import Settling, settled
from shared.kernel.clock import day_of
from shared.kernel.errors import StaleVersionError


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVillage:
    """The whole record of one village and year; *version* is the one the form showed, 0 for the first."""

    view: VillageView
    year: int
    on: date
    by: str = ""
    version: int = 0


def record_village(command: RecordVillage, uow: UnitOfWork, policy: QualityPolicy) -> int:
    """Keep the record and return how many rules it breaks."""
    code = village_in(command.view.area_code)
    with uow:
        before = uow.village_records.find(code)
        if command.version != (before.version if before else 0):
            raise StaleVersionError
        on = not_after_today(command.on, uow.clock)
        record = VillageRecord(command.view, command.year, on, command.by, command.version)
        uow.village_records.keep(record)
        view = replace(command.view, land_of_households=uow.village_records.land_of(code))
        hits = list(policy.catalogue.check_village(view, policy.given(day_of(uow.clock()))))
        standing = [one for one in uow.data_errors.standing_in([code]) if not one.household_id]
        how = Settling(on, command.by, corrected=True)
        uow.data_errors.keep(settled(hits, standing, {"": code}, policy, how, uow.ids))
        uow.commit()
    return len(hits)
