"""What is counted of micro-credit: lent to those who may borrow, lent this year, overdue."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from services.evaluation.domain.counting import Counting, Question, Share
from services.evaluation.domain.fact import Fact

APPLIED = "finance.loan_applied"
REFUSED = "finance.loan_refused"
DISBURSED = "finance.loan_disbursed"
REPAID = "finance.loan_repaid"
OVERDUE = "finance.loan_overdue"

_WITHDRAWN = "withdrawn"
"""The reason of a refusal when the household took its application back."""


def _loan(fact: Fact) -> str:
    return str(fact.data["loan_id"])


def _answer(facts: Sequence[Fact], question: Question) -> bool | None:
    """Say of one eligible application whether it was lent; None while it waits, or when it was withdrawn."""
    applied = next((fact for fact in facts if fact.name == APPLIED), None)
    if applied is None or not applied.data["eligible"] or applied.occurred_on < question.since:
        return None
    if any(fact.name == DISBURSED for fact in facts):
        return True
    refusals = [fact for fact in facts if fact.name == REFUSED]
    if any(fact.data.get("reason") == _WITHDRAWN for fact in refusals):
        return None
    late = question.over(applied.occurred_on + timedelta(days=question.figure("loan_answer_days")))
    return False if refusals or late else None


def _lent_as_due(facts: Sequence[Fact], question: Question) -> Share | None:
    """One for each household with an eligible application answered or overdue; met when one was lent.

    An application the household itself took back says nothing about the bank.
    """
    by_loan: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_loan[_loan(fact)].append(fact)
    answers = [_answer(mine, question) for mine in by_loan.values()]
    if all(lent is None for lent in answers):
        return None
    town = next(fact.town for fact in facts if fact.name == APPLIED)
    return Share(town, int(any(answers)), 1)


eligible_applications_lent = Counting(
    "eligible_applications_lent",
    (APPLIED, REFUSED, DISBURSED),
    lambda fact: fact.household_id,
    _lent_as_due,
    anchors=frozenset({APPLIED}),
)


def _lent(facts: Sequence[Fact], question: Question) -> Share | None:
    paid = facts[0] if facts else None
    if paid is None or paid.occurred_on < question.since:
        return None
    return Share(paid.town, paid.data["amount_fen"], 0)


lent_this_year = Counting("lent_this_year", (DISBURSED,), _loan, _lent)


def _principal_overdue(facts: Sequence[Fact], _question: Question) -> Share | None:
    """The principal still owed, and as much of it as is past its day."""
    paid_out = next((fact for fact in facts if fact.name == DISBURSED), None)
    if paid_out is None:
        return None
    repaid = [fact for fact in facts if fact.name == REPAID]
    last = max(repaid, key=lambda fact: (fact.data["sequence"], fact.event_id), default=None)
    balance = last.data["balance_fen"] if last else paid_out.data["amount_fen"]
    if balance <= 0:
        return None
    overdue = any(fact.name == OVERDUE for fact in facts)
    return Share(paid_out.town, balance if overdue else 0, balance)


principal_overdue = Counting("principal_overdue", (DISBURSED, REPAID, OVERDUE), _loan, _principal_overdue)

COUNTINGS = (eligible_applications_lent, lent_this_year, principal_overdue)
