"""Loans in SQL."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from services.finance.adapters.tables import loan as table
from services.finance.domain.eligibility import Terms
from services.finance.domain.errors import LoanNotFoundError
from services.finance.domain.loan import Loan, LoanState, Repayment
from shared.kernel.aggregate import Aggregate
from shared.persistence.versioned import add_version, save_version


class SqlLoans:
    """See the port ``Loans``."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, loan: Loan) -> None:
        add_version(self._connection, table, _row(loan))
        loan.version = 1
        self._collect(loan)

    def get(self, loan_id: str) -> Loan:
        row = self._connection.execute(select(table).where(table.c.id == loan_id)).one_or_none()
        if row is None:
            raise LoanNotFoundError(loan_id=loan_id[:64])
        return loan_of(row)

    def save(self, loan: Loan) -> None:
        save_version(self._connection, table, _row(loan), read=loan.version)
        loan.version += 1
        self._collect(loan)

    def of_household(self, household_id: str) -> list[Loan]:
        query = select(table).where(table.c.household_id == household_id)
        rows = self._connection.execute(query.order_by(table.c.applied_on, table.c.id))
        return [loan_of(row) for row in rows]

    def matured(self, today: date) -> list[Loan]:
        query = (
            select(table)
            .where(table.c.state == LoanState.DISBURSED, table.c.due_on < today)
            .order_by(table.c.id)
            .with_for_update(skip_locked=True)
        )
        return [loan_of(row) for row in self._connection.execute(query)]


def loan_of(row: Row[Any]) -> Loan:
    """Return the loan of a row of its table."""
    return Loan(
        id=row.id,
        version=row.version,
        household_id=row.household_id,
        area_code=row.area_code,
        borrower_id=row.borrower_id,
        applied_on=row.applied_on,
        terms=Terms(
            amount_fen=row.amount_fen,
            term_months=row.term_months,
            annual_rate=row.annual_rate,
            use_code=row.use_code,
            rated=row.rated,
            top_up=row.top_up,
        ),
        eligible=row.eligible,
        doubts=tuple(row.doubts),
        use_note=row.use_note,
        bank_branch=row.bank_branch,
        parent_loan_id=row.parent_loan_id,
        state=LoanState(row.state),
        override_reason=row.override_reason,
        decided_on=row.decided_on,
        refusal_reason=row.refusal_reason,
        refusal_note=row.refusal_note,
        disbursed_on=row.disbursed_on,
        due_on=row.due_on,
        balance_fen=row.balance_fen,
        repayments=tuple(Repayment(date.fromisoformat(on), fen) for on, fen in row.repayments),
        extensions=row.extensions,
        overdue_on=row.overdue_on,
        settled_on=row.settled_on,
    )


def _row(loan: Loan) -> dict[str, object]:
    return {
        "id": loan.id,
        "household_id": loan.household_id,
        "area_code": loan.area_code,
        "borrower_id": loan.borrower_id,
        "applied_on": loan.applied_on,
        "amount_fen": loan.terms.amount_fen,
        "term_months": loan.terms.term_months,
        "annual_rate": loan.terms.annual_rate,
        "use_code": loan.terms.use_code,
        "rated": loan.terms.rated,
        "top_up": loan.terms.top_up,
        "eligible": loan.eligible,
        "doubts": list(loan.doubts),
        "use_note": loan.use_note,
        "bank_branch": loan.bank_branch,
        "parent_loan_id": loan.parent_loan_id,
        "state": loan.state,
        "override_reason": loan.override_reason,
        "decided_on": loan.decided_on,
        "refusal_reason": loan.refusal_reason,
        "refusal_note": loan.refusal_note,
        "disbursed_on": loan.disbursed_on,
        "due_on": loan.due_on,
        "balance_fen": loan.balance_fen,
        "repayments": [[each.on.isoformat(), each.amount_fen] for each in loan.repayments],
        "extensions": loan.extensions,
        "overdue_on": loan.overdue_on,
        "settled_on": loan.settled_on,
    }
