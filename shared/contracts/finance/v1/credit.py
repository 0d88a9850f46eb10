"""Micro-credit and the measures finance is asked for, version 1. Owner: finance. Money in fen."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from shared.contracts.envelope import EventData


class LoanApplied(EventData):
    """A household applied for micro-credit (小额信贷)."""

    type: ClassVar[str] = "finance.loan_applied.v1"

    loan_id: str
    amount_fen: int
    use_code: str
    eligible: bool
    """The confirmed guards were met on the day of application."""


class LoanApproved(EventData):
    """The bank approved the application."""

    type: ClassVar[str] = "finance.loan_approved.v1"

    loan_id: str
    amount_fen: int


class LoanRefused(EventData):
    """The application ended without a loan, for *reason*."""

    type: ClassVar[str] = "finance.loan_refused.v1"

    loan_id: str
    reason: str


class LoanDisbursed(EventData):
    """The money was paid out on *occurred_on*."""

    type: ClassVar[str] = "finance.loan_disbursed.v1"

    loan_id: str
    amount_fen: int
    annual_rate: Decimal
    """A fraction: 0.037 is 3.7 % a year."""
    due_on: date


class LoanRepaid(EventData):
    """Principal was paid back; *balance_fen* is what is left after it. The higher *sequence* wins."""

    type: ClassVar[str] = "finance.loan_repaid.v1"

    loan_id: str
    amount_fen: int
    balance_fen: int
    sequence: int


class LoanOverdue(EventData):
    """Principal is unpaid on the day after maturity; *occurred_on* is that day."""

    type: ClassVar[str] = "finance.loan_overdue.v1"

    loan_id: str
    balance_fen: int
    due_on: date


class MeasureAccepted(EventData):
    """The department takes the measure on."""

    type: ClassVar[str] = "finance.measure_accepted.v1"

    measure_id: str


class MeasureDelivered(EventData):
    """The measure reached the household; *by* is the loan, or the kind of thing."""

    type: ClassVar[str] = "finance.measure_delivered.v1"

    measure_id: str
    by: str


class MeasureDeclined(EventData):
    """The department can't deliver the measure, and says why."""

    type: ClassVar[str] = "finance.measure_declined.v1"

    measure_id: str
    reason: str
    """A code of the finance department: no_eligible_borrower, loan_running, not_willing, bank_refused,
    left_household, other."""
    note: str = ""
    """Always empty: typed text may name somebody, and stays with the department."""


EVENTS = (
    LoanApplied,
    LoanApproved,
    LoanRefused,
    LoanDisbursed,
    LoanRepaid,
    LoanOverdue,
    MeasureAccepted,
    MeasureDelivered,
    MeasureDeclined,
)
