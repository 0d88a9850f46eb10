"""Commands on hospital stays.

::

    record_stay(RecordStay(household_id=…, person_id=…, hospital=…, in_county=True, left_on=…), uow, policy)
    settle_stay(SettleStay(stay_id=…, on=…, bill=Bill(total=…, basic=…)), uow)
    settle_stays(SettleStays(rows=(StayRow(…), …)), uow, policy)  -> int, from the insurance office's list
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.guarantee_policy import MedicalPolicy
from services.monitoring.domain.medical.hospital_stay import Bill, HospitalStay
from services.monitoring.service_layer.given import expect_version, not_after_today, text_in
from services.monitoring.service_layer.guaranteeing import answer_measures, parts
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.ids import derived_id
from shared.kernel.period import add_days

CRITICAL, RELIEF = "100A45-002", "100A45-003"
_HOSPITAL, _MOST = ("医疗机构", "hospital"), 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStay:
    """Somebody left hospital; the stay is settled afterwards."""

    household_id: str
    person_id: str
    hospital: str
    in_county: bool
    left_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleStay:
    """Settle a stay through the three layers; on the day the patient left it counts as at once."""

    stay_id: str
    on: date
    bill: Bill
    version: int | None = None


@dataclass(frozen=True, slots=True)
class StayRow:
    """One stay of the insurance office's list; the same *number* of a settlement again changes nothing."""

    number: str
    household_id: str
    person_id: str
    hospital: str
    in_county: bool
    left_on: date
    settled_on: date
    bill: Bill


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleStays:
    rows: tuple[StayRow, ...] = field(repr=False)


def record_stay(command: RecordStay, uow: UnitOfWork, policy: MedicalPolicy) -> str:
    """Return the stay's id; it waits to be settled."""
    with uow:
        household = uow.households.get(command.household_id)
        person_id = household.member(command.person_id).id
        left_on = not_after_today(command.left_on, uow.clock)
        stay = HospitalStay.leave(
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            person_id=person_id,
            in_county=command.in_county,
            hospital=text_in(command.hospital.strip(), _HOSPITAL, most=_MOST, least=1),
            left_on=left_on,
            due_on=add_days(left_on, policy.settle_days.on(left_on)),
        )
        uow.medical.stays.add(stay)
        uow.commit()
    return stay.id


def settle_stay(command: SettleStay, uow: UnitOfWork) -> None:
    """Settle one stay; a measure that asked for one of the layers is delivered with it."""
    with uow:
        stay = uow.medical.stays.get(command.stay_id)
        expect_version(stay, command.version)
        stay.settle(command.bill, on=not_after_today(command.on, uow.clock))
        uow.medical.stays.save(stay)
        _answer([stay], uow)
        uow.commit()


def settle_stays(command: SettleStays, uow: UnitOfWork, policy: MedicalPolicy) -> int:
    """Take settled stays from a list and return how many are new."""
    new = 0
    for part in parts(command.rows):
        with uow:
            areas = uow.households.areas_of({row.household_id for row in part})
            stays = [_settled(row, areas[row.household_id], uow, policy) for row in part]
            kept = uow.medical.stays.add_new(stays)
            _answer(kept, uow)
            new += len(kept)
            uow.commit()
    return new


def _settled(row: StayRow, area_code: str, uow: UnitOfWork, policy: MedicalPolicy) -> HospitalStay:
    left_on = not_after_today(row.left_on, uow.clock)
    stay = HospitalStay.leave(
        id=derived_id("hospital_stay", row.number),
        household_id=row.household_id,
        area_code=area_code,
        person_id=row.person_id,
        in_county=row.in_county,
        hospital=text_in(row.hospital.strip(), _HOSPITAL, most=_MOST, least=1),
        left_on=left_on,
        due_on=add_days(left_on, policy.settle_days.on(left_on)),
    )
    stay.settle(row.bill, on=not_after_today(row.settled_on, uow.clock))
    return stay


def _answer(stays: Sequence[HospitalStay], uow: UnitOfWork) -> None:
    for stay in stays:
        layers = ((CRITICAL, stay.critical), (RELIEF, stay.relief))
        paid = [choice for choice, amount in layers if amount > 0]
        if paid and stay.settled_on:
            answer_measures([stay.household_id], paid, uow, on=stay.settled_on, persons=[stay.person_id])
