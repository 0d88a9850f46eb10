"""What pages show of imports and exports, and the people of the registry as national lists write them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import (
    cases,
    data_exports,
    households,
    import_jobs,
    import_rows,
    income_ledgers,
    living_conditions,
    members,
)
from services.monitoring.domain.household import LIFTED_OUT, MARGINAL, MONITORED, ORDINARY, SUDDEN, UNSTABLE
from services.monitoring.domain.member import masked
from shared.areas import areas

_AT_ONCE = 2_000
_WHOSE: Mapping[str, ColumnElement[bool]] = {
    "lifted_out_persons": households.c.lifted_out,
    "marginal_persons": households.c.household_type.in_((MARGINAL, SUDDEN)),
}
"""Whose list it is: the unstable lifted-out stand among the lifted-out (domain 8.6)."""
EXPORTED = tuple(_WHOSE)
_PERSON = (
    "person_no",
    "name",
    "relation",
    "ethnicity",
    "education",
    "school_status",
    "health",
    "labour_skill",
    "work_months",
    "identified_month",
)
_HOUSEHOLD = ("natural_village", "household_no", "poverty_cause", "first_identified", "household_type")


@dataclass(frozen=True, slots=True)
class ImportShown:
    """An import in a list. The name of the file is its sender's own."""

    id: str
    format: str
    file_name: str
    area_code: str
    department: str
    month: str
    uploaded_by: str
    uploaded_at: datetime
    state: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of a preview: what it would change, by field, or why it is wrong."""

    number: int
    household_no: str
    outcome: str
    problems: tuple[tuple[str, str, str, str], ...]
    new: Mapping[str, Any] = field(default_factory=dict, repr=False)
    before: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ExportShown:
    """An export somebody asked for."""

    id: str
    format: str
    file_kind: str
    area_code: str
    whole_numbers: bool
    reason: str
    asked_by: str
    asked_at: datetime


def find_imports(
    connection: Connection, *, area_code: str, department: str, limit: int, offset: int
) -> tuple[list[ImportShown], int]:
    """Return the imports of an area, or of a department, the newest first, and how many there are."""
    where = [inside(import_jobs.c.area_code, area_code)]
    if department:
        where.append(import_jobs.c.department == department)
    total = connection.execute(select(func.count()).select_from(import_jobs).where(*where)).scalar_one()
    query = select(*(import_jobs.c[name] for name in ImportShown.__dataclass_fields__)).where(*where)
    newest = query.order_by(import_jobs.c.uploaded_at.desc(), import_jobs.c.id)
    rows = connection.execute(newest.limit(limit).offset(offset)).mappings()
    return [ImportShown(**row) for row in rows], int(total)


def find_import_rows(
    connection: Connection, job_id: str, *, outcome: str, limit: int, offset: int
) -> tuple[list[ImportRow], int]:
    """Return rows of a preview in the order of the file, and how many there are."""
    where = [import_rows.c.job_id == job_id]
    if outcome:
        where.append(import_rows.c.outcome == outcome)
    total = connection.execute(select(func.count()).select_from(import_rows).where(*where)).scalar_one()
    query = select(import_rows).where(*where).order_by(import_rows.c.number)
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [_row(row) for row in rows], int(total)


def _row(row: Mapping[Any, Any]) -> ImportRow:
    content = row["content"] or {}
    problems = tuple((one[0], one[1], one[2], one[3]) for one in row["problems"])
    household = {
        ("household_phone" if name == "phone" else name): one
        for name, one in content.get("household", {}).items()
    }
    new = {**household, **content.get("person", {})}
    before = content.get("before", {})
    return ImportRow(row["number"], row["household_no"], row["outcome"], problems, new, before)


def wrong_rows(connection: Connection, job_id: str, language: str) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return, by line, the fields that are wrong and why."""
    said = 2 if language == "zh" else 3
    query = select(import_rows.c.number, import_rows.c.problems).where(
        import_rows.c.job_id == job_id, import_rows.c.outcome == "failed"
    )
    return {
        row.number: tuple((one[0], one[said]) for one in row.problems) for row in connection.execute(query)
    }


