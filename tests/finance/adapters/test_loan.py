from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from decimal import Decimal
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from services.finance.adapters.unit_of_work import FinanceUnitOfWork
from services.finance.domain.borrower import HouseholdSnapshot, Member
from services.finance.domain.eligibility import Terms
from services.finance.domain.errors import LoanNotFoundError
from services.finance.domain.loan import Loan, LoanState, Repayment
from services.finance.service_layer.loan import ApplyForLoan, ApproveLoan, apply_for_loan, approve_loan
from shared.kernel.errors import StaleVersionError

DAY = date(2022, 3, 1)
DUE = date(2023, 3, 1)


def loan(**other) -> Loan:
    terms = Terms(5_000_000, 12, Decimal("0.0370"), "breeding", rated=True, top_up=False)
    about: dict[str, Any] = {
        "id": "l1",
        "household_id": "h1",
        "area_code": "610327102200",
        "borrower_id": "p1",
    }
    return Loan(**{**about, "applied_on": DAY, "terms": terms, "eligible": True, **other})


def disbursed(**other) -> Loan:
    about: dict[str, Any] = {
        "state": LoanState.DISBURSED,
        "disbursed_on": DAY,
        "due_on": DUE,
        "balance_fen": 3_000_000,
    }
    return loan(**{**about, "repayments": (Repayment(DAY, 2_000_000),), **other})


def test_gives_back_what_was_added(service):
    """What is added is read back, equal: the exact rate, the repayments, the blanks."""
    with service.uow() as uow:
        uow.loans.add(loan(doubts=("live_loans_highest",)))
        uow.loans.add(disbursed(id="l2", parent_loan_id="l0", extensions=1, override_reason="受灾"))
        first, second = uow.loans.of_household("h1")
        assert loan(version=1, doubts=("live_loans_highest",)) == first
        assert (
            disbursed(id="l2", version=1, parent_loan_id="l0", extensions=1, override_reason="受灾") == second
        )
        assert "0.0370" == str(second.terms.annual_rate)


def test_finds_what_has_matured(service):
    """A disbursed loan has matured on the day after its day of maturity; no other state has."""
    with service.uow() as uow:
        uow.loans.add(disbursed())
        uow.loans.add(disbursed(id="l2", state=LoanState.SETTLED))
        uow.loans.add(disbursed(id="l3", state=LoanState.OVERDUE))
        assert [] == uow.loans.matured(DUE)
        assert ["l1"] == [each.id for each in uow.loans.matured(date(2023, 3, 2))]


def test_second_writer_loses(service):
    """Of two officers who read the same version, the second save is refused."""
    with service.uow() as uow:
        uow.loans.add(loan())
        first, second = uow.loans.get("l1"), uow.loans.get("l1")
        uow.loans.save(first)
        with pytest.raises(StaleVersionError):
            uow.loans.save(second)


def test_unknown_is_refused(service):
    """An id nobody gave is not found."""
    with service.uow() as uow, pytest.raises(LoanNotFoundError):
        uow.loans.get("l1")


def test_two_loans_of_a_household_are_judged_one_after_the_other(service):
    """Approved by two officers at one moment, both loans together still keep the limit of the household."""
    told_household(service)
    apply = ApplyForLoan(
        "h1", "p1", date(2022, 2, 1), 3_000_000, 12, Decimal("0.0370"), "breeding", rated=True
    )
    loan_ids = [apply_for_loan(apply, service.uow(), service.policy) for _ in range(2)]
    together = Barrier(2)

    class Judged(FinanceUnitOfWork):
        """Waits after the household is held (or not), so that both would judge at once."""

        def open_repositories(self):
            super().open_repositories()
            of_household = self.loans.of_household

            def read(household_id):
                found = of_household(household_id)
                with suppress(BrokenBarrierError):
                    together.wait(timeout=0.5)
                return found

            self.loans.of_household = read  # type: ignore[method-assign]

    def approve(loan_id):
        uow = service.uow()
        uow.__class__ = Judged
        approve_loan(ApproveLoan(loan_id, date(2022, 2, 15), override_reason="同意"), uow, service.policy)

    with ThreadPoolExecutor(2) as pool:
        errors = [done.exception() for done in [pool.submit(approve, loan_id) for loan_id in loan_ids]]
    assert ["NoneType", "NotEligibleError"] == sorted(type(error).__name__ for error in errors)


def told_household(service):
    members = (Member("p1", "N1-01", "001", "1", date(1980, 3, 1)),)
    with service.uow() as uow:
        uow.borrowers.record([HouseholdSnapshot("h1", "N1", 1, "610327102200", "100A03A03", True, members)])
        uow.commit()
