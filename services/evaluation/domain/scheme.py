"""The year's scheme: what a unit's lines and the marks people gave come to, as a rubric says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from services.evaluation.domain.fact import Fact
from services.evaluation.domain.rubric.model import Rubric
from services.evaluation.domain.rubric.result import UnitResult
from services.evaluation.domain.rubric.score import score_rubric
from services.evaluation.domain.rubric.values import AssessedUnit, CellKey, CellValue, Values
from services.evaluation.domain.rule import Indicator, Rulebook
from services.evaluation.domain.scoreboard import PartPoints, ScoreLine, Unit, UnitScore

NOTICES = "I37-4"
"""The indicator whose losses have a cap of their own in the scheme."""
ON_TIME = "I36-2"
"""Rectified in time: what is missing there breaks a tie at a quota's edge."""
CRITICISED = "criticised"
COMMITTEE = "committee"
"""The mark by which the committee gives one of several equal units the last place of a quota."""
_PREFIXES = ("", "duty_")
"""A department with a duty of its own has its marks under other items of the same meaning."""
_RENAMED = {"common": "common_mark"}


class Figure(NamedTuple):
    """What the scheme needs of a line: its points are negative where they are lost to a deduction.

    *missing*: a report that was due is not there. It earns nothing and keeps its weight, as an item
    of the rubric language that is ``missing``: what does not apply is rescaled, a gap never.
    """

    indicator: str
    points: Fraction
    full: Fraction
    numerator: Fraction
    denominator: Fraction
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the lines of one kind of unit are put into the items of a rubric."""

    rulebook: Rulebook
    rubric: Rubric

    def cells(self, unit: str, figures: Sequence[Figure], given: Mapping[str, Fraction]) -> "Cells | None":
        """Return the unit's class and values; None where nothing applied, so that there is no total.

        *given* are the marks by item, months as one mean, and how often it was criticised from above.
        """
        base = [one for one in figures if self._rule(one).in_base]
        if not sum((one.full for one in base if not one.missing), Fraction(0)):
            return None
        own = [one for one in base if self._is_own(unit, one)]
        common = [one for one in base if not self._is_own(unit, one)]
        cells: dict[tuple[str, str], Fraction] = {}
        for item, some in (("indicators", base), ("own_indicators", own), ("common_indicators", common)):
            cells[item, "won"] = sum((one.points for one in some), Fraction(0))
            cells[item, "available"] = sum((one.full for one in some), Fraction(0))
        cells |= self._beside(figures)
        for item in ("falsified", CRITICISED, COMMITTEE):
            cells[item, ""] = Fraction(0)
        for item, value in given.items():
            for prefix in _PREFIXES:
                cells[_RENAMED.get(item, prefix + item), ""] = value
        known = {item.id for item in self.rubric.items()} | {veto.id for veto in self.rubric.vetoes}
        kept = {key: value for key, value in cells.items() if key[0] in known | set(self.rubric.data)}
        return Cells("duty" if self._has_duty(unit) else "other", tuple(sorted(kept.items())))

    def score(self, cells: Mapping[str, "Cells"], as_of: date) -> dict[str, UnitResult]:
        """Score the units by the rubric; the rounding, ranks and grades are its own."""
        units = tuple(AssessedUnit(unit, class_=one.class_) for unit, one in cells.items())
        values: dict[CellKey, CellValue] = {
            CellKey(unit, item, name): value
            for unit, one in cells.items()
            for (item, name), value in one.values
        }
        return {one.unit: one for one in score_rubric(self.rubric, Values(units, values), as_of=as_of).units}

    def _beside(self, figures: Iterable[Figure]) -> dict[tuple[str, str], Fraction]:
        """Return what stands beside the base: bonus, losses, vetoes, what was not rectified in time."""
        found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for item in ("bonus", "bonus_indicators", NOTICES, "other_losses", "failed", "overdue"):
            found[item, ""] = Fraction(0)
        for one in figures:
            rule = self._rule(one)
            if rule.bonus:
                found["bonus_indicators", ""] += one.points
            elif rule.deduction:
                found[NOTICES if rule.id == NOTICES else "other_losses", ""] -= one.points
            lost = -one.points if rule.deduction else one.full - one.points
            found["failed", ""] += int(rule.veto and lost > 0 and not one.missing)
            if rule.id == ON_TIME:
                found["overdue", ""] = one.denominator - one.numerator
        return dict(found)

    def _rule(self, figure: Figure) -> Indicator:
        return self.rulebook.indicator(figure.indicator)

    def _has_duty(self, unit: str) -> bool:
        """Say whether the plan names the department for anything that is scored, known of it or not.

        Its class must not hang on its figures: who does not report would leave the duty it is named for.
        """
        scored = {rule.item for rule in self.rulebook.indicators if rule.in_base}
        return any(unit in point.responsible for point in self.rulebook.work_points if point.id in scored)

    def _is_own(self, unit: str, figure: Figure) -> bool:
        """Say whether the plan names the department itself for the work point, not all departments."""
        return unit in self.rulebook.work_point(self._rule(figure).item).responsible


class Cells(NamedTuple):
    """A unit's class and its values by item and input, in order."""

    class_: str
    values: tuple[tuple[tuple[str, str], Fraction], ...]


