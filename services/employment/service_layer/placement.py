"""Commands about placements on posts, and what the clock alone does to them.

*version* in a command is the version the person saw; None asks nothing.
"""

from dataclasses import dataclass
from datetime import date

from services.employment.domain.placement import PlacementEndReason, place
from services.employment.domain.policy import EmploymentPolicy
from services.employment.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.period import Month


@dataclass(frozen=True, slots=True)
class PlaceOnPost:
    """Without *ends_on* the agreement runs for the usual term. *override_reason*: see FullTimeJobError."""

    post_id: str
    person_id: str
    started_on: date
    ends_on: date | None = None
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class EndPlacement:
    """*ended_on* is the last day on the post."""

    placement_id: str
    ended_on: date
    reason: PlacementEndReason
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    placement_id: str
    month: Month
    passed: bool
    version: int | None = None


def place_on_post(command: PlaceOnPost, uow: UnitOfWork, policy: EmploymentPolicy) -> str:
    """Place a person on a post and return the placement's id."""
    with uow:
        post = uow.posts.get(command.post_id)
        labourer = uow.labourers.get(command.person_id)
        jobs = uow.jobs.of_person(command.person_id)
        placement = place(
            placement_id=uow.ids(),
            post=post,
            labourer=labourer,
            started_on=command.started_on,
            ends_on=command.ends_on,
            held=uow.placements.open_on(post.id),
            earlier=uow.placements.of_person(command.person_id),
            full_time_job=any(job.open and job.work.full_time for job in jobs),
            override_reason=command.override_reason,
            today=day_of(uow.clock()),
            policy=policy,
        )
        uow.placements.add(placement)
        uow.commit()
    return placement.id


def end_placement(command: EndPlacement, uow: UnitOfWork) -> None:
    with uow:
        placement = uow.placements.get(command.placement_id)
        placement.expect_version(command.version)
        placement.end(on=command.ended_on, reason=command.reason, today=day_of(uow.clock()))
        uow.placements.save(placement)
        uow.commit()


def record_attendance(command: RecordAttendance, uow: UnitOfWork) -> None:
    """Record the monthly check of a post-holder; pay follows only a passed one."""
    with uow:
        placement = uow.placements.get(command.placement_id)
        placement.expect_version(command.version)
        placement.record_attendance(command.month, passed=command.passed, today=day_of(uow.clock()))
        uow.placements.save(placement)
        uow.commit()


def end_expired_placements(uow: UnitOfWork) -> int:
    """End every placement whose agreement has run out, and return how many."""
    with uow:
        today = day_of(uow.clock())
        expired = uow.placements.expired(today)
        for placement in expired:
            placement.expire(today=today)
            uow.placements.save(placement)
        uow.commit()
    return len(expired)
