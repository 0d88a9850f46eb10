"""What the pages of field work show: the roster, classes, reach by unit, accounts, entries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from services.evaluation.adapters.dispatch import no_facts
from services.evaluation.adapters.field_work import SqlFieldWork
from services.evaluation.adapters.tables import (
    cadres,
    class_attendance,
    point_accounts,
    point_entries,
    training_classes,
    work_entries,
)
from services.evaluation.domain.field_work.cadre import Cadre
from services.evaluation.domain.field_work.point_account import PointAccount
from services.evaluation.domain.field_work.training import TrainingClass
from services.evaluation.domain.field_work.work_entry import WorkEntry


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of a unit's people in post were trained between two days."""

    unit: str
    people: int
    trained: int

    @property
    def share(self) -> Decimal:
        return Decimal(self.trained) / Decimal(self.people)


@dataclass(frozen=True, slots=True)
class PointEntry:
    """One entry of a point account."""

    sequence: int
    entered_on: date
    reason: str
    points: Decimal
    balance: Decimal
    note: str


def field_work_on(connection: Connection) -> SqlFieldWork:
    """Return the repositories for reading only."""
    return SqlFieldWork.on(connection, no_facts)


def _given(**wanted: tuple[ColumnElement[str], str]) -> list[ColumnElement[bool]]:
    return [column == value for column, value in wanted.values() if value]


def find_cadres(
    connection: Connection,
    *,
    unit: str = "",
    kind: str = "",
    how: str = "",
    number: str = "",
    untrained_since: date | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[Cadre], int]:
    """Return those in post, by unit and number; *untrained_since*: who attended nothing from that day on."""
    columns = cadres.c
    where: list[ColumnElement[bool]] = [columns.left_on.is_(None)]
    where += _given(
        unit=(columns.unit, unit),
        kind=(columns.kind, kind),
        how=(columns.how, how),
        no=(columns.number, number),
    )
    if untrained_since is not None:
        where.append(columns.id.not_in(_trained_since(untrained_since)))
    order = (columns.unit, columns.number)
    return field_work_on(connection).cadres.page(*where, order_by=order, limit=limit, offset=offset)


def _trained_since(since: date) -> Select[tuple[str]]:
    return (
        select(class_attendance.c.cadre_id)
        .join(training_classes, training_classes.c.id == class_attendance.c.class_id)
        .where(training_classes.c.held_on >= since)
    )


def reach_by_unit(connection: Connection, since: date, *, kind: str = "cadre", unit: str = "") -> list[Reach]:
    """Return how far training has reached in each unit."""
    trained = func.sum(case((cadres.c.id.in_(_trained_since(since)), 1), else_=0))
    where = [cadres.c.left_on.is_(None), cadres.c.kind == kind, *_given(unit=(cadres.c.unit, unit))]
    query = select(cadres.c.unit, func.count(), trained).where(*where).group_by(cadres.c.unit)
    rows = connection.execute(query.order_by(cadres.c.unit))
    return [Reach(name, people, int(done)) for name, people, done in rows]


def find_classes(
    connection: Connection, *, state: str = "", method: str = "", unit: str = "", limit: int, offset: int = 0
) -> tuple[list[TrainingClass], int]:
    """Return classes by the day they are due."""
    columns = training_classes.c
    where = _given(state=(columns.state, state), method=(columns.method, method), unit=(columns.unit, unit))
    page = field_work_on(connection).classes.page
    return page(*where, order_by=(columns.due_on.desc(),), limit=limit, offset=offset)


def attended_of(
    connection: Connection, class_id: str, *, unit: str = "", limit: int, offset: int
) -> tuple[list[tuple[str, str, bool | None]], int]:
    """Return number, unit and test of those who attended a class, and how many they are."""
    where = [class_attendance.c.class_id == class_id, *_given(unit=(cadres.c.unit, unit))]
    joined = class_attendance.join(cadres, cadres.c.id == class_attendance.c.cadre_id)
    total = connection.execute(select(func.count()).select_from(joined).where(*where)).scalar_one()
    query = (
        select(cadres.c.number, cadres.c.unit, class_attendance.c.passed).select_from(joined).where(*where)
    )
    rows = connection.execute(query.order_by(cadres.c.unit, cadres.c.number).limit(limit).offset(offset))
    return [(number, unit_name, passed) for number, unit_name, passed in rows], total


def cadres_numbered(connection: Connection, numbers: list[str]) -> dict[str, Cadre]:
    """Return those in post with one of *numbers*, by number."""
    where = [cadres.c.number.in_(numbers), cadres.c.left_on.is_(None)]
    rows, _ = field_work_on(connection).cadres.page(
        *where, order_by=(cadres.c.number,), limit=max(len(numbers), 1)
    )
    return {one.number: one for one in rows}


def find_accounts(
    connection: Connection, year: int, *, area_code: str = "", limit: int, offset: int = 0
) -> tuple[list[PointAccount], int]:
    """Return the accounts of a year inside an area, by village."""
    columns = point_accounts.c
    where = [columns.year == year, columns.area_code.startswith(area_code)]
    page = field_work_on(connection).accounts.page
    return page(*where, order_by=(columns.area_code,), limit=limit, offset=offset)


def points_of(connection: Connection, account_id: str) -> list[PointEntry]:
    """Return the entries of an account, the newest first."""
    columns = point_entries.c
    query = select(
        columns.sequence, columns.entered_on, columns.reason, columns.points, columns.balance, columns.note
    ).where(columns.account_id == account_id)
    return [PointEntry(*row) for row in connection.execute(query.order_by(columns.sequence.desc()))]


def find_entries(
    connection: Connection,
    *,
    kind: str = "",
    kinds: tuple[str, ...] = (),
    unit: str = "",
    level: str = "",
    field: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[WorkEntry], int]:
    """Return entries that stand, the newest first."""
    columns = work_entries.c
    where: list[ColumnElement[bool]] = [columns.withdrawn_on.is_(None)]
    where += _given(
        kind=(columns.kind, kind),
        unit=(columns.unit, unit),
        lv=(columns.level, level),
        fd=(columns.field, field),
    )
    if kinds:
        where.append(or_(*(columns.kind == one for one in kinds)))
    page = field_work_on(connection).entries.page
    return page(*where, order_by=(columns.done_on.desc(),), limit=limit, offset=offset)


def same_entry(connection: Connection, kind: str, unit: str, on: date, text: str) -> WorkEntry | None:
    """Return an entry that stands of that kind, unit, day and name, None where there is none."""
    columns = work_entries.c
    where = [
        columns.withdrawn_on.is_(None),
        columns.kind == kind,
        columns.unit == unit,
        columns.done_on == on,
        columns.text == text,
    ]
    rows, _ = field_work_on(connection).entries.page(*where, order_by=(columns.done_on,), limit=1)
    return rows[0] if rows else None


def untrained_new(connection: Connection, unit: str, *, limit: int) -> list[Cadre]:
    """Return a unit's people new in post who attended nothing since they took it, the earliest due first."""
    columns = cadres.c
    attended = (
        select(class_attendance.c.cadre_id)
        .join(training_classes, training_classes.c.id == class_attendance.c.class_id)
        .where(class_attendance.c.cadre_id == columns.id, training_classes.c.held_on >= columns.since)
    )
    where = [
        columns.left_on.is_(None),
        columns.unit == unit,
        columns.train_by.is_not(None),
        ~attended.exists(),
    ]
    page = field_work_on(connection).cadres.page
    return page(*where, order_by=(columns.train_by,), limit=limit)[0]
