"""Loans: one micro-credit (小额信贷) from the application to the last repayment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from services.finance.domain.eligibility import Terms, Verdict
from services.finance.domain.errors import (
    AmountError,
    DayOrderError,
    ExtendedTooLateError,
    ExtendedTooLongError,
    LoanStepError,
    MaturityError,
    NoteNeededError,
    NotYetError,
    OverrideNeededError,
)
from services.finance.domain.policy import CreditPolicy
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import Fen, yuan_text
from shared.kernel.period import add_months

RefusalReason = Literal["not_eligible", "bank_refused", "withdrawn", "other"]
REFUSAL_REASONS: tuple[RefusalReason, ...] = ("not_eligible", "bank_refused", "withdrawn", "other")


class LoanState(StrEnum):
    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    DISBURSED = "disbursed"
    OVERDUE = "overdue"
    SETTLED = "settled"


LIVE = frozenset({LoanState.DISBURSED, LoanState.OVERDUE})
COMMITTED = LIVE | {LoanState.APPROVED}
"""What the household owes or is about to owe: it counts against the limits of a household."""

STEPS: Mapping[str, frozenset[LoanState]] = {
    "approve": frozenset({LoanState.APPLIED}),
    "refuse": frozenset({LoanState.APPLIED, LoanState.APPROVED}),
    "disburse": frozenset({LoanState.APPROVED}),
    "repay": LIVE,
    "extend": frozenset({LoanState.DISBURSED}),
    "find_overdue": frozenset({LoanState.DISBURSED}),
}
"""From which states each step is permitted; every other combination is refused."""

STATE_ZH: Mapping[LoanState, str] = {
    LoanState.APPLIED: "已申请",
    LoanState.APPROVED: "已审批",
    LoanState.REFUSED: "未通过",
    LoanState.DISBURSED: "已放款",
    LoanState.OVERDUE: "逾期",
    LoanState.SETTLED: "已结清",
}
STEP_ZH: Mapping[str, str] = {
    "approve": "审批",
    "refuse": "退回",
    "disburse": "放款",
    "repay": "登记还款",
    "extend": "展期",
    "find_overdue": "转为逾期",
}


@dataclass(frozen=True, slots=True)
class LoanKey:
    """What every fact about a loan names."""

    loan_id: str
    household_id: str
    area_code: str


@dataclass(frozen=True, slots=True)
class Applied:
    loan: LoanKey
    on: date
    amount_fen: Fen
    use_code: str
    eligible: bool


@dataclass(frozen=True, slots=True)
class Approved:
    loan: LoanKey
    on: date
    amount_fen: Fen


@dataclass(frozen=True, slots=True)
class Refused:
    loan: LoanKey
    on: date
    reason: RefusalReason


@dataclass(frozen=True, slots=True)
class Disbursed:
    loan: LoanKey
    on: date
    amount_fen: Fen
    annual_rate: Decimal
    due_on: date


@dataclass(frozen=True, slots=True)
class Repaid:
    loan: LoanKey
    on: date
    amount_fen: Fen
    balance_fen: Fen
    sequence: int


@dataclass(frozen=True, slots=True)
class Extended:
    """The maturity moved. Not published: the overdue day follows from it here."""

    loan: LoanKey
    on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Overdue:
    loan: LoanKey
    on: date
    balance_fen: Fen
    due_on: date


@dataclass(frozen=True, slots=True)
class Repayment:
    """Principal paid back on a day."""

    on: date
    amount_fen: Fen


@dataclass(kw_only=True)
class Loan(Aggregate):
    """*terms* are those applied for, after approval those approved. *doubts* are codes of unmet checks.

    *due_on* is the day of maturity; a loan is overdue from the day after it.
    """

    id: str
    household_id: str
    area_code: str
    borrower_id: str
    applied_on: date
    terms: Terms
    eligible: bool
    doubts: tuple[str, ...] = ()
    use_note: str = ""
    bank_branch: str = ""
    parent_loan_id: str | None = None
    state: LoanState = LoanState.APPLIED
    override_reason: str = ""
    decided_on: date | None = None
    refusal_reason: RefusalReason | None = None
    refusal_note: str = ""
    disbursed_on: date | None = None
    due_on: date | None = None
    balance_fen: Fen = 0
    repayments: tuple[Repayment, ...] = ()
    extensions: int = 0
    overdue_on: date | None = None
    settled_on: date | None = None
    key: LoanKey = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.key = LoanKey(self.id, self.household_id, self.area_code)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps a person may take now."""
        return tuple(
            step for step, states in STEPS.items() if self.state in states and step != "find_overdue"
        )

    def approve(
        self,
        verdict: Verdict,
        *,
        on: date,
        today: date,
        override_reason: str,
        amount_fen: Fen | None = None,
        annual_rate: Decimal | None = None,
    ) -> None:
        """Approve it as *verdict*, judged on the terms given here, permits; the bank may lend less."""
        self._ensure("approve", on=on, today=today, earlier=self.applied_on)
        terms = self.terms_approved(amount_fen, annual_rate)
        verdict.ensure_permitted(override_reason)
        self.state, self.decided_on, self.terms = LoanState.APPROVED, on, terms
        self.override_reason = override_reason.strip()
        self.doubts = tuple(check.code for check in verdict.doubts)
        self.raise_fact(Approved(self.key, on, terms.amount_fen))

    def terms_approved(self, amount_fen: Fen | None, annual_rate: Decimal | None) -> Terms:
        """Return the terms as the bank changed them; more than was applied for is refused."""
        amount = self.terms.amount_fen if amount_fen is None else amount_fen
        if not 0 < amount <= self.terms.amount_fen:
            raise AmountError(highest_yuan=yuan_text(self.terms.amount_fen))
        rate = self.terms.annual_rate if annual_rate is None else annual_rate
        return replace(self.terms, amount_fen=amount, annual_rate=rate)

    def refuse(self, reason: RefusalReason, note: str, *, on: date) -> None:
        """End the application without a loan; ``other`` needs a note."""
        self._ensure("refuse", on=on, today=on, earlier=self.decided_on or self.applied_on)
        if reason == "other" and not note.strip():
            raise NoteNeededError
        self.state, self.decided_on = LoanState.REFUSED, on
        self.refusal_reason, self.refusal_note = reason, note.strip()
        self.raise_fact(Refused(self.key, on, reason))

    def disburse(self, verdict: Verdict, *, on: date, today: date, override_reason: str = "") -> None:
        """Pay it out; it matures on the same day of the month when its term is over.

        *verdict* is judged anew, for other loans may have come meanwhile: a doubt that
        the approval did not answer needs a reason of its own.
        """
        self._ensure("disburse", on=on, today=today, earlier=self.decided_on)
        new = {check.code for check in verdict.doubts} - set(self.doubts)
        verdict.ensure_permitted(override_reason if new else override_reason or self.override_reason)
        self.override_reason = override_reason.strip() or self.override_reason
        self.doubts = tuple(check.code for check in verdict.doubts)
        self.state, self.disbursed_on = LoanState.DISBURSED, on
        self.due_on = add_months(on, self.terms.term_months)
        self.balance_fen = self.terms.amount_fen
        self.raise_fact(Disbursed(self.key, on, self.terms.amount_fen, self.terms.annual_rate, self.due_on))

    def repay(self, amount_fen: Fen, *, on: date, today: date) -> None:
        """Take *amount_fen* of principal, at most what is left; with nothing left the loan is settled."""
        earlier = self.repayments[-1].on if self.repayments else self.disbursed_on
        self._ensure("repay", on=on, today=today, earlier=earlier)
        if not 0 < amount_fen <= self.balance_fen:
            raise AmountError(highest_yuan=yuan_text(self.balance_fen))
        self.balance_fen -= amount_fen
        self.repayments = (*self.repayments, Repayment(on, amount_fen))
        if self.balance_fen == 0:
            self.state, self.settled_on = LoanState.SETTLED, on
        self.raise_fact(Repaid(self.key, on, amount_fen, self.balance_fen, len(self.repayments)))

    def extend(self, until: date, *, on: date, override_reason: str, policy: CreditPolicy) -> None:
        """Move the maturity to *until*, asked for before it comes. More often than usual needs a reason."""
        self._ensure("extend", on=on, today=on, earlier=self.disbursed_on)
        due_on = self._maturity()
        if on > due_on:
            raise ExtendedTooLateError(due_on=due_on.isoformat())
        if until <= due_on:
            raise MaturityError(due_on=due_on.isoformat())
        self._ensure_term(until, on, override_reason, policy)
        if self.extensions >= policy.extensions_highest.on(on) and not override_reason.strip():
            label = policy.extensions_highest.label
            raise OverrideNeededError(conditions_zh=label.zh, conditions_en=label.en)
        self.due_on, self.extensions = until, self.extensions + 1
        self.override_reason = override_reason.strip() or self.override_reason
        self.raise_fact(Extended(self.key, on, until))

    def _ensure_term(self, until: date, on: date, override_reason: str, policy: CreditPolicy) -> None:
        """Hold the whole term, from the day it was paid out, against the longest one."""
        assert self.disbursed_on is not None, "a disbursed loan has a day of payment"  # noqa: S101
        longest = policy.term_highest_months.entry_on(on)
        if until <= add_months(self.disbursed_on, longest.value):
            return
        if longest.confirmed:
            raise ExtendedTooLongError(months=longest.value)
        if not override_reason.strip():
            label = policy.term_highest_months.label
            raise OverrideNeededError(conditions_zh=label.zh, conditions_en=label.en)

    def find_overdue(self, *, today: date) -> bool:
        """Become overdue when *today* lies after maturity and principal is unpaid; say whether it did."""
        due_on = self._maturity() if self.state in STEPS["find_overdue"] else None
        if due_on is None or today <= due_on:
            return False
        self.state, self.overdue_on = LoanState.OVERDUE, due_on + timedelta(days=1)
        self.raise_fact(Overdue(self.key, self.overdue_on, self.balance_fen, due_on))
        return True

    def _maturity(self) -> date:
        assert self.due_on is not None, "a disbursed loan has a day of maturity"  # noqa: S101
        return self.due_on

    def _ensure(self, step: str, *, on: date, today: date, earlier: date | None) -> None:
        if self.state not in STEPS[step]:
            raise LoanStepError(
                state=self.state.value, state_zh=STATE_ZH[self.state], step=step, step_zh=STEP_ZH[step]
            )
        if on > today:
            raise NotYetError(day=on.isoformat())
        if earlier is not None and on < earlier:
            raise DayOrderError(day=on.isoformat(), earlier=earlier.isoformat())


def apply_for(  # noqa: PLR0913  (the items of an application)
    *,
    loan_id: str,
    household_id: str,
    area_code: str,
    borrower_id: str,
    applied_on: date,
    terms: Terms,
    verdict: Verdict,
    use_note: str,
    bank_branch: str,
    parent_loan_id: str | None,
    today: date,
) -> Loan:
    """Return the application. One that is not eligible is recorded too, so that its refusal has a record."""
    if applied_on > today:
        raise NotYetError(day=applied_on.isoformat())
    loan = Loan(
        id=loan_id,
        household_id=household_id,
        area_code=area_code,
        borrower_id=borrower_id,
        applied_on=applied_on,
        terms=terms,
        eligible=verdict.eligible,
        doubts=tuple(check.code for check in (*verdict.refusals, *verdict.doubts)),
        use_note=use_note,
        bank_branch=bank_branch,
        parent_loan_id=parent_loan_id,
    )
    loan.raise_fact(Applied(loan.key, applied_on, terms.amount_fen, terms.use_code, verdict.eligible))
    return loan
