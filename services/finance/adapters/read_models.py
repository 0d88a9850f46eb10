"""SELECTs behind the pages about households and their loans; frozen dataclasses, never rows.

Every list takes *area_code*, the officer's own area, and gives its part together
with the total. *town* narrows it; a town elsewhere finds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, func, or_, select

from services.finance.adapters.borrower import SqlBorrowers
from services.finance.adapters.loan import loan_of
from services.finance.adapters.tables import household, identification, loan, member
from services.finance.domain.borrower import LIFTED_OUT, Borrower
from services.finance.domain.errors import HouseholdNotFoundError
from services.finance.domain.loan import LIVE, Loan, LoanState


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is asked for."""

    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class BorrowerRow:
    """A household with what it owes now and how many loans it ever had."""

    household_id: str
    household_no: str
    area_code: str
    household_type: str
    lifted_out: bool
    balance_fen: int
    loans: int


@dataclass(frozen=True, slots=True)
class BorrowerFilter:
    """*eligible*: only households of these types (see ``of_types``). *with_loan* None: all."""

    town: str = ""
    household_no: str = ""
    eligible: tuple[str, ...] = ()
    with_loan: bool | None = None


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan with the numbers of its household and of the member who signed."""

    loan: Loan
    household_no: str
    person_no: str


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """*states* empty: all. The days bound maturity and disbursement, both ends included."""

    town: str = ""
    states: tuple[str, ...] = ()
    due_from: date | None = None
    due_until: date | None = None
    disbursed_from: date | None = None
    disbursed_until: date | None = None


def within(column: ColumnElement[str], area_code: str, town: str = "") -> list[ColumnElement[bool]]:
    """Return the conditions that *column* lies in *area_code*, and in *town* where one is given."""
    prefixes = [area_code, town] if town else [area_code]
    return [column.startswith(prefix, autoescape=True) for prefix in prefixes]


def count_of(connection: Connection, query: Select[Any]) -> int:
    """Return how many rows *query* has in all."""
    return connection.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()


def of_types(types: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a household is of one of *types*, as ``Borrower.kinds_on`` has it today."""
    identified = (
        select(identification.c.case_id)
        .where(
            identification.c.household_id == household.c.household_id,
            identification.c.monitored_class.in_(types),
        )
        .correlate(household)
        .exists()
    )
    conditions = [household.c.household_type.in_(types), identified]
    if LIFTED_OUT in types:
        conditions.append(and_(household.c.lifted_out, household.c.household_type != "100A03A02"))
    return or_(*conditions)


def find_borrowers(
    connection: Connection, area_code: str, wanted: BorrowerFilter, part: Part
) -> tuple[list[BorrowerRow], int]:
    """Return households by their number, and how many there are."""
    owed = _owed()
    query = _borrowers(owed).where(*within(household.c.area_code, area_code, wanted.town))
    if wanted.household_no:
        query = query.where(household.c.household_no.contains(wanted.household_no, autoescape=True))
    if wanted.eligible:
        query = query.where(of_types(wanted.eligible))
    if wanted.with_loan is not None:
        live = func.coalesce(owed.c.balance_fen, 0) > 0
        query = query.where(live if wanted.with_loan else ~live)
    total = count_of(connection, query)
    rows = connection.execute(query.limit(part.limit).offset(part.offset))
    return [BorrowerRow(*row) for row in rows], total


def borrower_by_id(connection: Connection, household_id: str) -> Borrower | None:
    """Return the household, or None."""
    try:
        return SqlBorrowers(connection).get(household_id)
    except HouseholdNotFoundError:
        return None


def find_loans(
    connection: Connection, area_code: str, wanted: LoanFilter, part: Part
) -> tuple[list[LoanRow], int]:
    """Return loans, the first to mature first and those without a maturity before them; and how many."""
    query = _loans().where(*within(loan.c.area_code, area_code, wanted.town), *_conditions(wanted))
    total = count_of(connection, query)
    return _loan_rows(connection, query.limit(part.limit).offset(part.offset)), total


def loans_of_household(connection: Connection, household_id: str) -> list[LoanRow]:
    """Return every loan of a household."""
    return _loan_rows(connection, _loans().where(loan.c.household_id == household_id))


def loan_by_id(connection: Connection, loan_id: str) -> LoanRow | None:
    """Return one loan, or None."""
    found = _loan_rows(connection, _loans().where(loan.c.id == loan_id))
    return found[0] if found else None


def _conditions(wanted: LoanFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.states:
        conditions.append(loan.c.state.in_(wanted.states))
    if wanted.due_from:
        conditions.append(loan.c.due_on >= wanted.due_from)
    if wanted.due_until:
        conditions.append(loan.c.due_on <= wanted.due_until)
    if wanted.disbursed_from:
        conditions.append(loan.c.disbursed_on >= wanted.disbursed_from)
    if wanted.disbursed_until:
        conditions.append(loan.c.disbursed_on <= wanted.disbursed_until)
    return conditions


def _owed() -> Subquery:
    disbursed = (*LIVE, LoanState.SETTLED)
    return (
        select(
            loan.c.household_id.label("household_id"),
            func.sum(loan.c.balance_fen).label("balance_fen"),
            func.count().label("loans"),
        )
        .where(loan.c.state.in_(disbursed))
        .group_by(loan.c.household_id)
        .subquery("owed")
    )


def _borrowers(owed: Subquery) -> Select[Any]:
    return (
        select(
            household.c.household_id,
            household.c.household_no,
            household.c.area_code,
            household.c.household_type,
            household.c.lifted_out,
            func.coalesce(owed.c.balance_fen, 0),
            func.coalesce(owed.c.loans, 0),
        )
        .outerjoin(owed, owed.c.household_id == household.c.household_id)
        .order_by(household.c.household_no, household.c.household_id)
    )


def _loans() -> Select[Any]:
    return (
        select(
            *loan.columns,
            household.c.household_no.label("household_no"),
            member.c.person_no.label("person_no"),
        )
        .outerjoin(household, household.c.household_id == loan.c.household_id)
        .outerjoin(
            member,
            (member.c.household_id == loan.c.household_id) & (member.c.person_id == loan.c.borrower_id),
        )
        .order_by(func.coalesce(loan.c.due_on, loan.c.applied_on), loan.c.id)
    )


def _loan_rows(connection: Connection, query: Select[Any]) -> list[LoanRow]:
    rows = connection.execute(query)
    return [LoanRow(loan_of(row), row.household_no or "", row.person_no or "") for row in rows]
