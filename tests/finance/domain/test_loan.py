from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.finance.domain.eligibility import Check, Terms, Verdict
from services.finance.domain.errors import (
    AmountError,
    DayOrderError,
    ExtendedTooLateError,
    ExtendedTooLongError,
    LoanStepError,
    MaturityError,
    NotEligibleError,
    NoteNeededError,
    NotYetError,
    OverrideNeededError,
)
from services.finance.domain.loan import (
    Applied,
    Approved,
    Disbursed,
    Loan,
    LoanKey,
    LoanState,
    Overdue,
    Refused,
    Repaid,
    apply_for,
)
from shared.parameters.figure import Label

KEY = LoanKey("l1", "h1", "610327102200")
TERMS = Terms(5_000_000, 12, Decimal("0.0370"), "breeding", rated=True)
FINE = Verdict(())
DUE = date(2023, 2, 28)


def check(*, confirmed: bool) -> Check:
    return Check("live_loans_highest", Label("笔数", "loans"), "1", "< 1", False, confirmed, "paper")


def loan(state=LoanState.APPLIED, **other) -> Loan:
    about: dict[str, Any] = {
        "id": "l1",
        "household_id": "h1",
        "area_code": "610327102200",
        "borrower_id": "p1",
    }
    about |= {"applied_on": date(2022, 2, 1), "terms": TERMS, "eligible": True, "state": state}
    if state is not LoanState.APPLIED:
        about |= {"decided_on": date(2022, 2, 10)}
    if state in {LoanState.DISBURSED, LoanState.OVERDUE, LoanState.SETTLED}:
        about |= {"disbursed_on": date(2022, 2, 28), "due_on": DUE, "balance_fen": 5_000_000}
    return Loan(**{**about, **other})


def approve(each, on=date(2022, 2, 10), **other):
    arguments = {"on": on, "today": date(2022, 6, 15), "override_reason": "", **other}
    verdict = arguments.pop("verdict", FINE)
    each.approve(verdict, **arguments)


@pytest.fixture(name="steps")
def _steps(policy):
    today = date(2022, 6, 15)
    until = date(2023, 8, 1)
    return {
        "approve": approve,
        "refuse": lambda each: each.refuse("bank_refused", "", on=today),
        "disburse": lambda each: each.disburse(FINE, on=date(2022, 2, 28), today=today),
        "repay": lambda each: each.repay(1, on=today, today=today),
        "extend": lambda each: each.extend(until, on=today, override_reason="", policy=policy),
    }


PERMITTED = {
    ("applied", "approve"): "approved",
    ("applied", "refuse"): "refused",
    ("approved", "refuse"): "refused",
    ("approved", "disburse"): "disbursed",
    ("disbursed", "repay"): "disbursed",
    ("overdue", "repay"): "overdue",
    ("disbursed", "extend"): "disbursed",
}


@pytest.mark.parametrize("step", ["approve", "refuse", "disburse", "repay", "extend"])
@pytest.mark.parametrize("state", list(LoanState))
def test_every_state_and_every_step(state, step, steps):
    """Seven steps are permitted and lead where the table says; every other is refused, changing nothing."""
    before = loan(state)
    if (state, step) in PERMITTED:
        assert step in before.steps
        steps[step](before)
        assert PERMITTED[state, step] == before.state
    else:
        assert step not in before.steps
        with pytest.raises(LoanStepError):
            steps[step](before)
        assert (loan(state), []) == (before, before.facts)


def test_an_application_is_kept_whether_eligible_or_not():
    """One that is not eligible is recorded with what was not met, and says so in its fact."""
    verdict = Verdict((check(confirmed=True), check(confirmed=False)))
    made = apply_for(
        loan_id="l1",
        household_id="h1",
        area_code="610327102200",
        borrower_id="p1",
        applied_on=date(2022, 6, 15),
        terms=TERMS,
        verdict=verdict,
        use_note="",
        bank_branch="",
        parent_loan_id=None,
        today=date(2022, 6, 15),
    )
    assert [Applied(KEY, date(2022, 6, 15), 5_000_000, "breeding", eligible=False)] == made.facts
    assert (False, ("live_loans_highest", "live_loans_highest")) == (made.eligible, made.doubts)


