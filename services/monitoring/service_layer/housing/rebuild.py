"""Commands on the list of houses to be rebuilt."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.housing.alert import AlertState
from services.monitoring.domain.housing.policy import Cause, HousingPolicy
from services.monitoring.domain.housing.rebuild import Rebuild, RebuildListedError, RebuildStage, RebuildStep
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.housing.alert import close_alert
from services.monitoring.service_layer.housing.living import note_listed, note_safe
from services.monitoring.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRebuild:
    """A house of grade D goes on the list; an open alert of the household is linked by itself."""

    household_id: str
    cause: Cause
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRebuild(StepCommand):
    """The next step; moving in closes the household's alert as rebuilt."""

    rebuild_id: str
    step: RebuildStep


def list_rebuild(command: ListRebuild, uow: UnitOfWork, policy: HousingPolicy) -> str:
    """Put a house on the list and return its id."""
    code_in("rebuild_cause", command.cause)
    with uow:
        household = uow.households.get(command.household_id)
        if uow.housing.open_rebuild(household.id) is not None:
            raise RebuildListedError
        alert = uow.housing.open_alert(household.id)
        rebuild = Rebuild.list_(
            Acting(not_after_today(command.on, uow.clock), command.by, command.note.strip()),
            policy,
            cause=command.cause,
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            alert_id=alert.id if alert is not None else None,
        )
        uow.housing.rebuilds.add(rebuild)
        with uow.caused_by(uow.last_told()):
            note_listed(household.id, rebuild.listed_on, uow)
        uow.commit()
    return rebuild.id


def advance_rebuild(command: AdvanceRebuild, uow: UnitOfWork) -> None:
    """Take the next step of a rebuilding."""
    with uow:
        rebuild = uow.housing.rebuilds.get(command.rebuild_id)
        expect_version(rebuild, command.version)
        rebuild.area_code = uow.households.areas_of({rebuild.household_id})[rebuild.household_id]
        acting = acting_of(command, uow.clock)
        rebuild.advance(command.step, acting)
        uow.housing.rebuilds.save(rebuild)
        if rebuild.state == RebuildStage.OCCUPIED:
            with uow.caused_by(uow.last_told()):
                note_safe(rebuild.household_id, acting.on, uow)
                _settle_alert(rebuild, acting, uow)
        uow.commit()


def _settle_alert(rebuild: Rebuild, acting: Acting, uow: UnitOfWork) -> None:
    """Close the household's alert as rebuilt: whoever moves in lives safely, and has left the old house."""
    alert = uow.housing.open_alert(rebuild.household_id)
    if alert is None:
        return
    alert.area_code = rebuild.area_code
    later = Acting(max(acting.on, alert.last_step_on), acting.by)
    if alert.state == AlertState.ENDANGERED:
        alert.evacuate(later)
    if alert.state in (AlertState.TO_REPAIR, AlertState.EVACUATED):
        close_alert(alert, "rebuilt", later, uow)
