"""Scoring: facts and rules in, the board of all units out. Pure, and rounds nothing but totals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import reduce
from itertools import chain
from statistics import median

from services.evaluation.domain.correction import Corrections
from services.evaluation.domain.counted.reporting import owes_report
from services.evaluation.domain.counting import NOTHING, Counted, Question, RunningTally, Total
from services.evaluation.domain.countings import COUNTINGS
from services.evaluation.domain.errors import BeforeFirstDayError
from services.evaluation.domain.fact import CORRECTED, Fact
from services.evaluation.domain.mark import JUDGED
from services.evaluation.domain.method import Award, Measured, written
from services.evaluation.domain.ranking import competition_ranks, grade_of, rescaled, two_decimals
from services.evaluation.domain.reporting.handed_in import CHECKED, HANDED_IN, SENT_BACK, HandedIn
from services.evaluation.domain.rule import Indicator, Rulebook
from services.evaluation.domain.scheme import Given, Scheme, by_scheme
from services.evaluation.domain.scoreboard import (
    NO_SOURCE,
    Scoreboard,
    ScoreLine,
    Source,
    Status,
    Unit,
    UnitScore,
)
from shared.parameters.figure import FigureNotInForceError

Totals = Mapping[str, Total]


NOTICE = "evaluation.notice_issued"
BESIDE_COUNTING = frozenset({CORRECTED, JUDGED, HANDED_IN, SENT_BACK})
"""Facts that change a score without being counted: rulings, marks people gave, reports that wait."""


def counted_facts(rulebook: Rulebook) -> frozenset[str]:
    """Return the names of all facts that *rulebook* counts; nothing else can change a score."""
    names = {name for rule in rulebook.indicators for name in (*rule.counts, *rule.department_counts)}
    return frozenset({fact for name in names for fact in COUNTINGS[name].facts} | BESIDE_COUNTING)


def score(
    facts: Iterable[Fact], rulebook: Rulebook, towns: Sequence[Unit], *, as_of: date, known_at: date
) -> Scoreboard:
    """Score every town and department on *as_of*; see ``RunningScore``."""
    running = RunningScore(rulebook, towns, as_of=as_of, known_at=known_at)
    running.add(facts)
    return running.board()


_OF_ONE_INDICATOR = frozenset(of for one in COUNTINGS.values() if one.about for of in one.facts)


class RunningScore:
    """The score of *as_of* over the facts given so far.

    New facts cost what they change: their own subjects are judged again, and only
    indicators that count such facts are added up again. The board is the one that
    all facts together would give, in whatever order and portions they came.

    Facts must be those known at the end of *known_at*; later ones than *as_of* are
    left out here. Raises BeforeFirstDayError when the plan did not count yet.
    """

    def __init__(self, rulebook: Rulebook, towns: Sequence[Unit], *, as_of: date, known_at: date) -> None:
        if as_of < rulebook.since:
            raise BeforeFirstDayError(as_of=as_of.isoformat(), first_day=rulebook.since.isoformat())
        self._rulebook = rulebook
        self._as_of, self._known_at = as_of, known_at
        self._question = Question(as_of, rulebook.since, rulebook.figures)
        self._towns = towns
        departments = tuple(Unit(name, name, "department") for name in rulebook.departments)
        self._departments = departments
        self._heard_of: set[str] = set()
        self._missing = {rule.id: _missing(rule, rulebook, self._question) for rule in rulebook.indicators}
        self._tallies = {
            name: RunningTally(COUNTINGS[name], self._question)
            for rule in rulebook.indicators
            if not self._missing[rule.id]
            for name in _countings(rule)
        }
        self._lines: dict[str, tuple[ScoreLine, ...]] = {}
        self._corrections = Corrections()
        self._given = Given(rulebook.since, rulebook.barring_notices)
        self._handed = HandedIn()

    def moved_to(self, as_of: date, known_at: date) -> "RunningScore | None":
        """Return this score of a later day, for little; None where a figure changes between the two.

        Facts left out so far for having happened later are not in it: they must be given to it.
        """
        if as_of < self._as_of or self._rulebook.changes_between(self._as_of, as_of):
            return None
        later = copy(self)
        later.move(as_of, known_at)
        return later

    def move(self, as_of: date, known_at: date) -> None:
        """Become the score of a later day, with tallies of its own."""
        self._as_of, self._known_at = as_of, known_at
        self._question = self._question.of(as_of)
        self._heard_of, self._lines = set(self._heard_of), {}
        self._corrections, self._given = self._corrections.copied(), self._given.copied()
        self._handed = self._handed.copied()
        self._tallies = {name: tally.moved_to(self._question) for name, tally in self._tallies.items()}

    def under(self, rulebook: Rulebook) -> "RunningScore":
        """Return this score by other points or methods; what and how *rulebook* counts must be the same."""
        other = copy(self)
        other.judge_by(rulebook)
        return other

    def judge_by(self, rulebook: Rulebook) -> None:
        """Become the score by *rulebook*, which counts the same."""
        self._rulebook, self._lines = rulebook, {}

    def add(self, facts: Iterable[Fact]) -> None:
        """Take *facts* in, each given once."""
        by_name: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.occurred_on <= self._as_of:
                by_name[fact.name].append(fact)
                if fact.name not in BESIDE_COUNTING:
                    self._heard_of.add(fact.town)
        self._correct(by_name.pop(CORRECTED, ()))
        self._given.add(by_name.pop(JUDGED, ()), by_name.get(NOTICE, ()))
        reports = (fact for name in (HANDED_IN, SENT_BACK, CHECKED) for fact in by_name.get(name, ()))
        for indicator in self._handed.add(reports):
            self._lines.pop(indicator, None)
        changed = {name for name in self._tallies if any(fact in by_name for fact in COUNTINGS[name].facts)}
        about = _by_indicator(by_name)
        for name in changed:
            counting = COUNTINGS[name]
            mine = (
                about.get((of, counting.about), ()) if counting.about else by_name.get(of, ())
                for of in counting.facts
            )
            self._tallies[name].add(chain.from_iterable(mine))
        for rule in self._rulebook.indicators:
            if changed.intersection(_countings(rule)):
                self._lines.pop(rule.id, None)

    def _correct(self, facts: Sequence[Fact]) -> None:
        """Take corrections in: before the facts they are about, or long after."""
        aside, indicators = self._corrections.add(facts)
        touched = set()
        for name, tally in self._tallies.items():
            mine = {event: one for of in COUNTINGS[name].facts for event, one in aside.get(of, {}).items()}
            if mine:
                tally.set_aside(mine)
                touched.add(name)
        for rule in self._rulebook.indicators:
            if rule.id in indicators or touched.intersection(_countings(rule)):
                self._lines.pop(rule.id, None)

    def board(self) -> Scoreboard:
        """Return the board; what no new fact touched is not added up again."""
        lines: dict[str, list[ScoreLine]] = defaultdict(list)
        for rule in self._rulebook.indicators:
            if rule.id not in self._lines:
                self._lines[rule.id] = tuple(self._lines_of(rule))
            for line in self._lines[rule.id]:
                unit, heard = line.unit, self._heard_of
                silent = unit.id not in heard if unit.group == "town" else not heard
                lines[unit.id].append(_unless_silent(line) if silent else line)
        towns, departments = (
            self._ranked(kind, units, lines)
            for kind, units in (("town", self._towns), ("department", self._departments))
        )
        return Scoreboard(self._as_of, self._known_at, towns, departments)

    def _ranked(
        self, kind: str, units: Sequence[Unit], lines: Mapping[str, Sequence[ScoreLine]]
    ) -> tuple[UnitScore, ...]:
        rubric = self._rulebook.schemes.get(kind)
        if rubric is None:
            return _ranked(units, lines, self._rulebook)
        return by_scheme(Scheme(self._rulebook, rubric), units, lines, self._given, self._as_of)

    def _lines_of(self, indicator: Indicator) -> Iterable[ScoreLine]:
        responsible = set(self._rulebook.responsible_for(indicator))
        units = [unit for unit in self._towns if indicator.of_towns]
        units += [unit for unit in self._departments if unit.id in responsible]
        if missing := self._missing[indicator.id]:
            return [_without_points(unit, indicator, "not_set", missing) for unit in units]
        of_towns, own = self._totals(indicator.counts), self._totals(indicator.department_counts)
        every_town = tuple(sorted(town.id for town in self._towns))
        lines = []
        places: tuple[str, ...]
        for unit in units:
            if unit.group == "town":
                places, totals, names = (unit.id,), of_towns, indicator.counts
            elif indicator.department_value == "county":
                places, totals, names = every_town, of_towns, indicator.counts
            else:
                places, totals, names = (unit.id,), own, indicator.department_counts
            counted, ruled = self._corrections.units_counted(unit.id, indicator.id, places)
            source = Source(tuple(self._tallies[name].found() for name in names), counted, ruled)
            total = _sum(totals, counted, ruled)
            value = self._value(indicator, names, source, total)
            line = _line(unit, indicator, total, value, source, self._question)
            lines.append(replace(line, max_points=self._owed(line)) if line.status == "missing" else line)
        return lines

    def _owed(self, line: ScoreLine) -> Fraction:
        """Return what a value that is missing would have been worth to the unit that owes its report.

        So much stays in the base: what a unit does not report must not raise its percentage.
        """
        rule = line.indicator
        counts = rule.scored and rule.in_base
        if counts and owes_report(line.unit, rule.id, self._handed, self._question):
            return Fraction(rule.points.on(self._question.as_of))
        return Fraction(0)

    def _value(
        self, indicator: Indicator, names: Sequence[str], source: Source, total: Total
    ) -> Fraction | None:
        """Return what was measured, in the indicator's unit; None where there is nothing to measure."""
        if total.denominator == 0 and (indicator.kind != "count" or indicator.needs_cases):
            return None
        if indicator.kind == "median":
            values = [one for name in names for one in self._tallies[name].values_in(source.units)]
            ruled = [Fraction(one.numerator) / one.denominator for one in source.ruled if one.denominator]
            return median([*values, *ruled])
        numerator = Fraction(total.numerator)
        return 100 * numerator / Fraction(total.denominator) if indicator.kind == "rate" else numerator

    def _totals(self, names: Sequence[str]) -> Totals:
        found: dict[str, Total] = {}
        for name in names:
            for unit, total in self._tallies[name].totals().items():
                found[unit] = found.get(unit, NOTHING).and_(total)
        return found


