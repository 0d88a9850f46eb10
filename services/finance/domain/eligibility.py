"""Eligibility for micro-credit: every condition one by one, with its paper and whether it is confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from services.finance.domain.borrower import Borrower
from services.finance.domain.errors import (
    AmountNotPositiveError,
    NotEligibleError,
    OverrideNeededError,
    RateError,
    TermError,
    UseUnknownError,
)
from services.finance.domain.policy import CreditPolicy
from shared.kernel.money import Fen, yuan_text
from shared.parameters.figure import DatedFigure, Label

T = TypeVar("T")

_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked for. *annual_rate* is a fraction (0.037 is 3.7 %); *rated*: 评级授信 was passed."""

    amount_fen: Fen
    term_months: int
    annual_rate: Decimal
    use_code: str
    rated: bool
    top_up: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What the household's other loans say, approved ones not paid out yet among them.

    How many there are, how much principal they make, and how often this one was renewed before.
    """

    live_loans: int = 0
    renewals: int = 0
    owed_fen: Fen = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: what was found against what is asked, by which paper; unconfirmed, it never refuses.

    *found* and *asked* are figures and codes (household types, uses), apart by spaces.
    """

    code: str
    label: Label
    found: str
    asked: str
    passed: bool
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every check of an application on one day."""

    checks: tuple[Check, ...]

    @property
    def eligible(self) -> bool:
        """Whether every confirmed condition is met."""
        return not self.refusals

    @property
    def refusals(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.passed and check.confirmed)

    @property
    def doubts(self) -> tuple[Check, ...]:
        """Unconfirmed conditions that are not met: an officer may go on with a reason."""
        return tuple(check for check in self.checks if not check.passed and not check.confirmed)

    def ensure_permitted(self, override_reason: str) -> None:
        """Refuse what a confirmed condition rules out, and a doubt that nobody answered."""
        if self.refusals:
            raise NotEligibleError(**_named(self.refusals))
        if self.doubts and not override_reason.strip():
            raise OverrideNeededError(**_named(self.doubts))


def _named(checks: tuple[Check, ...]) -> dict[str, object]:
    return {
        "conditions_zh": "、".join(check.label.zh for check in checks),
        "conditions_en": ", ".join(check.label.en for check in checks),
        "codes": [check.code for check in checks],
    }


def ensure_readable(terms: Terms, policy: CreditPolicy, day: date) -> None:
    """Refuse terms that can only be slips: no amount, no term, a rate in percent, a use nobody knows."""
    if terms.amount_fen <= 0:
        raise AmountNotPositiveError
    if terms.term_months < 1:
        raise TermError
    if not 0 <= terms.annual_rate < 1:
        raise RateError
    if terms.use_code not in policy.uses.on(day) and terms.use_code not in policy.forbidden_uses.on(day):
        raise UseUnknownError(use_code=terms.use_code[:20])


def judge(
    borrower: Borrower,
    person_id: str,
    terms: Terms,
    standing: Standing,
    *,
    day: date,
    policy: CreditPolicy,
) -> Verdict:
    """Return every check of *terms* for *borrower*, signed by *person_id*, as the policy stood on *day*."""
    age = borrower.age_of(person_id, day)
    return Verdict(
        (
            *_household_type(borrower, policy, day),
            _limit(policy.lowest_age, day, str(age), lambda lowest: age >= lowest, "≥ {}"),
            _limit(policy.highest_age, day, str(age), lambda highest: age <= highest, "≤ {}"),
            _amount(terms, standing, policy, day),
            _limit(
                policy.term_highest_months,
                day,
                str(terms.term_months),
                lambda longest: terms.term_months <= longest,
                "≤ {}",
            ),
            _rate(terms, policy, day),
            _use(terms, policy, day),
            _rating(terms, policy, day),
            _limit(
                policy.live_loans_highest,
                day,
                str(standing.live_loans),
                lambda highest: standing.live_loans < highest,
                "< {}",
            ),
            _limit(
                policy.renewals_highest,
                day,
                str(standing.renewals),
                lambda highest: standing.renewals <= highest,
                "≤ {}",
            ),
        )
    )


def _limit(figure: DatedFigure[T], day: date, found: str, met: Callable[[T], bool], asked: str) -> Check:
    entry = figure.entry_on(day)
    return Check(
        figure.key,
        figure.label,
        found,
        asked.format(entry.value),
        met(entry.value),
        entry.confirmed,
        entry.source,
    )


def _household_type(borrower: Borrower, policy: CreditPolicy, day: date) -> tuple[Check, ...]:
    kinds = borrower.kinds_on(day)
    listed, extended = policy.household_types.entry_on(day), policy.household_types_extended.entry_on(day)
    in_list, in_extended = bool(kinds & set(listed.value)), bool(kinds & set(extended.value))
    found = " ".join(sorted(kinds))
    either = Check(
        policy.household_types.key,
        policy.household_types.label,
        found,
        " ".join(listed.value),
        in_list or in_extended,
        listed.confirmed,
        listed.source,
    )
    if in_list or not in_extended:
        return (either,)
    doubt = Check(
        policy.household_types_extended.key,
        policy.household_types_extended.label,
        found,
        " ".join(listed.value),
        passed=False,
        confirmed=extended.confirmed,
        source=extended.source,
    )
    return (either, doubt)


def _amount(terms: Terms, standing: Standing, policy: CreditPolicy, day: date) -> Check:
    """The limit is the household's (以户为单位): what it owes already counts, for a top-up as well."""
    figure = policy.top_up_highest if terms.top_up else policy.amount_highest
    entry = figure.entry_on(day)
    total = standing.owed_fen + terms.amount_fen
    parts = f" = {yuan_text(standing.owed_fen)} + {yuan_text(terms.amount_fen)}" if standing.owed_fen else ""
    return Check(
        figure.key,
        figure.label,
        f"{yuan_text(total)}{parts}",
        f"≤ {yuan_text(entry.value)}",
        total <= entry.value,
        entry.confirmed,
        entry.source,
    )


def _rate(terms: Terms, policy: CreditPolicy, day: date) -> Check:
    """Up to one year not above the one-year LPR of the day, beyond it not above that of five years."""
    figure = policy.lpr_one_year if terms.term_months <= _YEAR_MONTHS else policy.lpr_five_years
    entry = figure.entry_on(day)
    found, asked = f"{terms.annual_rate * 100:.2f}%", f"≤ {entry.value * 100:.2f}%"
    met = terms.annual_rate <= entry.value
    return Check(figure.key, figure.label, found, asked, met, entry.confirmed, entry.source)


def _use(terms: Terms, policy: CreditPolicy, day: date) -> Check:
    entry = policy.forbidden_uses.entry_on(day)
    met = terms.use_code not in entry.value
    figure = policy.forbidden_uses
    asked = " ".join(entry.value)
    return Check(figure.key, figure.label, terms.use_code, f"≠ {asked}", met, entry.confirmed, entry.source)


def _rating(terms: Terms, policy: CreditPolicy, day: date) -> Check:
    entry = policy.rating_needed.entry_on(day)
    met = terms.rated or not entry.value
    figure = policy.rating_needed
    found, asked = "✓" if terms.rated else "✗", "✓" if entry.value else "–"
    return Check(figure.key, figure.label, found, asked, met, entry.confirmed, entry.source)
