"""Commands about jobs: a spell of work is started and ended.

*version* in a command is the version the person saw; None asks nothing.
"""

from dataclasses import dataclass
from datetime import date

from services.employment.domain.job import Channel, EndReason, Work, start
from services.employment.domain.policy import EmploymentPolicy
from services.employment.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True)
class StartJob:
    """The items of the real-name register; those not known stay None or empty and are marked."""

    person_id: str
    started_on: date
    place_code: str
    channel: Channel | None = None
    monthly_pay_fen: int | None = None
    employer: str = ""
    industry: str = ""
    point_to_point: bool | None = None
    abroad: bool = False
    full_time: bool = True


@dataclass(frozen=True, slots=True)
class EndJob:
    """*ended_on* is the last day of the job."""

    job_id: str
    ended_on: date
    reason: EndReason
    version: int | None = None


def start_job(command: StartJob, uow: UnitOfWork, policy: EmploymentPolicy) -> str:
    """Record that a person works for pay and return the new job's id."""
    with uow:
        labourer = uow.labourers.get(command.person_id)
        job = start(
            job_id=uow.ids(),
            labourer=labourer,
            started_on=command.started_on,
            work=_work(command),
            others=uow.jobs.of_person(command.person_id),
            on_post=any(placement.open for placement in uow.placements.of_person(command.person_id)),
            today=day_of(uow.clock()),
            policy=policy,
        )
        uow.jobs.add(job)
        uow.commit()
    return job.id


def end_job(command: EndJob, uow: UnitOfWork) -> None:
    """End a spell; whether the person is then without work is settled in the same transaction."""
    with uow:
        job = uow.jobs.get(command.job_id)
        job.expect_version(command.version)
        uow.labourers.hold(job.person_id)
        other_jobs = (other for other in uow.jobs.of_person(job.person_id) if other.id != job.id)
        working = any(other.open for other in other_jobs) or any(
            placement.open for placement in uow.placements.of_person(job.person_id)
        )
        job.end(
            on=command.ended_on,
            reason=command.reason,
            today=day_of(uow.clock()),
            without_work=not working,
        )
        uow.jobs.save(job)
        uow.commit()


def _work(command: StartJob) -> Work:
    return Work(
        place_code=command.place_code,
        channel=command.channel,
        monthly_pay_fen=command.monthly_pay_fen,
        employer=command.employer.strip(),
        industry=command.industry.strip(),
        point_to_point=command.point_to_point,
        abroad=command.abroad,
        full_time=command.full_time,
    )
