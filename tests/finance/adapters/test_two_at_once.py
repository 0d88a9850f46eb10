"""Two workers at the same moment, on both databases: one overdue loan is one event."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

from services.finance.domain.eligibility import Terms
from services.finance.domain.errors import LoanStepError
from services.finance.domain.loan import Loan, LoanState
from services.finance.service_layer.loan import RepayLoan, find_overdue_loans, repay_loan
from shared.kernel.errors import StaleVersionError

DAY = date(2022, 3, 1)


def add_loans(service, count):
    with service.uow() as uow:
        for number in range(count):
            uow.loans.add(
                Loan(
                    id=f"l{number}",
                    household_id="h1",
                    area_code="610327102200",
                    borrower_id="p1",
                    applied_on=DAY,
                    terms=Terms(3_000_000, 3, Decimal("0.037"), "breeding", rated=True),
                    eligible=True,
                    state=LoanState.DISBURSED,
                    disbursed_on=DAY,
                    due_on=date(2022, 6, 1),
                    balance_fen=3_000_000,
                )
            )
        uow.commit()


def at_once(count, act):
    """Run *act* in *count* threads that start together; return what each gave or raised."""
    together = Barrier(count)

    def run(_number):
        together.wait()
        try:
            return act()
        except (StaleVersionError, LoanStepError) as error:
            return type(error)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def test_an_overdue_loan_is_found_once(service):
    """Four sweeps at once find ten overdue loans together once, with one event each."""
    add_loans(service, 10)
    found = at_once(4, lambda: find_overdue_loans(service.uow()))
    assert 10 == sum(each for each in found if isinstance(each, int))
    with service.uow() as uow:
        assert 10 == len(uow.outbox.take(100))
        assert {LoanState.OVERDUE} == {loan.state for loan in uow.loans.of_household("h1")}


def test_one_repayment_of_what_is_left(service):
    """The whole balance repaid four times at once is repaid once."""
    add_loans(service, 1)
    repay = RepayLoan("l0", date(2022, 6, 10), 3_000_000)
    done = at_once(4, lambda: repay_loan(repay, service.uow()))
    assert 1 == done.count(None)
    with service.uow() as uow:
        assert (0, 1) == (uow.loans.get("l0").balance_fen, len(uow.outbox.take(10)))
