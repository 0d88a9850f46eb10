"""Rules that need all units of the ranking group: N1 rank table … N6 mean of others' scores."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.expression_functions import as_number, divide
from services.evaluation.domain.rubric.gap import MissingValueError
from services.evaluation.domain.rubric.number import clamp
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.place import places
from services.evaluation.domain.rubric.reference import Query
from services.evaluation.domain.rubric.rules.rule import Award, Case, Rule

Order = Literal["high", "low"]
Ties = Literal["competition", "dense", "average"]
NOUGHT = Fraction(0)
HALF = Fraction(1, 2)


def _place(case: Case, order: Order, ties: Ties) -> tuple[Fraction, str]:
    value, cohort = case.measured, case.cohort()
    place = case.once((order, ties), lambda: places(cohort, order=order, ties=ties))[case.unit]
    return place, f"{w(value)}: #{w(place)}/{len(cohort)}"


def _ends(case: Case) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest value of the group; its unit's own is among them."""
    values = case.cohort().values()
    return case.once("ends", lambda: (min(values), max(values)))


@dataclass(frozen=True, slots=True)
class RankTable:
    """N1: points by rank; *then* less for each place after the last listed (without it: nothing), to *floor*.

    N7 is this over a subtotal: ``input: score_of('section')``. With ``average`` ties a
    place between two gives the mean of theirs.
    """

    type: ClassVar[str] = "rank_table"
    points: tuple[Amount, ...]
    then: Amount | None = None
    order: Order = "high"
    ties: Ties = "competition"
    floor: Amount = NOUGHT

    def award(self, case: Case) -> Award:
        place, sentence = _place(case, self.order, self.ties)
        points = self.at(case, place)
        return Award(points, f"{sentence} → {w(points)}")

    def at(self, case: Case, place: Fraction) -> Fraction:
        """Return the points of *place*; a half place gives the mean of the two beside it."""
        if place.denominator == 1:
            return self._listed(case, int(place))
        above = int(place - HALF)
        return (self._listed(case, above) + self._listed(case, above + 1)) / 2

    def _listed(self, case: Case, place: int) -> Fraction:
        if place <= len(self.points):
            return case.number(self.points[place - 1])
        if self.then is None:
            return case.number(self.floor)
        last = case.number(self.points[-1]) if self.points else case.full
        fallen = last - case.number(self.then) * (place - len(self.points))
        return max(fallen, case.number(self.floor))


@dataclass(frozen=True, slots=True)
class RankDecrement:
    """N2: full for the first, *decrement* less for each place after, to *floor*."""

    type: ClassVar[str] = "rank_decrement"
    decrement: Amount
    order: Order = "high"
    ties: Ties = "competition"
    floor: Amount = NOUGHT

    def award(self, case: Case) -> Award:
        place, sentence = _place(case, self.order, self.ties)
        less, floor = case.number(self.decrement), case.number(self.floor)
        working = f"{sentence}; max({w(case.full)} − {w(less)} × ({w(place)} − 1), {w(floor)})"
        return Award(max(case.full - less * (place - 1), floor), working)


@dataclass(frozen=True, slots=True)
class LeaderRatio:
    """N3: full × own ÷ the best of the group; with *order* ``low``, the lowest ÷ own. Never below nothing."""

    type: ClassVar[str] = "leader_ratio"
    order: Order = "high"

    def award(self, case: Case) -> Award:
        own, (low, high) = case.measured, _ends(case)
        above, below = (own, high) if self.order == "high" else (low, own)
        best = own == (high if self.order == "high" else low)
        if below < 0 or (best and self.order == "low"):  # a ratio of losses says the opposite of itself
            return Award(case.full if best else NOUGHT, f"{w(own)} {'=' if best else '≠'} {w(above)}")
        share = clamp(divide(above, below), NOUGHT, Fraction(1))
        return Award(case.full * share, f"{w(case.full)} × {w(above)} ÷ {w(below)}")


@dataclass(frozen=True, slots=True)
class MinMax:
    """N4: full × (base + span × (v − min) ÷ (max − min)) ÷ (base + span).

    *if_flat* is what stands for the bracket when all units are equal (no source says; the
    best, unless set otherwise). *order* ``low``: the lowest value is the best.
    """

    type: ClassVar[str] = "min_max"
    span: Fraction = Fraction(40)
    base: Fraction = Fraction(60)
    if_flat: Fraction | None = None
    order: Order = "high"

    def award(self, case: Case) -> Award:
        scaled, working = self.scaled(case.measured, *_ends(case))
        out_of = self.base + self.span
        return Award(case.full * scaled / out_of, f"{w(case.full)} × ({working}) ÷ {w(out_of)}")

    def scaled(self, value: Fraction, low: Fraction, high: Fraction) -> tuple[Fraction, str]:
        """Return where *value* lies between the group's ends, from *base* to *base* + *span*."""
        if low == high:
            flat = self.base + self.span if self.if_flat is None else self.if_flat
            return flat, f"max = min = {w(low)} → {w(flat)}"
        first, last = (low, high) if self.order == "high" else (high, low)
        above = f"({w(value)} − {w(first)}) ÷ ({w(last)} − {w(first)})"
        return self.base + self.span * (value - first) / (
            last - first
        ), f"{w(self.base)} + {w(self.span)} × {above}"


@dataclass(frozen=True, slots=True)
class RelativeToMean:
    """N5: *rule*, whose amounts may read ``mean``, of the group (*others*: without the unit itself)."""

    type: ClassVar[str] = "relative_to_mean"
    rule: Rule
    floor: Amount | None = None
    cap: Amount | None = None
    others: bool = False

    def award(self, case: Case) -> Award:
        own = case.measured
        mean = self._mean(case, own)
        points, working = self.rule.award(case.holding(own, mean=mean))
        low = None if self.floor is None else case.number(self.floor)
        high = None if self.cap is None else case.number(self.cap)
        bounds = "".join(
            f"; {sign} {w(bound)}" for sign, bound in (("≥", low), ("≤", high)) if bound is not None
        )
        return Award(clamp(points, low, high), f"mean = {w(mean)}; {working}{bounds}")

    def _mean(self, case: Case, own: Fraction) -> Fraction:
        cohort = case.cohort()
        total = case.once("sum", lambda: sum(cohort.values(), NOUGHT))
        if not self.others:
            return total / len(cohort)
        if len(cohort) == 1:
            raise MissingValueError("mean of nobody else / 无其他可比单位")
        return (total - own) / (len(cohort) - 1)


@dataclass(frozen=True, slots=True)
class MeanScore:
    """N6: the mean points that the units chosen by *where* (attribute, value) got for *item*.

    The item may be the one the rule stands in, for units of another kind (``when``).
    """

    type: ClassVar[str] = "mean_score"
    item: str
    where: tuple[tuple[str, str], ...] = ()

    def award(self, case: Case) -> Award:
        points = as_number(case.ask(Query("mean_score", self.item, "", self.where)))
        chosen = ", ".join(f"{name} = {value}" for name, value in self.where)
        return Award(points, f"mean({self.item}{': ' if chosen else ''}{chosen}) = {w(points)}")