class Given:
    """The marks people gave and the notices from above of the year that began on *since*.

    *barring* are the levels whose notices count here.
    """

    def __init__(self, since: date, barring: frozenset[str]) -> None:
        self._since, self._barring = since, barring
        self._marks: dict[tuple[str, str, str], Fact] = {}
        self._criticised: dict[str, int] = {}

    def copied(self) -> "Given":
        """Return the same, to which more can be added without changing this."""
        other = Given(self._since, self._barring)
        other._marks, other._criticised = dict(self._marks), dict(self._criticised)
        return other

    def add(self, marks: Iterable[Fact], notices: Iterable[Fact]) -> None:
        """Take facts in; of several marks of one item the one with the highest number counts."""
        for fact in marks:
            if fact.occurred_on < self._since:
                continue
            key = (fact.data["unit"], fact.data["item"], fact.data.get("period") or "")
            before = self._marks.get(key)
            if before is None or _order(before) < _order(fact):
                self._marks[key] = fact
        for fact in notices:
            if fact.data["level"] in self._barring and fact.occurred_on >= self._since:
                unit = fact.data["unit"]
                self._criticised[unit] = self._criticised.get(unit, 0) + 1

    def of(self, unit: str) -> dict[str, Fraction]:
        """Return the marks of a unit by item, of a monthly item the mean of the months that were judged."""
        values: dict[str, list[Fraction]] = defaultdict(list)
        for (of, item, _), fact in self._marks.items():
            if of == unit:
                values[item].append(Fraction(Decimal(fact.data["value"])))
        found = {item: sum(some, Fraction(0)) / len(some) for item, some in sorted(values.items())}
        if unit in self._criticised:
            found[CRITICISED] = Fraction(self._criticised[unit])
        return found


def _order(fact: Fact) -> tuple[int, str]:
    return fact.data.get("number", 1), fact.event_id


def figures_of(lines: Iterable[ScoreLine]) -> list[Figure]:
    """Return what the scheme needs of a unit's lines: of those that were scored, and of gaps."""
    return [
        Figure(
            line.indicator.id,
            line.points or Fraction(0),
            line.max_points,
            line.numerator,
            line.denominator,
            line.owed,
        )
        for line in lines
        if line.points is not None or line.owed
    ]


def by_scheme(
    scheme: Scheme,
    units: Sequence[Unit],
    lines: Mapping[str, Sequence[ScoreLine]],
    given: Given,
    as_of: date,
) -> tuple[UnitScore, ...]:
    """Return the units with total, rank and grade as the scheme says, in the order ranks are read."""
    marks = {unit.id: given.of(unit.id) for unit in units}
    cells = {
        unit.id: scheme.cells(unit.id, figures_of(lines.get(unit.id, ())), marks[unit.id]) for unit in units
    }
    results = scheme.score({unit: one for unit, one in cells.items() if one is not None}, as_of)
    scores = [_unit_score(unit, lines.get(unit.id, ()), scheme, results.get(unit.id)) for unit in units]
    scores = [replace(score, marks=tuple(marks[score.unit.id].items())) for score in scores]
    return tuple(sorted(scores, key=lambda score: (score.rank or len(scores) + 1, score.unit.id)))


def _unit_score(
    unit: Unit, lines: Sequence[ScoreLine], scheme: Scheme, result: UnitResult | None
) -> UnitScore:
    vetoes = tuple(
        line.indicator.id
        for line in lines
        if line.status == "scored" and line.indicator.veto and line.lost > 0
    )
    if result is None:
        return UnitScore(unit, tuple(lines), None, None, None, None, vetoes)
    grades = {grade.name.zh: grade for grade in scheme.rulebook.grades}
    return UnitScore(
        unit,
        tuple(lines),
        result.total,
        result.shown,
        None if result.rank is None else int(result.rank),
        grades.get(result.grade),
        vetoes,
        parts=tuple(_parts(scheme.rubric, result)),
        effects=tuple(sorted({f"{veto.id}:{veto.effect}" for veto in result.vetoes if veto.judged})),
        grade_note=result.grade_note,
    )


def _parts(rubric: Rubric, result: UnitResult) -> Iterable[PartPoints]:
    names = {item.id: item.name.zh for item in rubric.items()}
    for item in result.items:
        if not item.period:
            yield PartPoints(item.item, names[item.item], item.points, item.full, item.working)
