from datetime import date

from services.finance.domain import loan
from services.finance.service_layer.publishing import fixed_id, publish

DAY = date(2023, 3, 1)
KEY = loan.LoanKey("l1", "h1", "610327102200")


def test_an_extension_is_not_published():
    """The maturity of a loan is this department's own; others learn of what follows from it."""
    assert [] == list(publish(loan.Extended(KEY, DAY, DAY)))


def test_an_overdue_loan_has_one_id_per_maturity():
    """The id follows from the loan and its day of maturity, not from when it was found."""
    (early,) = publish(loan.Overdue(KEY, DAY, 5_000_000, date(2023, 2, 28)))
    (late,) = publish(loan.Overdue(KEY, DAY, 4_000_000, date(2023, 2, 28)))
    (extended,) = publish(loan.Overdue(KEY, DAY, 5_000_000, date(2023, 8, 28)))
    assert fixed_id(early) == fixed_id(late) != fixed_id(extended)


def test_what_a_person_did_has_no_fixed_id():
    """A repayment is a person's act."""
    (event,) = publish(loan.Repaid(KEY, DAY, 1, 1, 1))
    assert fixed_id(event) is None
