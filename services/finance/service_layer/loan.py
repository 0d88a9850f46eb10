"""Commands about loans, from the application to the last repayment, and what the clock alone finds.

*version* in a command is the version the person saw; None asks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.finance.domain.eligibility import Standing, Terms, Verdict, ensure_readable, judge
from services.finance.domain.errors import ParentLoanError
from services.finance.domain.loan import COMMITTED, LIVE, Loan, LoanState, RefusalReason, apply_for
from services.finance.domain.policy import CreditPolicy
from services.finance.service_layer.ports import Books, UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.money import Fen


@dataclass(frozen=True, slots=True)
class ApplyForLoan:
    """*borrower_id* is the member who signs. *annual_rate* is a fraction; *rated*: 评级授信 was passed.

    *use_code* is a code of the policy's list of uses; a forbidden one is recorded
    and makes the application not eligible. *parent_loan_id* is set for a renewal (续贷).
    """

    household_id: str
    borrower_id: str
    applied_on: date
    amount_fen: Fen
    term_months: int
    annual_rate: Decimal
    use_code: str
    rated: bool
    top_up: bool = False
    use_note: str = ""
    bank_branch: str = ""
    parent_loan_id: str | None = None


@dataclass(frozen=True, slots=True)
class ApproveLoan:
    """The bank may lend less, or at another rate. A doubt needs *override_reason*: OverrideNeededError."""

    loan_id: str
    approved_on: date
    amount_fen: Fen | None = None
    annual_rate: Decimal | None = None
    override_reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RefuseLoan:
    loan_id: str
    reason: RefusalReason
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DisburseLoan:
    """*override_reason* answers a doubt that came up after the approval."""

    loan_id: str
    disbursed_on: date
    override_reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RepayLoan:
    """*amount_fen* is principal; interest is the bank's own account."""

    loan_id: str
    repaid_on: date
    amount_fen: Fen
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ExtendLoan:
    """Move the maturity to *due_on*, applied for today, before the present one."""

    loan_id: str
    due_on: date
    override_reason: str = ""
    version: int | None = None


def check_loan(command: ApplyForLoan, books: Books, policy: CreditPolicy) -> Verdict:
    """Return every condition of what *command* would apply for; keeps nothing.

    *books* is a unit of work inside its transaction, or the books of a page.
    """
    terms = _terms(command)
    ensure_readable(terms, policy, command.applied_on)
    return judge(
        books.borrowers.get(command.household_id),
        command.borrower_id,
        terms,
        standing_of(books.loans.of_household(command.household_id), command.parent_loan_id),
        day=command.applied_on,
        policy=policy,
    )


def apply_for_loan(command: ApplyForLoan, uow: UnitOfWork, policy: CreditPolicy) -> str:
    """Record an application and return the loan's id; one that is not eligible can then only be refused."""
    with uow:
        borrower = uow.borrowers.get(command.household_id)
        loan = apply_for(
            loan_id=uow.ids(),
            household_id=borrower.household_id,
            area_code=borrower.area_code,
            borrower_id=command.borrower_id,
            applied_on=command.applied_on,
            terms=_terms(command),
            verdict=check_loan(command, uow, policy),
            use_note=command.use_note.strip(),
            bank_branch=command.bank_branch.strip(),
            parent_loan_id=command.parent_loan_id,
            today=day_of(uow.clock()),
        )
        uow.loans.add(loan)
        uow.commit()
    return loan.id


def approve_loan(command: ApproveLoan, uow: UnitOfWork, policy: CreditPolicy) -> None:
    """Approve a loan; every condition is judged again as of the day it is signed."""
    with uow:
        loan = _locked(command.loan_id, uow)
        loan.expect_version(command.version)
        terms = loan.terms_approved(command.amount_fen, command.annual_rate)
        ensure_readable(terms, policy, command.approved_on)
        loan.approve(
            verdict_on(loan, terms, uow, policy, day=command.approved_on),
            on=command.approved_on,
            today=day_of(uow.clock()),
            override_reason=command.override_reason,
            amount_fen=command.amount_fen,
            annual_rate=command.annual_rate,
        )
        uow.loans.save(loan)
        uow.commit()


