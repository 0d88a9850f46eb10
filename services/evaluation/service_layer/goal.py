"""What it would take for a unit to reach the next rank and the next grade, all others staying as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.evaluation.domain.goal import MOST_CASES, Lever, fewest_cases, lever
from services.evaluation.domain.line_weight import Weighed, weighed
from services.evaluation.domain.rule import Grade, Rulebook
from services.evaluation.domain.scheme import Scheme, figures_of
from services.evaluation.domain.scoreboard import Scoreboard, ScoreLine, UnitScore

_HUNDREDTH, _HALF = Decimal("0.01"), Fraction(1, 200)


@dataclass(frozen=True, slots=True)
class Step:
    """Of *line* so many cases put right; *gain* is what that adds to the total."""

    line: ScoreLine
    cases: int
    gain: Fraction


@dataclass(frozen=True, slots=True)
class Goal:
    """A rank or a grade, and the fewest cases that lead there.

    *total* is the published total needed. *steps* is None where no plan of up to
    ``MOST_CASES`` cases does it; *barred* names the vetoes that no points overcome.
    """

    rank: int | None
    grade: Grade | None
    total: Decimal | None
    steps: tuple[Step, ...] | None
    barred: tuple[str, ...] = ()

    @property
    def cases(self) -> int:
        return sum(step.cases for step in self.steps or ())


@dataclass(frozen=True, slots=True)
class Goals:
    """The next rank and the next grade; None where the unit is first or has the highest.

    *left_out* are lines where points were lost and no case can be told: money, medians, reports that
    are missing, deductions. What is said is what suffices without them.
    """

    rank: Goal | None
    grade: Goal | None
    left_out: tuple[ScoreLine, ...]


def goals_of(board: Scoreboard, unit_id: str, rulebook: Rulebook) -> Goals | None:
    """Return what *unit_id* would have to put right; None where it has no total.

    Raises UnknownUnitError.
    """
    score = board.unit(unit_id)
    group = board.towns if score.unit.group == "town" else board.departments
    parts = weighed(score, rulebook, board.as_of)
    if parts is None or score.total is None or score.rank is None:
        return None
    search = _Search(board, group, score, rulebook, parts)
    return Goals(search.next_rank(), search.next_grade(), search.left_out())


class _Search:
    def __init__(
        self,
        board: Scoreboard,
        group: Sequence[UnitScore],
        score: UnitScore,
        rulebook: Rulebook,
        parts: Weighed,
    ) -> None:
        self._board, self._group, self._score = board, group, score
        self._rulebook, self._parts = rulebook, parts
        self._others = sorted(
            {one.total for one in group if one.total is not None and one.unit != score.unit}
        )
        made = (
            lever(line, parts.weights[line.indicator.id], line.max_points)
            for line in score.lines
            if line.indicator.id in parts.weights
        )
        self._levers = [one for one in made if one is not None]

    def left_out(self) -> tuple[ScoreLine, ...]:
        told = {one.indicator for one in self._levers}
        return tuple(
            line
            for line in self._score.lines
            if (line.lost > 0 or line.owed) and line.indicator.id not in told
        )

    def next_rank(self) -> Goal | None:
        """The next rank is had with the total of the unit above: equal totals share it."""
        had = self._score.total or Decimal(0)
        above = [total for total in self._others if total > had]
        if not above:
            return None
        rank = 1 + sum(1 for one in self._group if one.total is not None and one.total > above[0])
        return Goal(rank, None, above[0], self._steps(above[0]))

    def next_grade(self) -> Goal | None:
        """The first total, rising, with which the scheme gives a better grade: quota and ties included."""
        grades = self._rulebook.grades
        had = self._score.grade
        better = grades[: grades.index(had)] if had in grades else grades[:-1]
        if not better:
            return None
        wanted = better[-1]
        scheme = self._rulebook.schemes[self._score.unit.group]
        barred = {veto.grade for veto in scheme.vetoes if f"{veto.id}:{veto.effect}" in self._score.effects}
        if wanted.name.zh in barred:
            return Goal(None, wanted, None, None, self._score.vetoes or self._score.effects)
        names = {grade.name.zh for grade in better}
        edges = {wanted.least, *self._others, *(one + _HUNDREDTH for one in self._others)}
        now = self._score.total or Decimal(0)
        for total in sorted(one for one in edges if one >= max(wanted.least, now)):
            steps = self._steps(total)
            if steps is None:
                break
            if self._grade_with(steps) in names:
                return Goal(None, wanted, total, steps)
        return Goal(None, wanted, wanted.least, None)

    def _steps(self, total: Decimal) -> tuple[Step, ...] | None:
        need = Fraction(total) - _HALF - self._parts.total
        plan = fewest_cases(self._levers, need, MOST_CASES)
        if plan is None:
            return None
        gains = {one.indicator: one for one in self._levers}
        return tuple(
            Step(self._score.line(indicator), cases, _gain(gains[indicator], cases))
            for indicator, cases in plan.items()
        )

    def _grade_with(self, steps: Sequence[Step]) -> str:
        """Return the grade the scheme gives when the steps are done and all others stay as they are."""
        scheme = Scheme(self._rulebook, self._rulebook.schemes[self._score.unit.group])
        won = {step.line.indicator.id: step.gain for step in steps}
        cells = {}
        for one in self._group:
            figures = figures_of(one.lines)
            if one.unit == self._score.unit:
                figures = [
                    figure._replace(
                        points=figure.points + won[figure.indicator] / self._weight(figure.indicator)
                    )
                    if figure.indicator in won
                    else figure
                    for figure in figures
                ]
            found = scheme.cells(one.unit.id, figures, dict(one.marks))
            if found is not None:
                cells[one.unit.id] = found
        return scheme.score(cells, self._board.as_of)[self._score.unit.id].grade

    def _weight(self, indicator: str) -> Fraction:
        return self._parts.weights[indicator]


def _gain(one: Lever, cases: int) -> Fraction:
    return one.gains[cases - 1]
