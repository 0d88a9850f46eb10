"""What pages show of resettlement sites, of relocated households and of their work and room."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, ScalarSelect, Select, and_, cast, func, select
from sqlalchemy.types import Numeric

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.relocation.site import site_from
from services.monitoring.adapters.tables import (
    facility_tasks,
    households,
    housing_shortages,
    labour_surveys,
    living_conditions,
    members,
    relocation_returns,
    resettlement_sites,
    zero_employments,
)
from services.monitoring.domain.member import HEAD
from services.monitoring.domain.relocation.errors import SiteNotFoundError
from services.monitoring.domain.relocation.site import ResettlementSite


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One site in a list, with what is open there."""

    id: str
    name: str
    area_code: str
    invented: bool
    households: int
    planned_on: date | None
    duties_signed_on: date | None
    open_tasks: int
    open_returns: int
    open_shortages: int


@dataclass(frozen=True, slots=True)
class RelocatedRow:
    """A relocated household; *floor_m2* None where nobody has said."""

    id: str
    household_no: str
    head_name: str
    area_code: str
    site_name: str
    persons: int
    floor_m2: Decimal | None
    willing: int | None
    surveyed_on: date | None


def find_sites(connection: Connection, area_code: str) -> list[SiteRow]:
    """Return the sites inside an area, by village and name; a county has some dozens."""
    lived_in = (
        select(func.count())
        .select_from(households)
        .where(households.c.resettlement_site_id == resettlement_sites.c.id)
        .scalar_subquery()
    )
    query = select(
        resettlement_sites.c.id,
        resettlement_sites.c.name,
        resettlement_sites.c.area_code,
        resettlement_sites.c.invented,
        lived_in.label("households"),
        resettlement_sites.c.planned_on,
        resettlement_sites.c.duties_signed_on,
        *(
            select(func.count())
            .select_from(table)
            .where(table.c.site_id == resettlement_sites.c.id, table.c.closed_on.is_(None))
            .scalar_subquery()
            .label(name)
            for table, name in (
                (facility_tasks, "open_tasks"),
                (relocation_returns, "open_returns"),
                (housing_shortages, "open_shortages"),
            )
        ),
    ).where(inside(resettlement_sites.c.area_code, area_code))
    rows = connection.execute(query.order_by(resettlement_sites.c.area_code, resettlement_sites.c.name))
    return [SiteRow(**row) for row in rows.mappings()]


def site_shown(connection: Connection, site_id: str) -> ResettlementSite:
    """Return the site, for reading only; raises SiteNotFoundError."""
    query = select(resettlement_sites).where(resettlement_sites.c.id == site_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise SiteNotFoundError
    return site_from(row)


def area_of_site(connection: Connection, site_id: str) -> str | None:
    query = select(resettlement_sites.c.area_code).where(resettlement_sites.c.id == site_id)
    return connection.execute(query).scalar_one_or_none()


def relocated(
    connection: Connection,
    *,
    area_code: str,
    half: str,
    site_id: str = "",
    crowded_below: int | None = None,
    unsurveyed: bool = False,
    limit: int,
    offset: int,
) -> tuple[list[RelocatedRow], int]:
    """Return one part of the relocated households inside an area, and how many there are.

    *crowded_below* leaves those with less floor a person and no shortage open; *unsurveyed* those
    whose labourers nobody has asked in *half*.
    """
    query = _relocated(half).where(inside(households.c.area_code, area_code))
    if site_id:
        query = query.where(households.c.resettlement_site_id == site_id)
    if crowded_below is not None:
        open_one = select(housing_shortages.c.household_id).where(housing_shortages.c.closed_on.is_(None))
        floor = cast(living_conditions.c.floor_m2, Numeric(10, 2, asdecimal=False))
        query = query.where(
            living_conditions.c.floor_m2.is_not(None),
            floor < _persons() * crowded_below,
            households.c.id.not_in(open_one),
        )
    if unsurveyed:
        query = query.where(labour_surveys.c.id.is_(None))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(households.c.area_code, households.c.household_no)
    rows = connection.execute(page.limit(limit).offset(offset)).mappings()
    return [RelocatedRow(**row) for row in rows], total


def without_work(connection: Connection, household_id: str) -> date | None:
    """Return since when a household is one of zero employment, or None."""
    query = select(zero_employments.c.opened_on).where(
        zero_employments.c.household_id == household_id, zero_employments.c.closed_on.is_(None)
    )
    return connection.execute(query).scalar_one_or_none()


def _persons() -> ScalarSelect[int]:
    living = members.alias("living")
    return (
        select(func.count())
        .select_from(living)
        .where(living.c.household_id == households.c.id, living.c.left_on.is_(None))
        .scalar_subquery()
    )


def _relocated(half: str) -> Select[tuple[object, ...]]:
    is_head = and_(
        members.c.household_id == households.c.id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )
    asked = and_(labour_surveys.c.household_id == households.c.id, labour_surveys.c.half == half)
    return (
        select(
            households.c.id,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            households.c.area_code,
            func.coalesce(resettlement_sites.c.name, "").label("site_name"),
            _persons().label("persons"),
            living_conditions.c.floor_m2,
            labour_surveys.c.willing,
            labour_surveys.c.surveyed_on,
        )
        .select_from(households)
        .outerjoin(members, is_head)
        .outerjoin(living_conditions, living_conditions.c.household_id == households.c.id)
        .outerjoin(resettlement_sites, resettlement_sites.c.id == households.c.resettlement_site_id)
        .outerjoin(labour_surveys, asked)
        .where(households.c.relocated)
    )