class TestApprove:
    def test_the_bank_may_lend_less_at_another_rate(self):
        """The terms approved are kept and published."""
        each = loan()
        approve(each, amount_fen=3_000_000, annual_rate=Decimal("0.0350"))
        assert (3_000_000, Decimal("0.0350")) == (each.terms.amount_fen, each.terms.annual_rate)
        assert [Approved(KEY, date(2022, 2, 10), 3_000_000)] == each.facts

    @pytest.mark.parametrize("amount", [0, 5_000_001])
    def test_but_not_more_nor_nothing(self, amount):
        """An approval above the application needs a new application."""
        with pytest.raises(AmountError):
            approve(loan(), amount_fen=amount)

    def test_a_confirmed_condition_cannot_be_overridden(self):
        """A reason does not help against a confirmed condition; the loan stays applied for."""
        each = loan()
        with pytest.raises(NotEligibleError):
            approve(each, verdict=Verdict((check(confirmed=True),)), override_reason="领导同意")
        assert loan() == each

    def test_a_doubt_needs_a_reason_which_is_kept(self):
        """The officer's reason stands with the loan."""
        each, doubtful = loan(), Verdict((check(confirmed=False),))
        with pytest.raises(OverrideNeededError):
            approve(each, verdict=doubtful)
        approve(each, verdict=doubtful, override_reason=" 原贷款月底结清 ")
        assert ("原贷款月底结清", ("live_loans_highest",)) == (each.override_reason, each.doubts)

    @pytest.mark.parametrize(
        ("day", "error"), [(date(2022, 1, 31), DayOrderError), (date(2022, 6, 16), NotYetError)]
    )
    def test_between_application_and_today(self, day, error):
        """Not before the application, not in the future."""
        with pytest.raises(error):
            approve(loan(), on=day)


class TestRefuse:
    def test_says_why(self):
        """The reason is published."""
        each = loan()
        each.refuse("not_eligible", "", on=date(2022, 3, 1))
        assert [Refused(KEY, date(2022, 3, 1), "not_eligible")] == each.facts

    def test_other_needs_a_note(self):
        """“Other” alone tells nobody anything."""
        with pytest.raises(NoteNeededError):
            loan().refuse("other", "", on=date(2022, 3, 1))


class TestDisburse:
    def test_matures_after_its_term(self):
        """A loan of 12 months paid out on 28 February matures on 28 February."""
        each = loan(LoanState.APPROVED)
        each.disburse(FINE, on=date(2022, 2, 28), today=date(2022, 6, 15))
        fact = Disbursed(KEY, date(2022, 2, 28), 5_000_000, Decimal("0.0370"), DUE)
        assert ([fact], 5_000_000) == (each.facts, each.balance_fen)

    def test_not_before_its_approval(self):
        """Money never leaves before the approval."""
        with pytest.raises(DayOrderError):
            loan(LoanState.APPROVED).disburse(FINE, on=date(2022, 2, 9), today=date(2022, 6, 15))

    def test_a_doubt_that_came_after_the_approval_needs_its_own_reason(self):
        """The approval's reason answers the doubts of the approval and no other."""
        doubtful = Verdict((check(confirmed=False),))
        days: dict[str, Any] = {"on": date(2022, 2, 28), "today": date(2022, 6, 15)}
        answered = loan(LoanState.APPROVED, doubts=("live_loans_highest",), override_reason="月底结清")
        answered.disburse(doubtful, **days)
        assert "月底结清" == answered.override_reason
        new = loan(LoanState.APPROVED, doubts=("lpr_one_year",), override_reason="利率已核")
        with pytest.raises(OverrideNeededError):
            new.disburse(doubtful, **days)
        new.disburse(doubtful, override_reason="另一笔月底结清", **days)
        assert ("disbursed", "另一笔月底结清") == (new.state, new.override_reason)

    def test_a_confirmed_condition_stops_the_payment(self):
        """What became impossible after the approval is not paid out."""
        each = loan(LoanState.APPROVED)
        with pytest.raises(NotEligibleError):
            each.disburse(
                Verdict((check(confirmed=True),)),
                on=date(2022, 2, 28),
                today=date(2022, 6, 15),
                override_reason="领导同意",
            )
        assert loan(LoanState.APPROVED) == each