def find_exports(
    connection: Connection, *, area_code: str, limit: int, offset: int
) -> tuple[list[ExportShown], int]:
    """Return who exported what of an area, the newest first."""
    where = inside(data_exports.c.area_code, area_code)
    total = connection.execute(select(func.count()).select_from(data_exports).where(where)).scalar_one()
    query = select(*(data_exports.c[name] for name in ExportShown.__dataclass_fields__)).where(where)
    rows = connection.execute(
        query.order_by(data_exports.c.asked_at.desc(), data_exports.c.id).limit(limit).offset(offset)
    ).mappings()
    return [ExportShown(**row) for row in rows], int(total)


def national_list(
    connection: Connection, key: str, area_code: str, *, whole_numbers: bool
) -> Iterator[dict[str, object]]:
    """Yield everybody of the list *key*, by field of its format; masked unless *whole_numbers*.

    The connection must stay open to the end; rows are read some thousand at a time.
    """
    columns = [
        households.c.id.label("household_id"),
        households.c.area_code,
        *(households.c[name] for name in _HOUSEHOLD),
        households.c.phone.label("household_phone"),
        *(members.c[name] for name in _PERSON),
        members.c.id_number,
        members.c.phone,
        members.c.serious_illness_insurance,
        living_conditions.c.house_dangerous,
        living_conditions.c.safe_water,
    ]
    query = (
        select(*columns)
        .join(households, households.c.id == members.c.household_id)
        .outerjoin(living_conditions, living_conditions.c.household_id == households.c.id)
        .where(members.c.left_on.is_(None), _WHOSE[key], inside(households.c.area_code, area_code))
        .order_by(households.c.area_code, households.c.id, members.c.position)
    )
    incomes, risks, sizes = _incomes(connection), _risks(connection), _sizes(connection, key, area_code)
    streamed = connection.execution_options(stream_results=True, yield_per=_AT_ONCE).execute(query)
    for serial, row in enumerate(streamed.mappings(), 1):
        house = row["household_id"]
        yield {
            **_plain(row, whole_numbers=whole_numbers),
            "serial": serial,
            "household_size": sizes.get(house),
            "net_income_fen": incomes.get(house),
            **risks.get(house, {}),
        }


def _plain(row: Mapping[Any, Any], *, whole_numbers: bool) -> dict[str, object]:
    county, town, village = areas().path(row["area_code"])
    kind = row["household_type"]
    monitored = kind in MONITORED
    numbers = {name: row[name] for name in ("id_number", "household_phone", "phone")}
    if not whole_numbers:
        numbers = {name: masked(value) for name, value in numbers.items()}
    return {
        **{name: row[name] for name in (*_PERSON, *_HOUSEHOLD)},
        **{name: value or None for name, value in numbers.items()},
        "county_name": county.name,
        "town_name": town.name,
        "village_name": village.name,
        "serious_illness_insurance": row["serious_illness_insurance"],
        "house_dangerous": row["house_dangerous"],
        "safe_water": row["safe_water"],
        "first_identified_on": _first_of(row["first_identified"]),
        "person_identified_on": _first_of(row["identified_month"]),
        "household_type": (LIFTED_OUT if kind == UNSTABLE else ORDINARY) if monitored else kind,
        "monitored_class": kind if monitored else None,
    }


def _first_of(month: str | None) -> date | None:
    return date(int(month[:4]), int(month[4:]), 1) if month else None


def _sizes(connection: Connection, key: str, area_code: str) -> dict[str, int]:
    query = (
        select(members.c.household_id, func.count())
        .join(households, households.c.id == members.c.household_id)
        .where(members.c.left_on.is_(None), _WHOSE[key], inside(households.c.area_code, area_code))
        .group_by(members.c.household_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _incomes(connection: Connection) -> dict[str, int]:
    """Return the net income per head of each household's latest ledger."""
    columns = income_ledgers.c
    query = select(columns.household_id, columns.net_per_head_fen).order_by(
        columns.period_last, columns.recorded_at
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _risks(connection: Connection) -> dict[str, dict[str, object]]:
    """Return when the risk of each household was identified and eliminated, by its latest case."""
    columns = cases.c
    query = (
        select(columns.household_id, columns.identified_on, columns.eliminated_on)
        .where(columns.identified_on.is_not(None))
        .order_by(columns.identified_on)
    )
    return {
        row.household_id: {
            "risk_eliminated": row.eliminated_on is not None,
            "risk_identified_on": row.identified_on,
            "risk_eliminated_on": row.eliminated_on,
        }
        for row in connection.execute(query)
    }
