"""Commands on housing safety alerts."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.housing.alert import AlertState, Grade, HouseAlert, HouseLook, Way
from services.monitoring.domain.housing.policy import HousingPolicy
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.housing.living import note_grade, note_safe
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.resolving import resolve_changes

_ANY_DAMAGE = frozenset({"C", "D", "unrated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseHouseAlert:
    """Somebody says that a house may be unsafe; *source* is a code of ``house_alert_source``."""

    household_id: str
    source: Literal["look", "visit", "department", "self_report"]
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraiseHouse(StepCommand):
    """The house was graded by who is trained for it."""

    alert_id: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class EvacuateHouse(StepCommand):
    """Nobody sleeps in the D house any more."""

    alert_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeHouseSafe(StepCommand):
    """The people live safely again; a D house never by repair."""

    alert_id: str
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtHouse:
    """Somebody looked at the house; *danger* raises an alert, and *note* says what was seen."""

    household_id: str
    on: date
    danger: bool = False
    by: str = ""
    note: str = field(default="", repr=False)


def raise_house_alert(command: RaiseHouseAlert, uow: UnitOfWork, policy: HousingPolicy) -> str:
    """Raise an alert and return its id; a household with an open one keeps that."""
    code_in("house_alert_source", command.source)
    with uow:
        household = uow.households.get(command.household_id)
        acting = Acting(not_after_today(command.on, uow.clock), command.by)
        alert_id = open_alert(
            household.id,
            household.area_code,
            acting,
            uow,
            policy,
            source=command.source,
            note=command.note.strip(),
        )
        uow.commit()
    return alert_id


def open_alert(
    household_id: str,
    area_code: str,
    acting: Acting,
    uow: UnitOfWork,
    policy: HousingPolicy,
    *,
    source: str,
    note: str = "",
) -> str:
    """Return the household's open alert, or a new one; a house that was only watched gets a new one."""
    known = uow.housing.open_alert(household_id)
    if known is not None and known.state != AlertState.WATCHED:
        return known.id
    if known is not None:
        # What is found later may be reported for an earlier day: the watch ends where it stood.
        known.supersede(Acting(max(acting.on, known.last_step_on), acting.by))
        uow.housing.alerts.save(known)
    alert = HouseAlert.raise_(
        Acting(acting.on, acting.by, note),
        policy,
        id=uow.ids(),
        household_id=household_id,
        area_code=area_code,
        source=source,
    )
    uow.housing.alerts.add(alert)
    return alert.id


def appraise_house(command: AppraiseHouse, uow: UnitOfWork, policy: HousingPolicy) -> None:
    """Grade the house; A and B put the recorded damage right, since nobody lives in danger."""
    with uow:
        alert = _alert(command, command.alert_id, uow)
        acting = acting_of(command, uow.clock)
        alert.appraise(command.grade, acting, policy)
        uow.housing.alerts.save(alert)
        with uow.caused_by(uow.last_told()):
            note_grade(alert.household_id, command.grade, acting.on, uow)
            if command.grade in ("A", "B"):
                resolve_changes(alert.household_id, "house_damage", acting, uow, _ANY_DAMAGE)
        uow.commit()


def evacuate_house(command: EvacuateHouse, uow: UnitOfWork) -> None:
    """Note that the people are out."""
    with uow:
        alert = _alert(command, command.alert_id, uow)
        alert.evacuate(acting_of(command, uow.clock))
        uow.housing.alerts.save(alert)
        uow.commit()


def make_house_safe(command: MakeHouseSafe, uow: UnitOfWork) -> None:
    """Close the alert, and with it the damage that was recorded of the household."""
    with uow:
        alert = _alert(command, command.alert_id, uow)
        close_alert(alert, command.way, acting_of(command, uow.clock), uow)
        uow.commit()


def close_alert(alert: HouseAlert, way: Way, acting: Acting, uow: UnitOfWork) -> None:
    """Close *alert* inside a transaction that is open."""
    alert.make_safe(way, acting)
    uow.housing.alerts.save(alert)
    with uow.caused_by(uow.last_told()):
        resolve_changes(alert.household_id, "house_damage", acting, uow, _ANY_DAMAGE)
        note_safe(alert.household_id, acting.on, uow)


def look_at_house(command: LookAtHouse, uow: UnitOfWork, policy: HousingPolicy) -> str | None:
    """Record a look; return the alert that danger raised, or None when there was none."""
    with uow:
        household = uow.households.get(command.household_id)
        acting = Acting(not_after_today(command.on, uow.clock), command.by, command.note.strip())
        alert_id = None
        if command.danger:
            alert_id = open_alert(
                household.id, household.area_code, acting, uow, policy, source="look", note=acting.note
            )
        watched = uow.housing.open_alert(household.id)
        if not command.danger and watched is not None and watched.state == AlertState.WATCHED:
            watched.area_code = household.area_code
            watched.look(acting, policy)
            uow.housing.alerts.save(watched)
        uow.housing.add_look(
            HouseLook(
                id=uow.ids(),
                household_id=household.id,
                area_code=household.area_code,
                made_on=acting.on,
                danger=command.danger,
                alert_id=alert_id,
                made_by=acting.by,
                note=acting.note,
            )
        )
        uow.commit()
    return alert_id


def _alert(command: StepCommand, alert_id: str, uow: UnitOfWork) -> HouseAlert:
    alert = uow.housing.alerts.get(alert_id)
    expect_version(alert, command.version)
    alert.area_code = uow.households.areas_of({alert.household_id})[alert.household_id]
    return alert
