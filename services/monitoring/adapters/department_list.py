"""Where departments' lists and their rows are kept."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, ScalarSelect, delete, func, select, update

from services.monitoring.adapters.comparison_register import NUMBERED, SAYS_YES, registered, registered_from
from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import (
    comparison_differences,
    department_list_rows,
    department_lists,
    department_warnings,
    households,
    income_ledgers,
    members,
)
from services.monitoring.domain.comparison.department_list import DepartmentList
from services.monitoring.domain.comparison.errors import DepartmentListNotFoundError, ListRowNotFoundError
from services.monitoring.domain.comparison.matching import Registered
from services.monitoring.domain.member import HEAD
from services.monitoring.service_layer.ports_comparison import KeptRow
from shared.messaging.bulk import upsert
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(DepartmentList) if one.name not in ("version", "facts"))
_KEPT = tuple(one.name for one in fields(KeptRow))


class DepartmentLists:
    """The lists of all departments, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def begin(self, one: DepartmentList) -> None:
        """Keep a list whose rows follow; nothing is told of it yet."""
        add_version(self._connection, department_lists, _row(one))
        one.version = 1

    def keep_rows(self, rows: Sequence[KeptRow]) -> None:
        upsert(self._connection, department_list_rows, [_kept(row) for row in rows])

    def finish(self, one: DepartmentList, *, replaces: bool) -> None:
        """Keep the counts; with *replaces* it becomes the list of its kind and month."""
        row = _row(one) | {"current": f"{one.kind}:{one.month}" if replaces else None}
        save_version(self._connection, department_lists, row, read=one.version)
        self._collect(one)
        one.version += 1

    def forget(self, list_id: str, *, kept: str) -> None:
        """Let go of a list that turned out to be *kept* once more; what was found now belongs to that."""
        for table in (department_warnings, comparison_differences):
            of_it = update(table).where(table.c.list_id == list_id)
            self._connection.execute(of_it.values(list_id=kept))
        for table, key in ((department_list_rows, "list_id"), (department_lists, "id")):
            self._connection.execute(delete(table).where(table.c[key] == list_id))

    def supersede(self, list_id: str, by: str) -> None:
        """Note that *by* came in its place."""
        changes = {"superseded_by": by, "current": None, "version": department_lists.c.version + 1}
        self._connection.execute(
            update(department_lists).where(department_lists.c.id == list_id).values(changes)
        )

    def save(self, one: DepartmentList) -> None:
        save_version(self._connection, department_lists, _row(one), read=one.version)
        self._collect(one)
        one.version += 1

    def get(self, list_id: str) -> DepartmentList:
        """Return the list; raises DepartmentListNotFoundError."""
        query = select(department_lists).where(department_lists.c.id == list_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise DepartmentListNotFoundError
        return list_from(row)

    def current(self, kind: str, month: str) -> DepartmentList | None:
        query = select(department_lists).where(department_lists.c.current == f"{kind}:{month}")
        row = self._connection.execute(query).mappings().first()
        return None if row is None else list_from(row)

    def same(self, kind: str, month: str, digest: str) -> str | None:
        columns = department_lists.c
        query = select(columns.id).where(
            columns.kind == kind,
            columns.month == month,
            columns.digest == digest,
            columns.superseded_by.is_(None),
        )
        return self._connection.execute(query.order_by(columns.id).limit(1)).scalar()

    def newest_month(self, kind: str) -> str:
        query = select(func.max(department_lists.c.month)).where(department_lists.c.kind == kind)
        return self._connection.execute(query).scalar() or ""

    def row(self, list_id: str, line: int) -> KeptRow:
        """Return one row; raises ListRowNotFoundError."""
        columns = department_list_rows.c
        query = select(department_list_rows).where(columns.list_id == list_id, columns.line == line)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise ListRowNotFoundError
        return KeptRow(**row)

    def save_row(self, row: KeptRow) -> None:
        self.keep_rows([row])

    def incomes(self, year: int) -> list[tuple[str, str, date, str, int, int | None]]:
        """Return number, name, birth date and village of each head, with the income of *year* and before."""
        ledger = income_ledgers.c

        def newest(of: int) -> ScalarSelect[int]:
            first, last = date(of, 1, 1), date(of, 12, 31)
            period = (ledger.household_id == members.c.household_id, ledger.period_last.between(first, last))
            query = select(ledger.net_per_head_fen).where(*period)
            return (
                query.order_by(ledger.period_last.desc(), ledger.recorded_at.desc())
                .limit(1)
                .scalar_subquery()
            )

        net = newest(year)
        columns = (members.c.id_number, members.c.name, members.c.born_on, households.c.area_code)
        query = (
            select(*columns, net, newest(year - 1))
            .join(households, households.c.id == members.c.household_id)
            .where(members.c.relation == HEAD, members.c.left_on.is_(None), net.is_not(None))
        )
        return [tuple(row) for row in self._connection.execute(query)]

    def absent(self, list_id: str, kind: str) -> list[Registered]:
        """Return who belongs on a complete list by the register and is not on it.

        Whoever has no number on record could not be found on it, and is left out.
        """
        columns = department_list_rows.c
        listed = select(columns.person_id).where(columns.list_id == list_id, columns.person_id.is_not(None))
        query = registered().where(
            NUMBERED, SAYS_YES[kind], members.c.left_on.is_(None), members.c.id.not_in(listed)
        )
        return [registered_from(row) for row in self._connection.execute(query).mappings()]


def list_from(row: Any) -> DepartmentList:  # noqa: ANN401  (a row's mapping)
    """Return the list a row keeps."""
    return DepartmentList(**{name: row[name] for name in (*_FIELDS, "version")})


def _row(one: DepartmentList) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _FIELDS}


def _kept(row: KeptRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _KEPT}
