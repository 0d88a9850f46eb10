"""Announcements that are owed, published, and checked against the register."""

from dataclasses import dataclass

from services.finance.domain.announcement import Announcement, Check, Notice
from services.finance.domain.project_policy import ProjectPolicy
from services.finance.service_layer.ports_projects import UnitOfWork
from services.finance.service_layer.step import Opening, TakeStep, acting
from shared.kernel.period import add_days


@dataclass(frozen=True, slots=True, kw_only=True)
class OweAnnouncement(Opening):
    """*kind* is a key of ``KINDS``; *unit* the town's code or the department that must publish it."""

    kind: str
    year: int
    unit: str
    project_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishAnnouncement(TakeStep):
    """What the announcement says; *parts_fen* are the sums by project or source that make up *total_fen*."""

    elements: tuple[str, ...]
    link: str
    total_fen: int
    parts_fen: tuple[int, ...]


def owe_announcement(command: OweAnnouncement, uow: UnitOfWork, policy: ProjectPolicy) -> str:
    """Put an announcement on record that must be made, and return its id."""
    with uow:
        if command.project_id:
            uow.projects.get(command.project_id)
        one = Announcement.owe(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            kind=command.kind,
            year=command.year,
            unit=command.unit,
            project_id=command.project_id,
            due_on=add_days(command.on, policy.announcement_days.on(command.on)),
        )
        uow.announcements.add(one)
        uow.commit()
    return one.id


def publish_announcement(command: PublishAnnouncement, uow: UnitOfWork, policy: ProjectPolicy) -> Check:
    """Record what was published and say what the check found; faults are not refused but counted."""
    with uow:
        one = uow.announcements.get(command.id)
        one.expect_version(command.version)
        register = uow.funds.arranged(year=one.year, area_code=one.area_code, project_id=one.project_id)
        notice = Notice(command.elements, command.link.strip(), command.total_fen, command.parts_fen)
        required = [str(each) for each in policy.announcement_elements.on(command.on)]
        found = one.publish(notice, required, register, acting(command, uow))
        uow.announcements.save(one)
        uow.commit()
    return found
