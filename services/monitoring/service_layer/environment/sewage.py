"""Commands on sewage facilities, and checks of facilities and public toilets."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from services.monitoring.domain.environment.sewage import (
    FacilityNumberTakenError,
    SewageFacility,
    SewageFacilityNotFoundError,
    SiteCheck,
)
from services.monitoring.service_layer.given import code_in, not_after_today, number_in, text_in
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.ports import UnitOfWork

_NUMBER, _NAME, _MOST_NAME = ("设施编号", "facility number"), ("设施名称", "name"), 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSewageFacility:
    """A facility goes on the register; *kind* is a code of ``sewage_kind``, *households* it serves."""

    facility_no: str
    name: str
    area_code: str
    kind: str
    households: int = 0
    in_use: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSewageFacility:
    """Does it run? *note* says what is wrong when it does not."""

    facility_id: str
    running: bool
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPublicToilet:
    """Is it clean and in order? *note* says what is wrong when it is not."""

    public_toilet_id: str
    fine: bool
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


def record_sewage_facilities(
    commands: Sequence[RecordSewageFacility], on: date, uow: UnitOfWork
) -> list[str]:
    """Put facilities on the register, all or none, and return their ids in the order given."""
    for one in commands:
        number_in(one.facility_no, _NUMBER)
        text_in(one.name, _NAME, most=_MOST_NAME, least=1)
        village_in(one.area_code)
        code_in("sewage_kind", one.kind)
    numbers = [one.facility_no for one in commands]
    with uow:
        day = not_after_today(on, uow.clock)
        taken = [one.facility_no for one in uow.environment.facilities.where("facility_no", numbers)]
        taken += [number for number in numbers if numbers.count(number) > 1]
        if taken:
            raise FacilityNumberTakenError(facility_no=taken[0][:20])
        facilities = [SewageFacility(**asdict(one), id=uow.ids(), recorded_on=day) for one in commands]
        uow.environment.facilities.add_all(facilities)
        uow.commit()
    return [one.id for one in facilities]


def check_sewage_facilities(commands: Sequence[CheckSewageFacility], uow: UnitOfWork) -> list[str]:
    """Record checks, all or none, and return their ids in the order given."""
    with uow:
        ids = {one.facility_id for one in commands}
        areas = {one.id: one.area_code for one in uow.environment.facilities.where("id", ids)}
        if ids - areas.keys():
            raise SewageFacilityNotFoundError
        checks = [
            SiteCheck.make(
                id=uow.ids(),
                site_id=one.facility_id,
                site_kind="sewage",
                area_code=areas.get(one.facility_id)
                or uow.environment.facilities.get(one.facility_id).area_code,
                checked_on=not_after_today(one.on, uow.clock),
                fine=one.running,
                checked_by=one.by,
                note=one.note.strip(),
            )
            for one in commands
        ]
        uow.environment.checks.add_all(checks)
        uow.commit()
    return [one.id for one in checks]


def check_public_toilet(command: CheckPublicToilet, uow: UnitOfWork) -> str:
    """Record how a public toilet was found."""
    with uow:
        toilet = uow.environment.public_toilets.get(command.public_toilet_id)
        check = SiteCheck.make(
            id=uow.ids(),
            site_id=toilet.id,
            site_kind="public_toilet",
            area_code=toilet.area_code,
            checked_on=not_after_today(command.on, uow.clock),
            fine=command.fine,
            checked_by=command.by,
            note=command.note.strip(),
        )
        uow.environment.checks.add(check)
        uow.commit()
    return check.id
