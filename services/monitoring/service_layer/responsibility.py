"""Commands on the list of who maintains which information (plan item 2)."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.report.responsibility import Responsibility
from services.monitoring.service_layer.given import code_in, not_after_today, text_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.areas import areas

_UNIT, _PERSON, _DUTIES = ("责任单位", "unit"), ("责任人", "person"), ("职责说明", "duties")


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteResponsibility:
    """A new line of the list; it is in force once it is approved, and replaces the line before it then."""

    item: str
    area_code: str
    unit: str
    person: str = field(repr=False)
    duties: str = field(default="", repr=False)
    within_days: int
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveResponsibility:
    """A line is put in force."""

    responsibility_id: str
    on: date
    by: str = ""
    version: int | None = None


def write_responsibility(command: WriteResponsibility, uow: UnitOfWork) -> str:
    """Write a line of the list and return its id; nothing changes until it is approved."""
    code_in("responsibility_item", command.item)
    areas().get(command.area_code)
    with uow:
        line = Responsibility(
            id=uow.ids(),
            item=command.item,
            area_code=command.area_code,
            unit=text_in(command.unit.strip(), _UNIT, most=40, least=2),
            person=text_in(command.person.strip(), _PERSON, most=60, least=2),
            duties=text_in(command.duties.strip(), _DUTIES, most=500),
            within_days=command.within_days,
            recorded_on=not_after_today(command.on, uow.clock),
            recorded_by=command.by,
        )
        uow.responsibilities.add(line)
        uow.commit()
    return line.id


def approve_responsibility(command: ApproveResponsibility, uow: UnitOfWork) -> None:
    """Put a line in force; the line of the same item and area that was, ends that day."""
    with uow:
        on = not_after_today(command.on, uow.clock)
        line = uow.responsibilities.get(command.responsibility_id)
        line.expect_version(command.version)
        line.approve(on=on, by=command.by)
        before = uow.responsibilities.in_force(line.item, line.area_code)
        if before is not None:
            before.replace(on=on)
            uow.responsibilities.save(before)
        uow.responsibilities.save(line)
        uow.commit()
