from datetime import date, timedelta
from decimal import Decimal

from services.finance.service_layer.loan import (
    ApplyForLoan,
    ApproveLoan,
    DisburseLoan,
    apply_for_loan,
    approve_loan,
    disburse_loan,
)

APPLY = ApplyForLoan(
    "h1", "p1", date(2022, 2, 1), 5_000_000, 12, Decimal("0.0370"), "breeding", rated=True, use_note="奶山羊"
)


def figures(service):
    return {(one.name, *one.labels.values()): one.value for one in service.figures()}


def test_loans_by_state_and_those_overdue(service, told, make_household):
    """Every state is told, empty ones at zero; after its day a loan counts as overdue without a sweep."""
    told(make_household("h1", p1={}))
    loan_id = apply_for_loan(APPLY, service.uow(), service.policy)
    assert (1, 0, 0) == tuple(
        figures(service)[key] for key in (("loans", "applied"), ("loans", "disbursed"), ("loans_overdue",))
    )
    approve_loan(ApproveLoan(loan_id, date(2022, 2, 15)), service.uow(), service.policy)
    disburse_loan(DisburseLoan(loan_id, date(2022, 2, 15)), service.uow(), service.policy)
    service.clock.set(service.clock() + timedelta(days=500))
    assert 1 == figures(service)["loans_overdue",]
