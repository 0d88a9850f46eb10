"""Rules that hold a value against a target: M1 all or nothing, M2 share, M3 coefficient, M4 steps."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.expression_functions import divide
from services.evaluation.domain.rubric.number import Steps, clamp, count_steps
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.rules.rule import Award, Case

Comparison = Literal["=", ">=", "<=", "<", ">"]
NOUGHT = Fraction(0)

MEETS: dict[Comparison, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda value, target: value == target,
    ">=": lambda value, target: value >= target,
    "<=": lambda value, target: value <= target,
    "<": lambda value, target: value < target,
    ">": lambda value, target: value > target,
}


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """M1: full points when the value meets *target*, else none. No target: the value is yes or no."""

    type: ClassVar[str] = "all_or_nothing"
    op: Comparison = ">="
    target: Amount | None = None

    def award(self, case: Case) -> Award:
        if self.target is None:
            if not isinstance(case.value, bool):
                raise case.wrong("yes or no is needed / 须填是或否")
            return Award(case.full, f"✓ → {w(case.full)}") if case.value else Award(NOUGHT, "✗ → 0")
        target = case.number(self.target)
        sentence = f"{w(case.measured)} {self.op} {w(target)}"
        if MEETS[self.op](case.measured, target):
            return Award(case.full, f"{sentence} → {w(case.full)}")
        return Award(NOUGHT, f"not {sentence} → 0")


@dataclass(frozen=True, slots=True)
class Proportional:
    """M2: full × value ÷ *target*, from nothing to full; over-fulfilment adds nothing."""

    type: ClassVar[str] = "proportional"
    target: Amount = Fraction(1)

    def award(self, case: Case) -> Award:
        target = case.number(self.target)
        share = clamp(divide(case.measured, target), NOUGHT, Fraction(1))
        return Award(case.full * share, f"{w(case.full)} × min({w(case.measured)} ÷ {w(target)}, 1)")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """M3: *factor* points for each unit of the value, between nothing and full (where there is a full).

    With factor 1 the value is the score: imported scores (C6), means of others (N6).
    """

    type: ClassVar[str] = "coefficient"
    factor: Amount = Fraction(1)

    def award(self, case: Case) -> Award:
        factor = case.number(self.factor)
        working = f"min({w(factor)} × {w(case.measured)}, {w(case.full)})"
        return Award(clamp(factor * case.measured, NOUGHT, case.full), working)


@dataclass(frozen=True, slots=True)
class Stepped:
    """M4: *deduct* points for each *step* by which the value misses the target, down to nothing.

    *steps* says what a begun step counts: ``exact`` in proportion, ``floor`` not at
    all, ``ceil`` as a whole one. With a strict target (``<``, ``>``) a value equal
    to it has missed it, and counts as one begun step under ``ceil``.
    """

    type: ClassVar[str] = "stepped"
    target: Amount
    step: Amount
    deduct: Amount
    steps: Steps
    op: Comparison = ">="

    def award(self, case: Case) -> Award:
        target, step, deduct = (case.number(amount) for amount in (self.target, self.step, self.deduct))
        value, full = case.measured, case.full
        if MEETS[self.op](value, target):
            return Award(full, f"{w(value)} {self.op} {w(target)} → {w(full)}")
        if step <= 0:
            raise case.wrong("the step must be more than 0 / 步长须大于0")
        count = count_steps(abs(value - target), step, self.steps)
        if self.steps == "ceil":
            count = max(count, Fraction(1))
        rounded = "" if self.steps == "exact" else f" ({self.steps})"
        steps = f"|{w(value)} − {w(target)}| ÷ {w(step)} = {w(count)}{rounded}"
        working = f"{steps}; max({w(full)} − {w(deduct)} × {w(count)}, 0)"
        return Award(clamp(full - deduct * count, NOUGHT, full), working)
