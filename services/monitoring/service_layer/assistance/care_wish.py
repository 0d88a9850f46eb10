"""Commands on wishes for care in a home (特困精神障碍人员集中供养).

::

    record_care_wish(RecordCareWish(household_id=…, person_id=…, on=…), uow, policy) -> id
    place_in_care(PlaceInCare(wish_id=…, home="…", on=…), uow)
    end_care(EndCare(wish_id=…, note="…", on=…), uow)
"""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.assistance.care_wish import CareWish
from services.monitoring.domain.assistance.entitlement import AssistancePolicy
from services.monitoring.domain.guarantee_errors import AlreadyOpenError
from services.monitoring.service_layer.given import expect_version, not_after_today, reason_given, text_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.period import add_days


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCareWish:
    household_id: str
    person_id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInCare:
    """*home* is the institution."""

    wish_id: str
    home: str
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCare:
    """*note* says why: the wish was withdrawn, or the person left."""

    wish_id: str
    on: date
    note: str = field(repr=False)
    version: int | None = None


def record_care_wish(command: RecordCareWish, uow: UnitOfWork, policy: AssistancePolicy) -> str:
    """Return the wish's id; refuses a second open one."""
    with uow:
        household = uow.households.get(command.household_id)
        person_id = household.member(command.person_id).id
        if uow.assistance.care_wishes.matching(person_id=person_id, state=("wished", "placed")):
            raise AlreadyOpenError
        on = not_after_today(command.on, uow.clock)
        wish = CareWish(
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            person_id=person_id,
            wished_on=on,
            due_on=add_days(on, policy.care_days.on(on)),
        )
        uow.assistance.care_wishes.add(wish)
        uow.commit()
    return wish.id


def place_in_care(command: PlaceInCare, uow: UnitOfWork) -> None:
    home = text_in(command.home.strip(), ("供养机构", "home"), most=100, least=1)
    with uow:
        wish = uow.assistance.care_wishes.get(command.wish_id)
        expect_version(wish, command.version)
        wish.place(home, on=not_after_today(command.on, uow.clock))
        uow.assistance.care_wishes.save(wish)
        uow.commit()


def end_care(command: EndCare, uow: UnitOfWork) -> None:
    note = reason_given(command.note)
    with uow:
        wish = uow.assistance.care_wishes.get(command.wish_id)
        expect_version(wish, command.version)
        wish.end(on=not_after_today(command.on, uow.clock), note=note)
        uow.assistance.care_wishes.save(wish)
        uow.commit()
