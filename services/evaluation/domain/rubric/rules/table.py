"""Rules that look points up: M6 tiers and categories, M8 banded ranges, M17 qualitative tiers."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.expression_functions import as_number, as_text
from services.evaluation.domain.rubric.gap import MissingValueError
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.rules.rule import Award, Case

Outside = Literal["missing", "zero", "full"]
"""What a value in no band is; ``missing`` leaves it to people, since the paper has a hole there."""

NOUGHT = Fraction(0)
HUNDRED = Fraction(100)


def _outside(case: Case, outside: Outside) -> Award:
    if outside == "missing":
        raise MissingValueError(f"no band for / 无对应档次: {as_text(case.value)}")
    points = case.full if outside == "full" else NOUGHT
    return Award(points, f"{as_text(case.value)}: no band → {w(points)}")


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of values: each bound may be left open. *points* may be an expression over ``full``."""

    points: Amount
    at_least: Amount | None = None
    above: Amount | None = None
    at_most: Amount | None = None
    below: Amount | None = None

    def holds(self, case: Case) -> bool:
        value = case.measured
        return (
            (self.at_least is None or value >= case.number(self.at_least))
            and (self.above is None or value > case.number(self.above))
            and (self.at_most is None or value <= case.number(self.at_most))
            and (self.below is None or value < case.number(self.below))
        )

    def written(self, case: Case) -> str:
        bounds = (("≥", self.at_least), (">", self.above), ("≤", self.at_most), ("<", self.below))
        return ", ".join(f"{sign} {w(case.number(bound))}" for sign, bound in bounds if bound is not None)


@dataclass(frozen=True, slots=True)
class Tiers:
    """M6: points by the first tier that holds, or by the category (a word, or yes and no) in the value."""

    type: ClassVar[str] = "tiers"
    tiers: tuple[Tier, ...] = ()
    categories: tuple[tuple[str, Amount], ...] = ()
    outside: Outside = "missing"

    def award(self, case: Case) -> Award:
        word = as_text(case.value)
        for category, amount in self.categories:
            if category == word:
                return Award(case.number(amount), f"{category} → {w(case.number(amount))}")
        if self.tiers and not isinstance(case.value, str):
            for tier in self.tiers:
                if tier.holds(case):
                    points = case.number(tier.points)
                    return Award(points, f"{word}: {tier.written(case)} → {w(points)}")
        return _outside(case, self.outside)


@dataclass(frozen=True, slots=True)
class Band:
    """Values from *low* to *high* give points from *at_low* to *at_high*, on a straight line.

    An end that is None is open without limit; such a band is flat (its finite end says the points).
    """

    low: Amount | None
    high: Amount | None
    at_low: Amount
    at_high: Amount
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Bands:
    """M8: piecewise points; the first band that holds the value counts, so bands may share an edge."""

    type: ClassVar[str] = "bands"
    bands: tuple[Band, ...]
    outside: Outside = "missing"

    def award(self, case: Case) -> Award:
        value = case.measured
        for band in self.bands:
            low = None if band.low is None else case.number(band.low)
            high = None if band.high is None else case.number(band.high)
            reaches = low is None or value > low or (value == low and not band.low_open)
            if reaches and (high is None or value < high or (value == high and not band.high_open)):
                return self._between(case, band, low, high)
        return _outside(case, self.outside)

    def _between(self, case: Case, band: Band, low: Fraction | None, high: Fraction | None) -> Award:
        first, last, value = case.number(band.at_low), case.number(band.at_high), case.measured
        if low is None or high is None:
            points = last if low is None else first
            return Award(points, f"{w(value)}: [{_end(low, '−')}, {_end(high, '+')}] → {w(points)}")
        if low == high or first == last:
            return Award(first, f"{w(value)}: [{w(low)}, {w(high)}] → {w(first)}")
        share = f"({w(value)} − {w(low)}) ÷ ({w(high)} − {w(low)})"
        points = first + (last - first) * (value - low) / (high - low)
        return Award(points, f"{w(first)} + ({w(last)} − {w(first)}) × {share}")


def _end(end: Fraction | None, sign: str) -> str:
    return f"{sign}∞" if end is None else w(end)


@dataclass(frozen=True, slots=True)
class Quality:
    """A tier of judgement: from *top* down to *bottom* per cent of full points."""

    name: str
    top: Fraction
    bottom: Fraction


@dataclass(frozen=True, slots=True)
class Qualitative:
    """M17: an assessor picks a tier (its name), and with the input ``percent`` a place in it; else its top.

    A number instead of a name is the per cent itself. A percentage outside the tier named
    is refused.
    """

    type: ClassVar[str] = "qualitative"
    tiers: tuple[Quality, ...] = (
        Quality("好", HUNDRED, Fraction(80)),
        Quality("一般", Fraction(80), Fraction(60)),
        Quality("差", Fraction(60), NOUGHT),
    )

    def award(self, case: Case) -> Award:
        percent, name = self._percent(case)
        if not 0 <= percent <= HUNDRED:
            raise case.wrong("per cent are 0 to 100 / 百分比须为0至100")
        return Award(case.full * percent / HUNDRED, f"{name}{w(case.full)} × {w(percent)} ÷ 100")

    def _percent(self, case: Case) -> tuple[Fraction, str]:
        if not isinstance(case.value, str):
            return case.measured, ""
        tier = next((tier for tier in self.tiers if tier.name == case.value), None)
        if tier is None:
            words = "、".join(tier.name for tier in self.tiers)
            raise case.wrong(f"no tier {case.value}: write one of {words} / 没有这一档次，须填：{words}")
        try:
            percent = as_number(case.input("percent"))
        except MissingValueError:
            percent = tier.top
        if not tier.bottom <= percent <= tier.top:
            raise case.wrong(f"{w(percent)} is not in {tier.name} / 不在该档次内")
        return percent, f"{tier.name}: "
