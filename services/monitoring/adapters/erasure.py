"""Where requests for erasures are kept, and who the person is they are about."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from services.monitoring.adapters.erasing import erase, same_person
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import cases, erased_persons, erasures, households, members
from services.monitoring.domain.erasure import ASKED, Erasure, ErasureSubject
from services.monitoring.domain.erasure_errors import (
    ErasureAskedAlreadyError,
    ErasureNotFoundError,
    NobodyToEraseError,
)
from shared.kernel.clock import Clock
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(Erasure) if one.name not in ("version", "facts"))


class Erasures:
    """Requests for erasures, on one transaction. *by* is who acts."""

    def __init__(self, connection: Connection, clock: Clock, by: Callable[[], str]) -> None:
        self._connection = connection
        self._clock = clock
        self._by = by

    def add(self, one: Erasure) -> None:
        """Keep a new request; raises ErasureAskedAlreadyError when one of the person waits."""
        columns = erasures.c
        waits = select(columns.id).where(columns.person_id == one.person_id, columns.state == ASKED)
        if self._connection.execute(waits).first() is not None:
            raise ErasureAskedAlreadyError
        add_version(self._connection, erasures, _row(one))
        one.version = 1

    def save(self, one: Erasure) -> None:
        save_version(self._connection, erasures, _row(one), read=one.version)
        one.version += 1

    def get(self, erasure_id: str) -> Erasure:
        """Return the request; raises ErasureNotFoundError."""
        query = select(erasures).where(erasures.c.id == erasure_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise ErasureNotFoundError
        return Erasure(**{**row, "doubts": tuple(row["doubts"])})

    def subject(self, person_id: str) -> ErasureSubject:
        """Return who is to be erased, over all households of that person; raises NobodyToEraseError."""
        ids = same_person(self._connection, person_id)
        gone = select(erased_persons.c.owner_id).where(erased_persons.c.owner_id == person_id)
        if not ids or self._connection.execute(gone).first() is not None:
            raise NobodyToEraseError
        columns = (members.c.id, members.c.household_id, members.c.left_on)
        query = (
            select(*columns, households.c.area_code, households.c.household_type)
            .join(households, households.c.id == members.c.household_id)
            .where(members.c.id.in_(ids))
        )
        rows = self._connection.execute(query).all()
        # Where the person still lives counts most; else where the person left last.
        last = max(rows, key=lambda row: (row.left_on is None, row.left_on or date.min))
        asked = next(row for row in rows if row.id == person_id)
        open_case = select(cases.c.id).where(cases.c.open_household == last.household_id)
        return ErasureSubject(
            person_id=person_id,
            household_id=asked.household_id,
            area_code=asked.area_code,
            household_type=last.household_type,
            open_case=self._connection.execute(open_case).first() is not None,
            left_on=last.left_on,
        )

    def carry_out(self, one: Erasure) -> int:
        """Erase the person everywhere in this database; return how many rows were changed."""
        return erase(self._connection, one.person_id, one.id, by=self._by(), at=self._clock())


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """A request as the county sees it: nothing of the person but the place in the household."""

    id: str
    version: int
    household_id: str
    household_no: str
    area_code: str
    person_id: str
    person_no: str
    ground: str
    doubts: tuple[str, ...]
    override_reason: str
    asked_by: str
    asked_on: date
    state: str
    settled_by: str
    settled_on: date | None
    rows: int | None


def erasures_in(
    connection: Connection, area_code: str, *, limit: int, offset: int
) -> tuple[list[ErasureRow], int]:
    """Return the requests of an area, those that wait first, then the last first; and how many there are."""
    named = erasures.join(households, households.c.id == erasures.c.household_id).join(
        members, members.c.id == erasures.c.person_id
    )
    where = inside(erasures.c.area_code, area_code)
    total = connection.execute(select(func.count()).select_from(erasures).where(where)).scalar_one()
    query = (
        select(erasures, households.c.household_no, members.c.person_no)
        .select_from(named)
        .where(where)
        .order_by(erasures.c.state != ASKED, erasures.c.asked_on.desc(), erasures.c.id)
    )
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [ErasureRow(**{**row, "doubts": tuple(row["doubts"])}) for row in rows], int(total)


def area_of_erasure(connection: Connection, erasure_id: str) -> str | None:
    """Return the village a request is about, or None without such a request."""
    query = select(erasures.c.area_code).where(erasures.c.id == erasure_id)
    return connection.execute(query).scalar_one_or_none()


def _row(one: Erasure) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS} | {"doubts": list(one.doubts)}


def area_of_person(connection: Connection, person_id: str) -> str | None:
    """Return the village of the household the person is on record in, or None for nobody."""
    query = select(households.c.area_code).join(members, members.c.household_id == households.c.id)
    return connection.execute(query.where(members.c.id == person_id)).scalar_one_or_none()
