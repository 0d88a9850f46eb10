"""Rules along a line: M7 linear band, M9 over and under with own steps, M10 symmetric, M18 inverse."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.expression_functions import divide
from services.evaluation.domain.rubric.number import Steps, clamp, count_steps
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.rules.rule import Award, Case

NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class LinearBand:
    """M7: full up to *full_at*, nothing above *zero_above*, a straight line between.

    With *zero_above* the smaller of the two the line falls the other way: full from
    *full_at* up, nothing below the other.
    """

    type: ClassVar[str] = "linear_band"
    full_at: Amount
    zero_above: Amount

    def award(self, case: Case) -> Award:
        good, bad = case.number(self.full_at), case.number(self.zero_above)
        value, full = case.measured, case.full
        rising = bad < good
        if value >= good if rising else value <= good:
            return Award(full, f"{w(value)} {'≥' if rising else '≤'} {w(good)} → {w(full)}")
        if value < bad if rising else value > bad:
            return Award(NOUGHT, f"{w(value)} {'<' if rising else '>'} {w(bad)} → 0")
        share = f"({w(bad)} − {w(value)}) ÷ ({w(bad)} − {w(good)})"
        return Award(full * (bad - value) / (bad - good), f"{w(full)} × {share}")


@dataclass(frozen=True, slots=True)
class OverUnder:
    """M9: *over_points* more for each *over_step* over the target (to *over_cap*), less under it.

    *step_of* ``target``: the steps are shares of the target (0.1: each 10 per cent of it).
    """

    type: ClassVar[str] = "over_under"
    target: Amount
    over_step: Amount
    over_points: Amount
    under_step: Amount
    under_deduct: Amount
    over_cap: Amount | None = None
    over_step_of: Literal["value", "target"] = "value"
    under_step_of: Literal["value", "target"] = "value"
    steps: Steps = "floor"

    def award(self, case: Case) -> Award:
        target, value, full = case.number(self.target), case.measured, case.full
        over = value >= target
        each = case.number(self.over_step if over else self.under_step)
        of_target = (self.over_step_of if over else self.under_step_of) == "target"
        step = each * target if of_target else each
        if value == target:
            return Award(full, f"{w(value)} = {w(target)} → {w(full)}")
        if step <= 0:
            raise case.wrong("the step must be more than 0 / 步长须大于0")
        count = count_steps(abs(value - target), step, self.steps)
        steps = f"|{w(value)} − {w(target)}| ÷ {w(step)} → {w(count)}"
        if not over:
            deduct = case.number(self.under_deduct)
            points = max(full - deduct * count, NOUGHT)
            return Award(points, f"{steps}; max({w(full)} − {w(deduct)} × {w(count)}, 0)")
        points = case.number(self.over_points)
        if self.over_cap is None:
            return Award(full + points * count, f"{steps}; {w(full)} + {w(points)} × {w(count)}")
        cap = case.number(self.over_cap)
        working = f"{steps}; {w(full)} + min({w(points)} × {w(count)}, {w(cap)})"
        return Award(full + min(points * count, cap), working)


@dataclass(frozen=True, slots=True)
class Symmetric:
    """M10: full at the target, *points* more or less for each *step* above or below; open unless bounded."""

    type: ClassVar[str] = "symmetric"
    target: Amount
    step: Amount
    points: Amount
    floor: Amount | None = None
    cap: Amount | None = None
    steps: Steps = "exact"

    def award(self, case: Case) -> Award:
        target, step, points = (case.number(amount) for amount in (self.target, self.step, self.points))
        if step <= 0:
            raise case.wrong("the step must be more than 0 / 步长须大于0")
        gap = case.measured - target
        count = count_steps(abs(gap), step, self.steps) * (1 if gap >= 0 else -1)
        low = None if self.floor is None else case.number(self.floor)
        high = None if self.cap is None else case.number(self.cap)
        steps = f"({w(case.measured)} − {w(target)}) ÷ {w(step)} → {w(count)}"
        bounds = "".join(
            f"; {sign} {w(bound)}" for sign, bound in (("≥", low), ("≤", high)) if bound is not None
        )
        working = f"{steps}; {w(case.full)} + {w(points)} × {w(count)}{bounds}"
        return Award(clamp(case.full + points * count, low, high), working)


@dataclass(frozen=True, slots=True)
class Inverse:
    """M18: full at nought, falling in proportion to nothing at *zero_at* (1: a share)."""

    type: ClassVar[str] = "inverse"
    zero_at: Amount = Fraction(1)

    def award(self, case: Case) -> Award:
        zero_at = case.number(self.zero_at)
        left = clamp(1 - divide(case.measured, zero_at), NOUGHT, Fraction(1))
        return Award(case.full * left, f"{w(case.full)} × max(1 − {w(case.measured)} ÷ {w(zero_at)}, 0)")
