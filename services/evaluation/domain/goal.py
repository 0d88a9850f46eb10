"""What it would take: the fewest cases to put right for so many points more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from services.evaluation.domain.method import Measured
from services.evaluation.domain.scoreboard import ScoreLine

MOST_CASES = 200
"""Plans with more cases than this in all are not looked for: such a goal is out of reach this year."""


@dataclass(frozen=True, slots=True)
class Lever:
    """An indicator and what it adds to the total when 1, 2, 3 … of its cases are put right."""

    indicator: str
    gains: tuple[Fraction, ...]


def lever(line: ScoreLine, weight: Fraction, full: Fraction, most: int = MOST_CASES) -> Lever | None:
    """Return what putting cases of *line* right adds to the total, *weight* for each of its points.

    A case is one more of the numerator, or one fewer where fewer is better. None where
    nothing was lost, or where a case cannot be told: money, medians, what is not in the base.
    """
    rule = line.indicator
    if line.points is None or line.lost <= 0 or not rule.in_base or rule.counted_in or rule.kind == "median":
        return None
    last = most if rule.kind == "count" else int(line.denominator - line.numerator)
    last = min(max(last, 0) + (1 if rule.split_target else 0), most)
    ways = (_points(line, full, 1, last), _points(line, full, -1, min(int(line.numerator), most)))
    points = max(ways, key=lambda way: way[-1] if way else Fraction(-1))
    gains = [max((one - line.points) * weight, Fraction(0)) for one in points]
    while gains and (gains[-1] == 0 or (len(gains) > 1 and gains[-1] == gains[-2])):
        gains.pop()
    return Lever(rule.id, tuple(gains)) if gains else None


def _points(line: ScoreLine, full: Fraction, step: int, last: int) -> list[Fraction]:
    rule, found = line.indicator, []
    for cases in range(1, last + 1):
        numerator = line.numerator + step * cases
        rate = rule.kind == "rate"
        value = 100 * numerator / line.denominator if rate else numerator
        occurrences = max(line.denominator - numerator if rate else numerator, Fraction(0))
        found.append(rule.method.award(Measured(value, occurrences), full).points)
    return found


def fewest_cases(levers: Sequence[Lever], need: Fraction, most: int = MOST_CASES) -> Mapping[str, int] | None:
    """Return how many cases of which indicator, the fewest in all, bring at least *need*; None if none do.

    For every number of cases the greatest gain is worked out over all ways to share them
    out among the indicators, so nothing with fewer cases can do it. Of plans with the same
    number the one with the greatest gain is returned.
    """
    if need <= 0:
        return {}
    for limit in (6, 25, 80, most):  # a near goal is found without the work of a far one
        if limit <= most and (found := _within(levers, need, limit)) is not None:
            return found
    return None


def _within(levers: Sequence[Lever], need: Fraction, limit: int) -> Mapping[str, int] | None:
    """Return the plan of the fewest cases up to *limit*: knapsack over whole numbers, exactly."""
    scale = lcm(*(gain.denominator for one in levers for gain in one.gains), need.denominator)
    best, taken = [0] * (limit + 1), []
    for one in levers:
        gains = [int(gain * scale) for gain in one.gains[:limit]]
        useful = [
            (cases, gain) for cases, gain in enumerate(gains, 1) if cases == 1 or gain > gains[cases - 2]
        ]
        after, choice = list(best), [0] * (limit + 1)
        for cases, gain in useful:
            for total in range(cases, limit + 1):
                if best[total - cases] + gain > after[total]:
                    after[total], choice[total] = best[total - cases] + gain, cases
        best = after
        taken.append(choice)
    left = next((total for total, gain in enumerate(best) if gain >= need * scale), None)
    if left is None:
        return None
    plan = {}
    for one, choice in zip(reversed(levers), reversed(taken), strict=True):
        if choice[left]:
            plan[one.indicator] = choice[left]
            left -= choice[left]
    return dict(sorted(plan.items()))
