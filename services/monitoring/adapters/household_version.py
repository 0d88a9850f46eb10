"""Where every version of a household is kept, and read as it was on a past day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, update

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.person_text import keys_for, keys_of
from services.monitoring.adapters.snapshot import household_from, owners_in, snapshot_of
from services.monitoring.adapters.tables_history import household_versions, takeovers
from services.monitoring.adapters.tables_household import households
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.household import Household
from shared.messaging.bulk import among, upsert


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a household: when the office knew it, and by whom. *by* is an account's id."""

    version: int
    recorded_on: date
    known_at: datetime
    by: str
    household: Household


@dataclass(frozen=True, slots=True)
class PastRow:
    """One household in a list as it stood on a past day."""

    household_id: str
    household_no: str
    head_name: str
    area_code: str
    persons: int
    household_type: str
    lifted_out: bool
    relocated: bool


@dataclass(frozen=True, slots=True)
class TakeoverRow:
    """A person the county took from one household over into another."""

    from_household_id: str
    to_household_id: str
    reason: str
    by: str
    at: datetime


def keep_versions(
    connection: Connection,
    households: Sequence[Household],
    *,
    by: str,
    at: datetime,
    keys: Mapping[str, bytes] | None = None,
) -> None:
    """Keep the *households* as they have just been saved; their version is the stored one."""
    changed = [household.id for household in households if household.version > 1]
    if changed:
        columns = household_versions.c
        ended = among(connection, columns.household_id, changed) & columns.until_at.is_(None)
        connection.execute(update(household_versions).where(ended).values(until_at=at))
    keys = keys_for(connection, owners_of(households)) if keys is None else keys
    upsert(connection, household_versions, [_row(household, by, at, keys) for household in households])


def owners_of(households: Sequence[Household]) -> list[str]:
    """Return whose keys seal what is kept of *households*: each household's and each person's."""
    return [owner for one in households for owner in (one.id, *(member.id for member in one.members))]


def rewritten(connection: Connection, area_code: str) -> list[str]:
    """Return the households of an area whose present version is not kept yet."""
    columns = household_versions.c
    kept = and_(columns.household_id == households.c.id, columns.version == households.c.version)
    query = select(households.c.id).outerjoin(household_versions, kept).where(columns.version.is_(None))
    return list(connection.execute(query.where(inside(households.c.area_code, area_code))).scalars())


def versions_of(connection: Connection, household_id: str, *, limit: int = 200) -> list[Version]:
    """Return the last versions of a household, the newest first."""
    query = (
        select(household_versions)
        .where(household_versions.c.household_id == household_id)
        .order_by(household_versions.c.version.desc())
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    keys = keys_of(connection, set().union(*(owners_in(row["snapshot"]) for row in rows)))
    return [
        Version(
            row["version"],
            row["recorded_on"],
            row["known_at"],
            row["by"],
            household_from(row["snapshot"], keys),
        )
        for row in rows
    ]


def household_as_of(connection: Connection, household_id: str, instant: datetime) -> Household:
    """Return the household as the office knew it before *instant*; raises HouseholdNotFoundError."""
    query = select(household_versions.c.snapshot).where(
        household_versions.c.household_id == household_id, known_before(instant)
    )
    snapshot = connection.execute(query).scalar_one_or_none()
    if snapshot is None:
        raise HouseholdNotFoundError
    return household_from(snapshot, keys_of(connection, owners_in(snapshot)))


def households_as_of(
    connection: Connection, area_code: str, instant: datetime, *, limit: int, offset: int
) -> tuple[list[PastRow], int]:
    """Return one part of the households of an area as the office knew them before *instant*, and how many."""
    columns = household_versions.c
    query: Select[Any] = select(
        columns.household_id,
        columns.household_no,
        columns.head_name,
        columns.area_code,
        columns.persons,
        columns.household_type,
        columns.lifted_out,
        columns.relocated,
    ).where(inside(columns.area_code, area_code), known_before(instant))
    total = connection.execute(query.with_only_columns(func.count())).scalar_one()
    rows = connection.execute(
        query.order_by(columns.area_code, columns.household_no).limit(limit).offset(offset)
    )
    return [PastRow(**row) for row in rows.mappings()], total


def takeovers_of(connection: Connection, household_id: str) -> list[TakeoverRow]:
    """Return the people taken over from or into a household, the last first."""
    columns = takeovers.c
    names = (column for column in columns if column.name in TakeoverRow.__dataclass_fields__)
    concerns = or_(columns.from_household_id == household_id, columns.to_household_id == household_id)
    query = select(*names).where(concerns).order_by(columns.at.desc(), columns.id)
    return [TakeoverRow(**row) for row in connection.execute(query).mappings()]


def known_before(instant: datetime) -> Any:  # noqa: ANN401  (a condition of SQLAlchemy)
    """Return the condition that a version was the last one known before *instant*."""
    columns = household_versions.c
    return and_(columns.known_at < instant, or_(columns.until_at.is_(None), columns.until_at >= instant))


class Takeovers:
    """Who was taken over, from where, by whom and why. Only ever added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, **taken: Any) -> None:  # noqa: ANN401  (the columns of ``takeovers``)
        """Keep that a person was taken over; see ``tables_history.py`` for the columns."""
        self._connection.execute(takeovers.insert().values(**taken))


def _row(household: Household, by: str, at: datetime, keys: Mapping[str, bytes]) -> dict[str, Any]:
    head = household.head
    return {
        "household_id": household.id,
        "version": household.version,
        "recorded_on": household.recorded_on,
        "known_at": at,
        "until_at": None,
        "by": by,
        "household_no": household.household_no,
        "area_code": household.area_code,
        "household_type": household.household_type,
        "lifted_out": household.lifted_out,
        "relocated": household.relocated,
        "persons": len(household.present),
        "head_name": head.name if head else "",
        "snapshot": snapshot_of(household, keys),
        "by_person": bool(keys),
    }
