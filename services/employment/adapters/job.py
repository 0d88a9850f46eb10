"""Jobs in SQL."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select

from services.employment.adapters.tables import job as table
from services.employment.domain.errors import JobNotFoundError
from services.employment.domain.job import Channel, Job, Work
from shared.kernel.aggregate import Aggregate
from shared.persistence.versioned import add_version, save_version


class SqlJobs:
    """See the port ``Jobs``."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, job: Job) -> None:
        add_version(self._connection, table, _row(job))
        job.version = 1
        self._collect(job)

    def get(self, job_id: str) -> Job:
        row = self._connection.execute(select(table).where(table.c.id == job_id)).one_or_none()
        if row is None:
            raise JobNotFoundError(job_id=job_id[:64])
        return job_of(row)

    def save(self, job: Job) -> None:
        save_version(self._connection, table, _row(job), read=job.version)
        job.version += 1
        self._collect(job)

    def of_person(self, person_id: str) -> list[Job]:
        rows = select(table).where(table.c.person_id == person_id).order_by(table.c.started_on, table.c.id)
        return [job_of(row) for row in self._connection.execute(rows)]


def job_of(row: Row[Any]) -> Job:
    """Return the job of a row of its table."""
    return Job(
        id=row.id,
        version=row.version,
        person_id=row.person_id,
        household_id=row.household_id,
        area_code=row.area_code,
        started_on=row.started_on,
        work=Work(
            place_code=row.place_code,
            channel=None if row.channel is None else Channel(row.channel),
            monthly_pay_fen=row.monthly_pay_fen,
            employer=row.employer,
            industry=row.industry,
            point_to_point=row.point_to_point,
            abroad=row.abroad,
            full_time=row.full_time,
        ),
        lifted_out=row.lifted_out,
        remarks=tuple(row.remarks),
        ended_on=row.ended_on,
        end_reason=row.end_reason,
    )


def _row(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "person_id": job.person_id,
        "household_id": job.household_id,
        "area_code": job.area_code,
        "started_on": job.started_on,
        "place_code": job.work.place_code,
        "channel": job.work.channel,
        "monthly_pay_fen": job.work.monthly_pay_fen,
        "employer": job.work.employer,
        "industry": job.work.industry,
        "point_to_point": job.work.point_to_point,
        "abroad": job.work.abroad,
        "full_time": job.work.full_time,
        "lifted_out": job.lifted_out,
        "remarks": list(job.remarks),
        "ended_on": job.ended_on,
        "end_reason": job.end_reason,
    }