class TestRepay:
    def test_in_parts_until_settled(self):
        """Each part lowers the balance and counts up; the last one settles the loan on its day."""
        each = loan(LoanState.DISBURSED)
        each.repay(2_000_000, on=date(2022, 5, 1), today=date(2022, 6, 15))
        each.repay(3_000_000, on=date(2022, 6, 1), today=date(2022, 6, 15))
        assert [
            Repaid(KEY, date(2022, 5, 1), 2_000_000, 3_000_000, 1),
            Repaid(KEY, date(2022, 6, 1), 3_000_000, 0, 2),
        ] == each.facts
        assert ("settled", date(2022, 6, 1)) == (each.state, each.settled_on)

    def test_an_overdue_loan_is_settled_too(self):
        """Repaying what is overdue settles it."""
        each = loan(LoanState.OVERDUE)
        each.repay(5_000_000, on=date(2023, 3, 5), today=date(2023, 3, 5))
        assert "settled" == each.state

    @pytest.mark.parametrize("amount", [0, -1, 5_000_001])
    def test_within_the_balance(self, amount):
        """Nothing, less than nothing, or more than is owed is refused."""
        with pytest.raises(AmountError):
            loan(LoanState.DISBURSED).repay(amount, on=date(2022, 5, 1), today=date(2022, 6, 15))

    def test_in_order_of_days(self):
        """A repayment before the one recorded last would change what the balance was then."""
        each = loan(LoanState.DISBURSED)
        each.repay(1, on=date(2022, 5, 2), today=date(2022, 6, 15))
        with pytest.raises(DayOrderError):
            each.repay(1, on=date(2022, 5, 1), today=date(2022, 6, 15))


class TestExtend:
    def test_moves_the_maturity_once(self, policy):
        """An extension moves the day; a second one needs an officer's reason."""
        each = loan(LoanState.DISBURSED)
        each.extend(date(2023, 8, 28), on=DUE, override_reason="", policy=policy)
        assert (date(2023, 8, 28), 1) == (each.due_on, each.extensions)
        again = {"on": date(2023, 8, 1), "policy": policy}
        with pytest.raises(OverrideNeededError):
            each.extend(date(2024, 2, 28), override_reason="", **again)
        each.extend(date(2024, 2, 28), override_reason="受灾", **again)
        assert date(2024, 2, 28) == each.due_on

    def test_only_before_maturity(self, policy):
        """On the day of maturity it can still be asked for; the day after it can't."""
        with pytest.raises(ExtendedTooLateError):
            loan(LoanState.DISBURSED).extend(
                date(2023, 8, 1), on=date(2023, 3, 1), override_reason="", policy=policy
            )

    def test_only_to_a_later_day(self, policy):
        """The new maturity lies after the old one."""
        with pytest.raises(MaturityError):
            loan(LoanState.DISBURSED).extend(DUE, on=date(2023, 1, 1), override_reason="", policy=policy)

    def test_the_whole_term_is_36_months_at_most(self, policy):
        """The longest term counts from the payment and includes the extension; no reason helps."""
        each = loan(LoanState.DISBURSED)
        with pytest.raises(ExtendedTooLongError):
            each.extend(date(2025, 3, 1), on=DUE, override_reason="受灾", policy=policy)
        each.extend(date(2025, 2, 28), on=DUE, override_reason="", policy=policy)
        assert date(2025, 2, 28) == each.due_on


class TestFindOverdue:
    def test_not_on_the_day_of_maturity(self):
        """On its day of maturity a loan is not overdue."""
        each = loan(LoanState.DISBURSED)
        assert each.find_overdue(today=DUE) is False
        assert ("disbursed", []) == (each.state, each.facts)

    @pytest.mark.parametrize("today", [date(2023, 3, 1), date(2023, 4, 1)])
    def test_from_the_day_after(self, today):
        """Found late or at once, it is overdue since the day after maturity."""
        each = loan(LoanState.DISBURSED, balance_fen=1)
        assert each.find_overdue(today=today) is True
        assert [Overdue(KEY, date(2023, 3, 1), 1, DUE)] == each.facts

    @pytest.mark.parametrize("state", [state for state in LoanState if state is not LoanState.DISBURSED])
    def test_nothing_else_becomes_overdue(self, state):
        """Only a disbursed loan does, and it does once."""
        assert loan(state).find_overdue(today=date(2024, 1, 1)) is False
