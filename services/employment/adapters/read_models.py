"""SELECTs behind the pages about people and their work; frozen dataclasses, never rows.

Every list takes *area_code*, the officer's own area, and gives its part together
with the total. *town* narrows it; a town elsewhere finds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from services.employment.adapters.job import job_of
from services.employment.adapters.labourer import IN_NEWEST, current_labourers, labourer_of
from services.employment.adapters.tables import household, job, labourer, placement
from services.employment.domain.job import Job
from services.employment.domain.labourer import Labourer


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is asked for."""

    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class LabourerFilter:
    """*working* None: all. *household_no* is a part of the number."""

    town: str = ""
    skill: str = ""
    household_no: str = ""
    working: bool | None = None


@dataclass(frozen=True, slots=True)
class LabourerRow:
    """One member of a household; *job_id* and *placement_id* are of the work that runs now."""

    person_id: str
    person_no: str
    household_id: str
    household_no: str
    area_code: str
    relation: str
    sex: str
    born_on: date
    labour_skill: str
    school_status: str | None
    lifted_out: bool
    job_id: str | None
    placement_id: str | None


@dataclass(frozen=True, slots=True)
class JobRow:
    """One spell of work, with the numbers of person and household."""

    job: Job
    person_no: str
    household_no: str


@dataclass(frozen=True, slots=True)
class JobFilter:
    """*running* None: all; *doubtful* True: only those with a remark."""

    town: str = ""
    running: bool | None = None
    doubtful: bool = False


def within(column: ColumnElement[str], area_code: str, town: str = "") -> list[ColumnElement[bool]]:
    """Return the conditions that *column* lies in *area_code*, and in *town* where one is given."""
    prefixes = [area_code, town] if town else [area_code]
    return [column.startswith(prefix, autoescape=True) for prefix in prefixes]


def count_of(connection: Connection, query: Select[Any]) -> int:
    """Return how many rows *query* has in all."""
    return connection.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()


def find_labourers(
    connection: Connection, area_code: str, wanted: LabourerFilter, part: Part
) -> tuple[list[LabourerRow], int]:
    """Return members who have not left, by household and person number, and how many there are."""
    query = _labourers().where(labourer.c.has_left.is_(False), *within(household.c.area_code, area_code))
    query = query.where(*within(household.c.area_code, area_code, wanted.town))
    if wanted.skill:
        query = query.where(labourer.c.labour_skill == wanted.skill)
    if wanted.household_no:
        query = query.where(household.c.household_no.contains(wanted.household_no, autoescape=True))
    if wanted.working is not None:
        works = job.c.id.is_not(None) | placement.c.id.is_not(None)
        query = query.where(works if wanted.working else ~works)
    total = count_of(connection, query)
    rows = connection.execute(query.limit(part.limit).offset(part.offset))
    return [LabourerRow(*row) for row in rows], total


def labourers_of_household(connection: Connection, household_id: str) -> list[LabourerRow]:
    """Return the present members of a household with the work they have now."""
    query = _labourers().where(household.c.household_id == household_id, labourer.c.has_left.is_(False))
    return [LabourerRow(*row) for row in connection.execute(query)]


def _labourers() -> Select[Any]:
    return (
        select(
            labourer.c.person_id,
            labourer.c.person_no,
            household.c.household_id,
            household.c.household_no,
            household.c.area_code,
            labourer.c.relation,
            labourer.c.sex,
            labourer.c.born_on,
            labourer.c.labour_skill,
            labourer.c.school_status,
            household.c.lifted_out,
            job.c.id,
            placement.c.id,
        )
        .select_from(labourer)
        .join(household, IN_NEWEST)
        .outerjoin(job, (job.c.person_id == labourer.c.person_id) & job.c.ended_on.is_(None))
        .outerjoin(
            placement, (placement.c.person_id == labourer.c.person_id) & placement.c.ended_on.is_(None)
        )
        .order_by(household.c.household_no, labourer.c.person_no, labourer.c.person_id)
    )


def labourer_by_id(connection: Connection, person_id: str) -> Labourer | None:
    """Return the person with their household as it stands, or None."""
    row = connection.execute(current_labourers().where(labourer.c.person_id == person_id)).first()
    return None if row is None else labourer_of(row)


def find_jobs(
    connection: Connection, area_code: str, wanted: JobFilter, part: Part
) -> tuple[list[JobRow], int]:
    """Return jobs, the latest started first, and how many there are."""
    query = _jobs().where(*within(job.c.area_code, area_code, wanted.town))
    if wanted.running is not None:
        running = job.c.ended_on.is_(None)
        query = query.where(running if wanted.running else ~running)
    if wanted.doubtful:
        query = query.where(job.c.remarks != [])
    total = count_of(connection, query)
    return _job_rows(connection, query.limit(part.limit).offset(part.offset)), total


def jobs_of(
    connection: Connection, *, person_id: str | None = None, household_id: str | None = None
) -> list[JobRow]:
    """Return every job of a person or a household, the latest started first."""
    query = _jobs()
    if person_id is not None:
        query = query.where(job.c.person_id == person_id)
    if household_id is not None:
        query = query.where(job.c.household_id == household_id)
    return _job_rows(connection, query)


def job_by_id(connection: Connection, job_id: str) -> JobRow | None:
    """Return one job, or None."""
    found = _job_rows(connection, _jobs().where(job.c.id == job_id))
    return found[0] if found else None


def _jobs() -> Select[Any]:
    return (
        select(
            *job.columns,
            labourer.c.person_no.label("person_no"),
            household.c.household_no.label("household_no"),
        )
        .outerjoin(
            labourer,
            (labourer.c.person_id == job.c.person_id) & (labourer.c.household_id == job.c.household_id),
        )
        .outerjoin(household, household.c.household_id == job.c.household_id)
        .order_by(job.c.started_on.desc(), job.c.id)
    )


def _job_rows(connection: Connection, query: Select[Any]) -> list[JobRow]:
    rows: Sequence[Any] = connection.execute(query).all()
    return [JobRow(job_of(row), row.person_no or "", row.household_no or "") for row in rows]
