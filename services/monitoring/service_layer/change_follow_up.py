"""What a recorded change opens in the registers of housing, water and dropouts: one fact, one owner."""

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.change import HouseholdChange, WarningThresholds
from services.monitoring.domain.education.dropout import UNDER_WAY
from services.monitoring.domain.guarantee_errors import DropoutOpenError
from services.monitoring.domain.housing.alert import AlertState, HouseAlertOpenError
from services.monitoring.domain.water.problem import CRITERION_OF_CHANGE, WaterProblemOpenError
from services.monitoring.service_layer.housing.alert import open_alert
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.water.problem import open_problem
from shared.contracts.envelope import Envelope


def follow_change(
    change: HouseholdChange, happened: Envelope, uow: UnitOfWork, thresholds: WarningThresholds
) -> str | None:
    """Open the housing alert of a damaged house, or the water problem, and return its id.

    *happened* is what was told of the change: the cause. Nothing is opened for other kinds.
    """
    acting = Acting(change.happened_on, change.recorded_by)
    with uow.caused_by(happened):
        if change.kind == "house_damage":
            return open_alert(
                change.household_id,
                change.area_code,
                acting,
                uow,
                thresholds.housing,
                source="change",
                note=change.note,
            )
        if change.kind == "water":
            return open_problem(
                change.household_id,
                change.area_code,
                CRITERION_OF_CHANGE[change.detail],
                acting,
                uow,
                thresholds.water,
                cause=f"change:{change.id}",
            )
    return None


def expect_not_followed(change: HouseholdChange, uow: UnitOfWork) -> None:
    """Refuse to close by hand what the register of housing, water or dropouts has under way."""
    if change.kind == "house_damage":
        alert = uow.housing.open_alert(change.household_id)
        if alert is not None and alert.state != AlertState.WATCHED:
            raise HouseAlertOpenError
    if change.kind == "water":
        criterion = CRITERION_OF_CHANGE[change.detail]
        if any(one.criterion == criterion for one in uow.water.open_problems({change.household_id})):
            raise WaterProblemOpenError
    if change.kind == "dropout" and uow.education.dropouts.matching(change_id=change.id, state=UNDER_WAY):
        raise DropoutOpenError
