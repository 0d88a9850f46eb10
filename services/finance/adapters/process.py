"""Where processes are kept: one repository class, one table for each kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, RowMapping, Table, func, select
from sqlalchemy.exc import IntegrityError

from services.finance.adapters.tables_projects import facility, fund_line, keeper_pay
from services.finance.domain.errors import NumberTakenError
from services.finance.domain.fund import FundLine
from services.finance.domain.process import Process
from services.finance.domain.upkeep import Facility
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import NotFoundError, StaleVersionError
from shared.kernel.period import Month
from shared.messaging.bulk import insert_new
from shared.persistence.versioned import add_version, save_version

P = TypeVar("P", bound=Process)
Collect = Callable[[Aggregate], None]


class Processes(Generic[P]):
    """The processes of one kind, on one transaction; *missing* is raised for an id nobody has."""

    def __init__(
        self,
        connection: Connection,
        collect: Collect,
        table: Table,
        kind: type[P],
        missing: type[NotFoundError] = NotFoundError,
        *,
        number: str | None = None,
    ) -> None:
        self._connection = connection
        self._collect = collect
        self._table = table
        self._kind = kind
        self._missing = missing
        self._number = None if number is None else table.c[number]

    def add(self, one: P) -> None:
        """Keep a new one; raises NumberTakenError when another bears its number."""
        self._ensure_free(one)
        try:
            add_version(self._connection, self._table, row_of(one))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._collect(one)
        one.version = 1

    def _ensure_free(self, one: P) -> None:
        if self._number is None:
            return
        given = getattr(one, self._number.name)
        stands = (self._number == given, self._table.c.state != "withdrawn")
        if self._connection.execute(select(self._table.c.id).where(*stands)).first():
            raise NumberTakenError(number=given)

    def add_new(self, several: Sequence[P]) -> int:
        """Keep those whose id is not kept yet, in one statement; return how many that were."""
        rows = [{**row_of(one), "version": 1} for one in several]
        new = insert_new(self._connection, self._table, rows)
        for one in several:
            if one.id in new:
                self._collect(one)
        return len(new)

    def save(self, one: P) -> None:
        """Keep the change unless somebody else saved since it was read."""
        save_version(self._connection, self._table, row_of(one), read=one.version)
        self._collect(one)
        one.version += 1

    def get(self, id_: str) -> P:
        """Return the one of this id; raises the *missing* error."""
        found = self.several([id_])
        if not found:
            raise self._missing
        return found[0]

    def several(self, ids: Iterable[str]) -> list[P]:
        """Return those on record among *ids*, by id."""
        query = select(self._table).where(self._table.c.id.in_(list(ids))).order_by(self._table.c.id)
        return [process_of(row, self._kind) for row in self._connection.execute(query).mappings()]


class SqlFunds(Processes[FundLine]):
    """Lines of money, and what the register says they come to."""

    def arranged(self, *, year: int, area_code: str, project_id: str) -> int:
        """Return the fen arranged for a project, or, without one, in an area for a year."""
        columns = fund_line.c
        query = select(func.coalesce(func.sum(columns.arranged_fen), 0)).where(columns.state != "withdrawn")
        if project_id:
            query = query.where(columns.project_id == project_id)
        else:
            inside = columns.area_code.startswith(area_code, autoescape=True)
            query = query.where(columns.year == year, inside)
        return int(self._connection.execute(query).scalar_one())


class SqlFacilities(Processes[Facility]):
    """Facilities, and whose keepers a month's pay is owed."""

    def kept_without_pay(self, month: str, since: date) -> list[Facility]:
        """Return the listed ones kept since *since* or before, with a wage and no pay of *month* yet."""
        paid = select(keeper_pay.c.facility_id).where(keeper_pay.c.month == month)
        columns = facility.c
        query = select(facility).where(
            columns.state == "listed",
            columns.wage_fen > 0,
            columns.kept_since <= since,
            columns.id.not_in(paid),
        )
        rows = self._connection.execute(query.order_by(columns.id)).mappings()
        return [process_of(row, Facility) for row in rows]

    def newest_pay(self) -> Month | None:
        """Return the last month of which any pay was owed, None when none ever was."""
        newest = self._connection.execute(select(func.max(keeper_pay.c.month))).scalar_one()
        return Month(int(newest[:4]), int(newest[4:])) if newest else None


def row_of(one: Process) -> dict[str, Any]:
    """Return the fields of a process as a row, without its version."""
    names = (each.name for each in fields(one) if each.name not in ("version", "facts"))
    return {name: _plain(getattr(one, name)) for name in names}


def process_of(row: RowMapping, kind: type[P]) -> P:
    """Return the process that a row of its table keeps."""
    make: Callable[..., P] = kind
    return make(**{name: _tuple(value) for name, value in row.items()})


def _plain(value: object) -> object:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _tuple(value: object) -> object:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value
