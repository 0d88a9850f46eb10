from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.finance.adapters.books import open_books
from services.finance.domain.errors import (
    BorrowerNotMemberError,
    HouseholdNotFoundError,
    LoanNotFoundError,
    NotEligibleError,
    OverrideNeededError,
    ParentLoanError,
)
from services.finance.service_layer.loan import (
    ApplyForLoan,
    ApproveLoan,
    DisburseLoan,
    ExtendLoan,
    RefuseLoan,
    RepayLoan,
    apply_for_loan,
    approve_loan,
    check_loan,
    disburse_loan,
    extend_loan,
    find_overdue_loans,
    refuse_loan,
    repay_loan,
)
from shared.contracts.envelope import Envelope
from shared.kernel.clock import at_hour
from shared.messaging.intake import take_in
from shared.persistence.engine import reading

APPLY = ApplyForLoan(
    "h1", "p1", date(2022, 2, 1), 5_000_000, 12, Decimal("0.0370"), "breeding", rated=True, use_note="奶山羊"
)


@pytest.fixture(autouse=True)
def _household(told, make_household):
    told(make_household("h1", p1={}, p2={"left": True}))


SMALL = replace(APPLY, amount_fen=2_500_000)


def disbursed(service, command=APPLY, day=date(2022, 2, 15), reason=""):
    loan_id = apply_for_loan(command, service.uow(), service.policy)
    approve_loan(ApproveLoan(loan_id, day, override_reason=reason), service.uow(), service.policy)
    disburse_loan(DisburseLoan(loan_id, day), service.uow(), service.policy)
    return loan_id


def test_the_whole_life_is_published(service, outbox):
    """Application, approval, disbursement and each repayment are events with the figures."""
    loan_id = disbursed(service)
    repay_loan(RepayLoan(loan_id, date(2022, 5, 1), 2_000_000), service.uow())
    repay_loan(RepayLoan(loan_id, date(2022, 6, 1), 3_000_000), service.uow())
    about = {"household_id": "h1", "area_code": "610327102200", "loan_id": loan_id}
    assert [
        ("finance.loan_applied.v1", {"amount_fen": 5_000_000, "use_code": "breeding", "eligible": True}),
        ("finance.loan_approved.v1", {"amount_fen": 5_000_000}),
        (
            "finance.loan_disbursed.v1",
            {"amount_fen": 5_000_000, "annual_rate": "0.0370", "due_on": "2023-02-15"},
        ),
        ("finance.loan_repaid.v1", {"amount_fen": 2_000_000, "balance_fen": 3_000_000, "sequence": 1}),
        ("finance.loan_repaid.v1", {"amount_fen": 3_000_000, "balance_fen": 0, "sequence": 2}),
    ] == [
        (event.type, {k: v for k, v in event.data.items() if k not in {*about, "occurred_on"}})
        for event in outbox()
    ]
    assert all(about.items() <= event.data.items() for event in outbox())


def test_not_eligible_is_recorded_and_refused(service, outbox):
    """The application is kept, approval is refused, and the refusal is published with its reason."""
    loan_id = apply_for_loan(replace(APPLY, use_code="wedding"), service.uow(), service.policy)
    with pytest.raises(NotEligibleError):
        approve_loan(ApproveLoan(loan_id, date(2022, 2, 15)), service.uow(), service.policy)
    refuse_loan(RefuseLoan(loan_id, "not_eligible"), service.uow())
    applied, refused = outbox()
    assert (False, "not_eligible") == (applied.data["eligible"], refused.data["reason"])


def test_conditions_are_judged_again_at_signing(service, told, make_household):
    """A household that is no longer of a listed type on the day of signing gets no approval."""
    loan_id = apply_for_loan(APPLY, service.uow(), service.policy)
    told(make_household(version=2, lifted_out=False, type_="100A03A01", p1={}))
    with pytest.raises(NotEligibleError):
        approve_loan(ApproveLoan(loan_id, date(2022, 2, 15)), service.uow(), service.policy)


def test_the_rate_approved_is_judged(service):
    """The bank's own rate is held against the LPR, not the one applied for."""
    loan_id = apply_for_loan(APPLY, service.uow(), service.policy)
    approve = ApproveLoan(loan_id, date(2022, 2, 15), annual_rate=Decimal("0.0380"))
    with pytest.raises(OverrideNeededError):
        approve_loan(approve, service.uow(), service.policy)


def test_checking_keeps_nothing(service, outbox):
    """The conditions can be looked at before anything is recorded."""
    with reading(service.engine) as connection:
        verdict = check_loan(replace(APPLY, rated=False), open_books(connection), service.policy)
    assert (False, []) == (verdict.eligible, outbox())
    with service.uow() as uow:
        assert [] == uow.loans.of_household("h1")


def test_a_second_loan_needs_a_reason(service):
    """One live loan per household is inferred: the second is approved only with a reason."""
    disbursed(service, SMALL)
    with pytest.raises(OverrideNeededError):
        disbursed(service, SMALL)
    assert disbursed(service, SMALL, reason="扩大养殖，银行同意")