def refuse_loan(command: RefuseLoan, uow: UnitOfWork) -> None:
    with uow:
        loan = uow.loans.get(command.loan_id)
        loan.expect_version(command.version)
        loan.refuse(command.reason, command.note, on=day_of(uow.clock()))
        uow.loans.save(loan)
        uow.commit()


def disburse_loan(command: DisburseLoan, uow: UnitOfWork, policy: CreditPolicy) -> None:
    """Record the payment; the conditions of the day it was signed are judged beside today's other loans."""
    with uow:
        loan = _locked(command.loan_id, uow)
        loan.expect_version(command.version)
        signed_on = loan.decided_on or command.disbursed_on
        loan.disburse(
            verdict_on(loan, loan.terms, uow, policy, day=signed_on),
            on=command.disbursed_on,
            today=day_of(uow.clock()),
            override_reason=command.override_reason,
        )
        uow.loans.save(loan)
        uow.commit()


def repay_loan(command: RepayLoan, uow: UnitOfWork) -> None:
    """Record principal paid back; with nothing left the loan is settled."""
    with uow:
        loan = uow.loans.get(command.loan_id)
        loan.expect_version(command.version)
        loan.repay(command.amount_fen, on=command.repaid_on, today=day_of(uow.clock()))
        uow.loans.save(loan)
        uow.commit()


def extend_loan(command: ExtendLoan, uow: UnitOfWork, policy: CreditPolicy) -> None:
    with uow:
        loan = uow.loans.get(command.loan_id)
        loan.expect_version(command.version)
        today = day_of(uow.clock())
        loan.extend(command.due_on, on=today, override_reason=command.override_reason, policy=policy)
        uow.loans.save(loan)
        uow.commit()


def find_overdue_loans(uow: UnitOfWork) -> int:
    """Mark every loan with principal unpaid after its maturity as overdue, and return how many."""
    with uow:
        today = day_of(uow.clock())
        found = [loan for loan in uow.loans.matured(today) if loan.find_overdue(today=today)]
        for loan in found:
            uow.loans.save(loan)
        uow.commit()
    return len(found)


def verdict_on(loan: Loan, terms: Terms, books: Books, policy: CreditPolicy, *, day: date) -> Verdict:
    """Return every condition of *loan* on *terms*, as of *day*; *books* as for ``check_loan``."""
    others = [other for other in books.loans.of_household(loan.household_id) if other.id != loan.id]
    return judge(
        books.borrowers.get(loan.household_id),
        loan.borrower_id,
        terms,
        standing_of(others, loan.parent_loan_id),
        day=day,
        policy=policy,
    )


def standing_of(loans: Sequence[Loan], parent_loan_id: str | None) -> Standing:
    """Return what the household's other *loans* say; the loan being renewed is not counted.

    Raises ParentLoanError when the loan to be renewed is not among them or was never paid out.
    """
    by_id = {loan.id: loan for loan in loans}
    renewals, parent_id = 0, parent_loan_id
    while parent_id is not None:
        parent = by_id.get(parent_id)
        if parent is None or parent.state not in LIVE | {LoanState.SETTLED}:
            raise ParentLoanError
        renewals, parent_id = renewals + 1, parent.parent_loan_id
    others = [loan for loan in loans if loan.state in COMMITTED and loan.id != parent_loan_id]
    owed = sum(loan.balance_fen if loan.state in LIVE else loan.terms.amount_fen for loan in others)
    return Standing(len(others), renewals, owed)


def _locked(loan_id: str, uow: UnitOfWork) -> Loan:
    """Return the loan, its household held: two of its loans are never judged side by side."""
    household_id = uow.loans.get(loan_id).household_id
    uow.borrowers.hold(household_id)
    return uow.loans.get(loan_id)


def _terms(command: ApplyForLoan) -> Terms:
    return Terms(
        amount_fen=command.amount_fen,
        term_months=command.term_months,
        annual_rate=command.annual_rate,
        use_code=command.use_code,
        rated=command.rated,
        top_up=command.top_up,
    )