def _sum(totals: Totals, units: Iterable[str], ruled: Iterable[Counted] = ()) -> Total:
    """Return what *units* have together; what lies in no town of the county is left out of its sum."""
    parts = (totals[unit] for unit in units if unit in totals)
    added = (Total(one.numerator, one.denominator, 1) for one in ruled)
    return reduce(Total.and_, added, reduce(Total.and_, parts, NOTHING))


def _by_indicator(by_name: Mapping[str, Sequence[Fact]]) -> Mapping[tuple[str, str], Sequence[Fact]]:
    """Return the facts that are of one indicator each, by name and indicator."""
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for name in _OF_ONE_INDICATOR:
        for fact in by_name.get(name, ()):
            found[name, fact.data["indicator"]].append(fact)
    return found


def _countings(indicator: Indicator) -> tuple[str, ...]:
    return (*indicator.counts, *indicator.department_counts)


def _missing(indicator: Indicator, rulebook: Rulebook, question: Question) -> str:
    """Return the first figure *indicator* needs and nobody has set for that day."""
    missing = next((key for key in indicator.figures if not _set(rulebook, key, question)), "")
    return missing or ("" if indicator.points.in_force_on(question.as_of) else indicator.points.key)


def _unless_silent(line: ScoreLine) -> ScoreLine:
    """Of a unit nothing was ever heard: that nothing is known of it neither earns points nor loses any."""
    if line.evidence or line.status in ("not_set", "missing"):
        return line
    return _without_points(line.unit, line.indicator, "not_applicable")


