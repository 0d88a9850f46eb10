"""What pages show of screening rounds and samples: coverage by area, who is left, what was found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.screening import (
    SampledHouseholds,
    Samples,
    ScreeningRounds,
    list_text,
    reached_in,
)
from services.monitoring.adapters.tables import (
    households,
    judgements,
    members,
    sample_inspections,
    sampled_households,
    screening_rounds,
)
from services.monitoring.domain.member import HEAD
from services.monitoring.domain.sample.inspection import SampledHousehold, SampleInspection
from services.monitoring.domain.screening.round import Coverage, ScreeningRound

__all__ = ["list_text"]


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """How far a round came in one village or town."""

    area_code: str
    households: int
    reached: int

    @property
    def left(self) -> int:
        return self.households - self.reached


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A household a round has not reached yet; *focus* says why it comes first, if it does."""

    id: str
    household_no: str
    head_name: str
    area_code: str
    address: str
    focus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A judgement in a list."""

    household_id: str
    household_no: str
    head_name: str
    area_code: str
    made_on: date
    income_band: str
    risks: tuple[str, ...]
    able_to_cope: bool
    include: bool


@dataclass(frozen=True, slots=True)
class SampledRow:
    """One household of a sample, with whose it is."""

    id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    stratum: str
    position: int
    inspected_on: date | None
    finding: str


def rounds_of(connection: Connection) -> list[ScreeningRound]:
    """Return every round, the newest first."""
    store = ScreeningRounds(connection, no_facts)
    rows = connection.execute(select(screening_rounds).order_by(screening_rounds.c.first_on.desc()))
    return [store.read(row) for row in rows.mappings()]


def round_of(connection: Connection, round_id: str) -> ScreeningRound:
    """Return the round, for reading only; raises RoundNotFoundError."""
    return ScreeningRounds(connection, no_facts).get(round_id)


def coverage_in(connection: Connection, round_id: str, area_code: str) -> Coverage:
    return ScreeningRounds(connection, no_facts).coverage(round_id, area_code)


def coverage_by_area(
    connection: Connection, round_id: str, area_code: str, digits: int
) -> list[AreaCoverage]:
    """Return the coverage of each part of *area_code*; *digits*: 9 for towns, 12 for villages."""
    part = func.substr(households.c.area_code, 1, digits).label("part")
    total = (
        select(part, func.count().label("number"))
        .where(inside(households.c.area_code, area_code))
        # By its name: PostgreSQL takes the same expression with other parameters for another.
        .group_by("part")
    )
    counted = {row.part: row.number for row in connection.execute(total.order_by("part"))}
    met = {row.part: row.number for row in connection.execute(total.where(reached_in(round_id)))}
    return [AreaCoverage(code, count, met.get(code, 0)) for code, count in counted.items()]


def left_in(
    connection: Connection,
    round_id: str,
    area_code: str,
    *,
    among: Collection[str] | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[LeftRow], int]:
    """Return one part of the households not reached, by village and number; of *among* if given."""
    query = _with_head(
        select(
            households.c.id,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            households.c.area_code,
            households.c.address,
        ),
        households.c.id,
    ).where(inside(households.c.area_code, area_code), ~reached_in(round_id))
    ordered = query.order_by(households.c.area_code, households.c.household_no)
    if among is None:
        total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        rows = connection.execute(ordered.limit(limit).offset(offset)).mappings()
        return [LeftRow(**row) for row in rows], total
    found = [LeftRow(**row) for row in connection.execute(ordered).mappings() if row["id"] in among]
    return found[offset : offset + limit], len(found)


def judgements_in(
    connection: Connection, round_id: str, area_code: str, *, limit: int, offset: int = 0
) -> tuple[list[JudgementRow], int]:
    """Return one part of the judgements of a round, the newest first."""
    columns = judgements.c
    query = (
        _with_head(
            select(
                columns.household_id,
                households.c.household_no,
                func.coalesce(members.c.name, "").label("head_name"),
                households.c.area_code,
                columns.made_on,
                columns.income_band,
                columns.risks,
                columns.able_to_cope,
                columns.include,
            )
            .select_from(judgements)
            .join(households, households.c.id == columns.household_id),
            columns.household_id,
        )
        .where(columns.round_id == round_id, inside(households.c.area_code, area_code))
        .order_by(columns.made_on.desc(), columns.id)
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [JudgementRow(**{**row, "risks": tuple(row["risks"])}) for row in rows], total


def samples_of(connection: Connection) -> list[SampleInspection]:
    """Return every sample inspection, the newest first."""
    store = Samples(connection, no_facts)
    columns = sample_inspections.c
    rows = connection.execute(select(sample_inspections).order_by(columns.frozen_on.desc(), columns.id))
    return [store.read(row) for row in rows.mappings()]


def sample_of(connection: Connection, inspection_id: str) -> SampleInspection:
    """Return the inspection, for reading only; raises SampleNotFoundError."""
    return Samples(connection, no_facts).get(inspection_id)


def sampled_of(connection: Connection, sampled_id: str) -> SampledHousehold:
    """Return a household of a sample, for reading only; raises SampleNotFoundError."""
    return SampledHouseholds(connection, no_facts).get(sampled_id)


def sampled_in(
    connection: Connection, inspection_id: str, area_code: str, *, limit: int, offset: int = 0
) -> tuple[list[SampledRow], int]:
    """Return one part of the households drawn, those not inspected first."""
    columns = sampled_households.c
    query = (
        _with_head(
            select(
                columns.id,
                columns.household_id,
                households.c.household_no,
                func.coalesce(members.c.name, "").label("head_name"),
                households.c.area_code,
                columns.stratum,
                columns.position,
                columns.inspected_on,
                columns.finding,
            )
            .select_from(sampled_households)
            .join(households, households.c.id == columns.household_id),
            columns.household_id,
        )
        .where(columns.inspection_id == inspection_id, inside(households.c.area_code, area_code))
        .order_by(columns.inspected_on.is_not(None), columns.position)
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [SampledRow(**row) for row in rows], total


def area_of_sampled(connection: Connection, sampled_id: str) -> str | None:
    """Return the village of a household drawn, or None when there is no such one."""
    columns = sampled_households.c
    query = select(households.c.area_code).join(sampled_households, columns.household_id == households.c.id)
    return connection.execute(query.where(columns.id == sampled_id)).scalar_one_or_none()


def _with_head(query: Select[Any], household_id: Any) -> Select[Any]:  # noqa: ANN401  (a column)
    is_head = and_(
        members.c.household_id == household_id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )
    return query.outerjoin(members, is_head)
