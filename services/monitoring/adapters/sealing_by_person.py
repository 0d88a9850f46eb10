"""The backfill of keys of people: what was sealed with the county's key is sealed anew for its owner."""

from typing import Any

from sqlalchemy import Connection, Text, and_, insert, or_, select, type_coerce, update

from services.monitoring.adapters.household_version import owners_of
from services.monitoring.adapters.person_text import BY_PERSON, Owned, keys_for, keys_of, writes_by_person
from services.monitoring.adapters.snapshot import household_from, owners_in, snapshot_of
from services.monitoring.adapters.tables import household_versions, households, members, person_sealing
from services.monitoring.adapters.unit_of_work import MonitoringUnitOfWork

_SEALED = ((members, ("id_number", "phone")), (households, ("phone", "bank_account")))


def seal_by_person(uow: MonitoringUnitOfWork, limit: int) -> int:
    """Seal up to *limit* rows for their owners and return how many; 0 when all are.

    The first call switches: from then on everything is written so. Only to be run when no process
    of the release before works on the database, since that cannot read it.
    """
    with uow:
        if not writes_by_person(uow.connection):
            uow.connection.execute(insert(person_sealing).values(id=1, since=uow.clock()))
        done = 0
        for table, names in _SEALED:
            done += _seal_rows(uow.connection, table, names, limit - done) if done < limit else 0
        done += _seal_versions(uow.connection, limit - done) if done < limit else 0
        uow.commit()
    return done


def _seal_rows(connection: Connection, table: Any, names: tuple[str, ...], limit: int) -> int:  # noqa: ANN401
    raw = [type_coerce(table.c[name], Text) for name in names]
    old = or_(*(and_(text != "", text.not_like(f"{BY_PERSON}%")) for text in raw))
    columns = (table.c.id, *(table.c[name] for name in names))
    rows = connection.execute(select(*columns).where(old).order_by(table.c.id).limit(limit).with_for_update())
    found = [dict(row) for row in rows.mappings()]
    keys = keys_for(connection, [row["id"] for row in found])
    for row in found:
        key = keys[row["id"]]
        sealed = {name: Owned(row[name], key) for name in names}
        connection.execute(update(table).where(table.c.id == row["id"]).values(sealed))
    return len(found)


def _seal_versions(connection: Connection, limit: int) -> int:
    columns = household_versions.c
    query = (
        select(columns.household_id, columns.version, columns.snapshot)
        .where(columns.by_person.is_(False))
        .order_by(columns.household_id, columns.version)
        .limit(limit)
        .with_for_update()
    )
    rows = connection.execute(query).all()
    known = keys_of(connection, set().union(*(owners_in(row.snapshot) for row in rows)))
    read = [household_from(row.snapshot, known) for row in rows]
    keys = keys_for(connection, owners_of(read))
    for row, household in zip(rows, read, strict=True):
        same = and_(columns.household_id == row.household_id, columns.version == row.version)
        new = {"snapshot": snapshot_of(household, keys), "by_person": True}
        connection.execute(update(household_versions).where(same).values(new))
    return len(rows)