def _set(rulebook: Rulebook, key: str, question: Question) -> bool:
    if key not in rulebook.figures:
        return False
    try:
        question.figure(key)
    except FigureNotInForceError:
        return False
    return True


def _line(
    unit: Unit,
    indicator: Indicator,
    total: Total,
    value: Fraction | None,
    source: Source,
    question: Question,
) -> ScoreLine:
    numerator, denominator = Fraction(total.numerator), Fraction(total.denominator)
    # Nothing reported is missing; what was reported as none of none does not apply.
    without: Status = "missing" if indicator.reported and not total.cases else "not_applicable"
    line = replace(
        _without_points(unit, indicator, without), numerator=numerator, denominator=denominator, source=source
    )
    if value is None:
        return line
    if not indicator.scored:
        return replace(line, status="shown", value=value)
    occurrences = denominator - numerator if indicator.kind == "rate" else numerator
    full = Fraction(indicator.points.on(question.as_of))
    award = indicator.method.award(Measured(value, occurrences), full)
    if indicator.split_target:
        completed = f"{written(numerator)} ÷ {written(denominator)} = {written(value)}%"
        award = award._replace(working=f"{completed}; {award.working}")
    points = award.points - full if indicator.deduction else award.points
    return replace(
        line, status="scored", value=value, points=points, max_points=full, working=_working(award, indicator)
    )


def _working(award: Award, indicator: Indicator) -> str:
    return f"{award.working} − {indicator.points.entries[-1].value}" if indicator.deduction else award.working


def _without_points(unit: Unit, indicator: Indicator, status: Status, missing: str = "") -> ScoreLine:
    nought = Fraction(0)
    return ScoreLine(unit, indicator, status, nought, nought, None, None, nought, "", NO_SOURCE, missing)


def _unit_score(unit: Unit, lines: Sequence[ScoreLine]) -> UnitScore:
    scored = [line for line in lines if line.status == "scored"]
    base = [line for line in scored if line.indicator.in_base]
    owed = [line for line in lines if line.owed] if base else []
    exact = rescaled(
        (line.points or Fraction(0) for line in base),
        (line.max_points for line in (*base, *owed)),
        (line.beside_base for line in scored if not line.indicator.in_base),
    )
    vetoes = tuple(line.indicator.id for line in scored if line.indicator.veto and line.lost > 0)
    total = None if exact is None else two_decimals(exact)
    return UnitScore(unit, tuple(lines), exact, total, None, None, vetoes)


def _ranked(
    units: Sequence[Unit], lines: Mapping[str, Sequence[ScoreLine]], rulebook: Rulebook
) -> tuple[UnitScore, ...]:
    """Rank one group by what is published, the two-decimal totals, in the order ranks are read."""
    scores = [_unit_score(unit, lines.get(unit.id, ())) for unit in units]
    ranks = competition_ranks({score.unit.id: score.total for score in scores if score.total is not None})
    graded = [
        score
        if score.total is None
        else replace(
            score,
            rank=ranks[score.unit.id],
            grade=grade_of(score.total, rulebook.grades, vetoed=bool(score.vetoes)),
        )
        for score in scores
    ]
    return tuple(sorted(graded, key=lambda score: (score.rank or len(graded) + 1, score.unit.id)))
