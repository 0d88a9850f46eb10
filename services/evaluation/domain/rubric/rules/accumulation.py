"""Rules that add up: M11 accumulation, M19 signed base, and a formula for what no other rule says."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.expression_functions import as_number, divide
from services.evaluation.domain.rubric.number import clamp
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.rules.rule import Award, Case

NOUGHT = Fraction(0)
FULL = Expression.parse("full")


@dataclass(frozen=True, slots=True)
class Rate:
    """*points* for each *per* of the input *input* ("" is the unnamed value)."""

    points: Amount
    per: Amount = Fraction(1)
    input: str = ""


@dataclass(frozen=True, slots=True)
class Accumulation:
    """M11: Σ points × value ÷ per, without upper end unless *cap* sets one. Full marks are not read."""

    type: ClassVar[str] = "accumulation"
    rates: tuple[Rate, ...]
    cap: Amount | None = None

    def award(self, case: Case) -> Award:
        total, terms = NOUGHT, []
        for rate in self.rates:
            value = case.measured if not rate.input else as_number(case.input(rate.input))
            points, per = case.number(rate.points), case.number(rate.per)
            total += points * divide(value, per)
            terms.append(f"{w(points)} × {w(value)} ÷ {w(per)}")
        working = " + ".join(terms)
        if self.cap is None:
            return Award(total, working)
        cap = case.number(self.cap)
        return Award(min(total, cap), f"min({working}, {w(cap)})")


@dataclass(frozen=True, slots=True)
class SignedBase:
    """M19: *base* plus bonus (at most *bonus_cap*) less penalty (*penalty_cap*); may be below 0."""

    type: ClassVar[str] = "signed_base"
    base: Amount
    bonus: Amount = NOUGHT
    penalty: Amount = NOUGHT
    bonus_cap: Amount | None = None
    penalty_cap: Amount | None = None

    def award(self, case: Case) -> Award:
        base = case.number(self.base)
        more, plus = _capped(case, self.bonus, self.bonus_cap)
        less, minus = _capped(case, self.penalty, self.penalty_cap)
        return Award(base + more - less, f"{w(base)} + {plus} − {minus}")


def _capped(case: Case, amount: Amount, cap: Amount | None) -> tuple[Fraction, str]:
    points = case.number(amount)
    if cap is None:
        return points, w(points)
    most = case.number(cap)
    return min(points, most), f"min({w(points)}, {w(most)})"


@dataclass(frozen=True, slots=True)
class Formula:
    """Points by an expression, between *floor* and *cap* (full, where the item has it and no cap is set)."""

    type: ClassVar[str] = "formula"
    points: Expression
    floor: Amount | None = NOUGHT
    cap: Amount | None = FULL

    def award(self, case: Case) -> Award:
        low = None if self.floor is None else case.number(self.floor)
        high = None if self.cap is None else case.number(self.cap)
        points = clamp(case.number(self.points), low, high)
        return Award(points, f"{self.points.text} = {w(points)}")