class TestHouseholdLimit:
    def test_what_is_owed_and_approved_counts(self, service):
        """50,000 is a household's limit: an approved loan counts whole, one paid out with its balance."""
        first = apply_for_loan(SMALL, service.uow(), service.policy)
        approve_loan(ApproveLoan(first, date(2022, 2, 15)), service.uow(), service.policy)
        over = replace(SMALL, amount_fen=2_500_001)
        with pytest.raises(NotEligibleError):
            disbursed(service, over, reason="同意")
        disburse_loan(DisburseLoan(first, date(2022, 2, 15)), service.uow(), service.policy)
        with pytest.raises(NotEligibleError):
            disbursed(service, over, reason="同意")
        repay_loan(RepayLoan(first, date(2022, 2, 16), 1), service.uow())
        assert disbursed(service, over, reason="同意")

    def test_an_approved_loan_is_a_doubt_about_a_second(self, service):
        """Approved today and paid out tomorrow: the household already has its loan."""
        first = apply_for_loan(SMALL, service.uow(), service.policy)
        approve_loan(ApproveLoan(first, date(2022, 2, 15)), service.uow(), service.policy)
        with pytest.raises(OverrideNeededError):
            disbursed(service, SMALL)

    def test_judged_again_when_paid_out(self, service):
        """A loan approved when the household had another's renewal in view is not paid out beside both."""
        first = disbursed(service, SMALL)
        renewal = replace(APPLY, parent_loan_id=first)
        renewed = apply_for_loan(renewal, service.uow(), service.policy)
        approve_loan(ApproveLoan(renewed, date(2022, 2, 15)), service.uow(), service.policy)
        with pytest.raises(NotEligibleError):
            disbursed(service, SMALL, reason="同意")
        disburse_loan(DisburseLoan(renewed, date(2022, 2, 15)), service.uow(), service.policy)
        with service.uow() as uow:
            assert "disbursed" == uow.loans.get(renewed).state

    def test_a_household_no_longer_of_a_listed_type_gets_no_money(self, service, told, make_household):
        """What changed between approval and payment is judged."""
        loan_id = apply_for_loan(SMALL, service.uow(), service.policy)
        approve_loan(ApproveLoan(loan_id, date(2022, 2, 15)), service.uow(), service.policy)
        told(make_household(version=2, lifted_out=False, type_="100A03A01", p1={}))
        with pytest.raises(NotEligibleError):
            disburse_loan(DisburseLoan(loan_id, date(2022, 2, 16)), service.uow(), service.policy)


class TestRenewal:
    def test_the_loan_renewed_is_not_in_the_way(self, service):
        """A renewal names its parent, which does not count as a second live loan."""
        parent = disbursed(service)
        assert disbursed(service, replace(APPLY, parent_loan_id=parent))

    def test_a_second_renewal_needs_a_reason(self, service):
        """Renewed once is usual; more often needs a reason."""
        first = disbursed(service)
        repay_loan(RepayLoan(first, date(2022, 3, 1), 5_000_000), service.uow())
        second = disbursed(service, replace(APPLY, parent_loan_id=first))
        with pytest.raises(OverrideNeededError):
            disbursed(service, replace(APPLY, parent_loan_id=second))

    def test_only_a_loan_paid_out_to_the_household(self, service):
        """Neither a loan that does not exist nor one never paid out can be renewed."""
        applied = apply_for_loan(APPLY, service.uow(), service.policy)
        for parent in ("nothing", applied):
            with pytest.raises(ParentLoanError):
                apply_for_loan(replace(APPLY, parent_loan_id=parent), service.uow(), service.policy)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"household_id": "h9"}, HouseholdNotFoundError),
        ({"borrower_id": "p2"}, BorrowerNotMemberError),
        ({"borrower_id": "p9"}, BorrowerNotMemberError),
    ],
)
def test_unknown_borrowers_are_refused(service, changed, error):
    """An unknown household, a member who left, a stranger: no application."""
    with pytest.raises(error):
        apply_for_loan(replace(APPLY, **changed), service.uow(), service.policy)


def test_an_unknown_loan_is_refused(service):
    """There is nothing to pay out."""
    with pytest.raises(LoanNotFoundError):
        disburse_loan(DisburseLoan("nothing", date(2022, 2, 1)), service.uow(), service.policy)


class TestOverdue:
    def test_found_on_the_day_after_maturity_once(self, service, outbox):
        """On the day of maturity nothing; the day after it one event, however often it is looked for."""
        loan_id = disbursed(service)
        service.clock.set(at_hour(date(2023, 2, 15), 23))
        assert 0 == service.sweep()
        service.clock.set(at_hour(date(2023, 2, 16), 0))
        assert [1, 0] == [service.sweep(), service.sweep()]
        overdue = outbox()[-1]
        assert ("finance.loan_overdue.v1", loan_id, "2023-02-16", 5_000_000) == (
            overdue.type,
            overdue.data["loan_id"],
            overdue.data["occurred_on"],
            overdue.data["balance_fen"],
        )

    def test_what_is_settled_or_extended_is_not_overdue(self, service):
        """Neither a settled loan nor one whose maturity was moved becomes overdue."""
        settled = disbursed(service)
        repay_loan(RepayLoan(settled, date(2022, 6, 1), 5_000_000), service.uow())
        extended = disbursed(service)
        extend_loan(ExtendLoan(extended, date(2023, 8, 15)), service.uow(), service.policy)
        service.clock.set(at_hour(date(2023, 8, 15), 12))
        assert 0 == service.sweep()

    def test_the_event_has_one_id(self, new_service, make_household):
        """Two workers that find the same loan overdue would publish the same event."""

        def overdue_id():
            service = new_service()
            household = Envelope.seal(make_household(), ids=lambda: "e1", at=service.clock())
            take_in([household], service.uow(), service.reader, at=service.clock())
            disbursed(service)
            service.clock.set(at_hour(date(2023, 3, 1), 0))
            find_overdue_loans(service.uow())
            with service.uow() as uow:
                return uow.outbox.take(10)[-1].id

        assert overdue_id() == overdue_id()
