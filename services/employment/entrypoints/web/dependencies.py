"""What the routes of this site are given, and how the area of what they touch is found."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from sqlalchemy import Connection

from services.employment.adapters.read_models import Part, job_by_id, labourer_by_id
from services.employment.adapters.read_models_measure import measure_by_id
from services.employment.adapters.read_models_post import placement_by_id, post_by_id
from services.employment.adapters.unit_of_work import EmploymentUnitOfWork
from services.employment.bootstrap import Employment
from shared.areas import areas
from shared.persistence.engine import reading
from shared.web.asking import Act, Ask
from shared.web.forms import Label

EmploymentAsk = Ask[Employment]
EmploymentAct = Act[Employment, EmploymentUnitOfWork]

OnDay = Annotated[date | None, Label("日期", "Day", hint_zh="不填即为今天", hint_en="today when left empty")]
"""A day a form may leave out."""


@contextmanager
def read(ask: Ask[Employment]) -> Iterator[Connection]:
    """Give a connection for the queries of a page."""
    with reading(ask.service.engine) as connection:
        yield connection


def part_of(ask: EmploymentAsk) -> Part:
    """Return the part of a list that is asked for."""
    return Part(ask.paging.size, ask.paging.offset)


def towns(ask: EmploymentAsk) -> list[tuple[str, str]]:
    """Return the towns an officer may narrow a list to: code and name; none for a town's own officer."""
    return [(town.code, town.name) for town in areas().towns() if ask.officer.may_see(town.code)]


def labourer_area(ask: EmploymentAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the person a page or action names."""
    with read(ask) as connection:
        found = labourer_by_id(connection, given["person_id"])
    return found.area_code if found else None


def job_area(ask: EmploymentAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the job a page or action names."""
    with read(ask) as connection:
        found = job_by_id(connection, given["job_id"])
    return found.job.area_code if found else None


def post_area(ask: EmploymentAsk, given: Mapping[str, Any]) -> str | None:
    """Find the area of the post a page or action names."""
    with read(ask) as connection:
        found = post_by_id(connection, given["post_id"])
    return found.post.area_code if found else None


def placement_area(ask: EmploymentAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the placement a page or action names."""
    with read(ask) as connection:
        found = placement_by_id(connection, given["placement_id"])
    return found.placement.area_code if found else None


def measure_area(ask: EmploymentAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the measure a page or action names."""
    with read(ask) as connection:
        found = measure_by_id(connection, given["measure_id"])
    return found.measure.request.area_code if found else None
