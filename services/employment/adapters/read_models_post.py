"""SELECTs behind the pages about posts and who holds them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from services.employment.adapters.placement import placement_of
from services.employment.adapters.post import post_of
from services.employment.adapters.read_models import Part, count_of, within
from services.employment.adapters.tables import household, labourer, placement, post
from services.employment.domain.placement import Placement
from services.employment.domain.post import Post


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and how many hold it now."""

    post: Post
    held: int

    @property
    def vacant(self) -> int:
        return max(0, self.post.vacancies - self.held) if self.post.closed_on is None else 0


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement with the numbers of person and household, and what the post is."""

    placement: Placement
    kind: str
    monthly_pay_fen: int
    person_no: str
    household_no: str


def find_posts(
    connection: Connection, area_code: str, town: str, part: Part, *, vacant: bool = False
) -> tuple[list[PostRow], int]:
    """Return posts by area, those with a vacancy only when asked, and how many there are."""
    query = _posts().where(*within(post.c.area_code, area_code, town))
    if vacant:
        query = query.where(post.c.closed_on.is_(None), _held() < post.c.vacancies)
    total = count_of(connection, query)
    rows = connection.execute(query.limit(part.limit).offset(part.offset))
    return [PostRow(post_of(row), row.held) for row in rows], total


def vacant_posts(connection: Connection, area_code: str) -> list[PostRow]:
    """Return posts with a vacancy inside *area_code* or above it, whose posts its people may hold."""
    above = [area_code[:length] for length in (6, 9, 12) if length < len(area_code)]
    reachable = post.c.area_code.startswith(area_code, autoescape=True) | post.c.area_code.in_(above)
    query = _posts().where(reachable, post.c.closed_on.is_(None), _held() < post.c.vacancies)
    return [PostRow(post_of(row), row.held) for row in connection.execute(query)]


def post_by_id(connection: Connection, post_id: str) -> PostRow | None:
    """Return one post, or None."""
    row = connection.execute(_posts().where(post.c.id == post_id)).one_or_none()
    return None if row is None else PostRow(post_of(row), row.held)


def placements_of(
    connection: Connection,
    *,
    person_id: str | None = None,
    household_id: str | None = None,
    post_id: str | None = None,
) -> list[PlacementRow]:
    """Return every placement of a person, a household or a post, the latest started first."""
    query = _placements()
    given = {"person_id": person_id, "household_id": household_id, "post_id": post_id}
    for name, value in given.items():
        if value is not None:
            query = query.where(placement.c[name] == value)
    return _placement_rows(connection, query)


def placements_ending(connection: Connection, area_code: str, until: date) -> list[PlacementRow]:
    """Return open placements of the area whose agreement ends by *until*, the first to end first."""
    query = (
        _placements()
        .where(placement.c.ended_on.is_(None), placement.c.ends_on <= until)
        .where(*within(placement.c.area_code, area_code))
        .order_by(None)
        .order_by(placement.c.ends_on, placement.c.id)
    )
    return _placement_rows(connection, query)


def placement_by_id(connection: Connection, placement_id: str) -> PlacementRow | None:
    """Return one placement, or None."""
    found = _placement_rows(connection, _placements().where(placement.c.id == placement_id))
    return found[0] if found else None


def _held() -> Any:  # noqa: ANN401  (a scalar subquery has no shorter type)
    holders = placement.alias("holder")
    return (
        select(func.count())
        .where(holders.c.post_id == post.c.id, holders.c.ended_on.is_(None))
        .correlate(post)
        .scalar_subquery()
    )


def _posts() -> Select[Any]:
    return select(*post.columns, _held().label("held")).order_by(post.c.area_code, post.c.kind, post.c.id)


def _placements() -> Select[Any]:
    return (
        select(
            *placement.columns,
            post.c.kind.label("kind"),
            post.c.monthly_pay_fen.label("monthly_pay_fen"),
            labourer.c.person_no.label("person_no"),
            household.c.household_no.label("household_no"),
        )
        .join(post, post.c.id == placement.c.post_id)
        .outerjoin(
            labourer,
            (labourer.c.person_id == placement.c.person_id)
            & (labourer.c.household_id == placement.c.household_id),
        )
        .outerjoin(household, household.c.household_id == placement.c.household_id)
        .order_by(placement.c.started_on.desc(), placement.c.id)
    )


def _placement_rows(connection: Connection, query: Select[Any]) -> list[PlacementRow]:
    return [
        PlacementRow(
            placement_of(row), row.kind, row.monthly_pay_fen, row.person_no or "", row.household_no or ""
        )
        for row in connection.execute(query)
    ]
