"""What one point of an indicator is worth in a unit's total, by the year's scheme, and what is lost there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scheme import Figure, Scheme, figures_of
from services.evaluation.domain.scoreboard import UnitScore


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit's total before it is kept within 0 and 100, and what its base indicators do to it.

    *weights* is the change of the total for one point of an indicator, *losses* what the points
    not won there cost the total now. Below the scheme's floor and cap the total is a straight line in them.
    """

    total: Fraction
    weights: Mapping[str, Fraction]
    losses: Mapping[str, Fraction]


def weighed(score: UnitScore, rulebook: Rulebook, as_of: date) -> Weighed | None:
    """Return how the total of *score* rests on its base indicators; None where there is no total."""
    rubric = replace(rulebook.schemes[score.unit.group], floor=None, cap=None)
    scheme = Scheme(rulebook, rubric)
    marks = dict(score.marks)
    figures = figures_of(score.lines)

    def total(some: list[Figure]) -> Fraction | None:
        cells = scheme.cells(score.unit.id, some, marks)
        return None if cells is None else scheme.score({"": cells}, as_of)[""].total

    now = total(figures)
    if now is None:
        return None
    weights, losses = {}, {}
    of_group: dict[bool, Fraction] = {}
    for at, one in enumerate(figures):
        rule = rulebook.indicator(one.indicator)
        if not rule.in_base or not one.full:
            continue
        own = score.unit.id in rulebook.work_point(rule.item).responsible
        if own not in of_group:  # a point more, wherever it is won in the same part, does the same
            more = [*figures[:at], one._replace(points=one.points + 1), *figures[at + 1 :]]
            of_group[own] = (total(more) or Fraction(0)) - now
        weights[one.indicator] = of_group[own]
        losses[one.indicator] = (one.full - one.points) * of_group[own]
    return Weighed(now, weights, losses)
