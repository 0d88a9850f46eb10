"""Scoring: facts and rules in, the board of all units out. Pure, and rounds nothing but totals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from services.evaluation.domain.counting import EVERY_UNIT, Counted, Question, tally
from services.evaluation.domain.countings import COUNTINGS
from services.evaluation.domain.errors import BeforeFirstDayError
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.method import Award, Measured
from services.evaluation.domain.ranking import competition_ranks, grade_of, rescaled, two_decimals
from services.evaluation.domain.rule import Indicator, Rulebook
from services.evaluation.domain.scoreboard import Scoreboard, ScoreLine, Status, Unit, UnitScore
from shared.parameters.figure import FigureNotInForceError

Tallies = Mapping[str, Sequence[Counted]]


def counted_facts(rulebook: Rulebook) -> frozenset[str]:
    """Return the names of all facts that *rulebook* counts; nothing else can change a score."""
    names = {name for rule in rulebook.indicators for name in (*rule.counts, *rule.department_counts)}
    return frozenset(fact for name in names for fact in COUNTINGS[name].facts)


def score(
    facts: Iterable[Fact], rulebook: Rulebook, towns: Sequence[Unit], *, as_of: date, known_at: date
) -> Scoreboard:
    """Score every town and department on *as_of*.

    *facts* must already be those known at the end of *known_at*; later ones than
    *as_of* are left out here. Raises BeforeFirstDayError when the plan did not
    count yet.
    """
    if as_of < rulebook.since:
        raise BeforeFirstDayError(as_of=as_of.isoformat(), first_day=rulebook.since.isoformat())
    by_name: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.occurred_on <= as_of:
            by_name[fact.name].append(fact)
    question = Question(as_of, rulebook.since, rulebook.figures)
    heard_of = {fact.town for of_one_name in by_name.values() for fact in of_one_name}
    departments = [Unit(name, name, "department") for name in rulebook.departments]
    lines: dict[str, list[ScoreLine]] = defaultdict(list)
    for indicator in rulebook.indicators:
        for line in _lines_of(indicator, by_name, question, rulebook, (*towns, *departments)):
            silent = line.unit.id not in heard_of if line.unit.group == "town" else not heard_of
            lines[line.unit.id].append(_unless_silent(line) if silent else line)
    ranked = (_ranked(group, lines, rulebook) for group in (towns, departments))
    return Scoreboard(as_of, known_at, *ranked)


def _unless_silent(line: ScoreLine) -> ScoreLine:
    """Of a unit nothing was ever heard: that nothing bad is known of it earns no points."""
    if line.denominator or line.numerator or line.status == "not_set":
        return line
    return _without_points(line.unit, line.indicator, "not_applicable")


def _lines_of(
    indicator: Indicator,
    facts: Mapping[str, Sequence[Fact]],
    question: Question,
    rulebook: Rulebook,
    units: Sequence[Unit],
) -> Iterable[ScoreLine]:
    responsible = set(rulebook.responsible_for(indicator))
    concerned = [
        unit for unit in units if (indicator.of_towns if unit.group == "town" else unit.id in responsible)
    ]
    missing = next((key for key in indicator.figures if not _set(rulebook, key, question)), "")
    if missing or not indicator.points.in_force_on(question.as_of):
        for unit in concerned:
            yield _without_points(unit, indicator, "not_set", missing or indicator.points.key)
        return
    of_towns = _tallies(indicator.counts, facts, question)
    own = _tallies(indicator.department_counts, facts, question)
    county = _whole_county(of_towns, units) if indicator.department_value == "county" else ()
    for unit in concerned:
        if unit.group == "town":
            yield _line(
                unit, indicator, [*of_towns.get(unit.id, ()), *of_towns.get(EVERY_UNIT, ())], question
            )
        elif indicator.department_value == "county":
            yield _line(unit, indicator, county, question)
        else:
            yield _line(unit, indicator, [*own.get(unit.id, ()), *own.get(EVERY_UNIT, ())], question)


def _set(rulebook: Rulebook, key: str, question: Question) -> bool:
    if key not in rulebook.figures:
        return False
    try:
        question.figure(key)
    except FigureNotInForceError:
        return False
    return True


def _tallies(names: Sequence[str], facts: Mapping[str, Sequence[Fact]], question: Question) -> Tallies:
    found: dict[str, list[Counted]] = defaultdict(list)
    for name in names:
        for unit, counted in tally(COUNTINGS[name], facts, question).items():
            found[unit].extend(counted)
    return found


def _whole_county(tallies: Tallies, units: Sequence[Unit]) -> list[Counted]:
    """Return everything counted in any town; what lies in no town of the county is left out."""
    towns = sorted(unit.id for unit in units if unit.group == "town")
    return [counted for town in (*towns, EVERY_UNIT) for counted in tallies.get(town, ())]


def _line(unit: Unit, indicator: Indicator, counted: Sequence[Counted], question: Question) -> ScoreLine:
    numerator = Fraction(sum(part.numerator for part in counted))
    denominator = Fraction(sum(part.denominator for part in counted))
    evidence = tuple(sorted({event for part in counted for event in part.evidence}))
    shown = tuple(part for part in counted if part.numerator or part.denominator or part.evidence)
    nothing = denominator == 0 and (indicator.kind == "rate" or indicator.needs_cases)
    line = replace(
        _without_points(unit, indicator, "not_applicable"),
        numerator=numerator,
        denominator=denominator,
        counted=shown,
        evidence=evidence,
    )
    if nothing:
        return line
    value = 100 * numerator / denominator if indicator.kind == "rate" else numerator
    occurrences = denominator - numerator if indicator.kind == "rate" else numerator
    full = Fraction(indicator.points.on(question.as_of))
    award = indicator.method.award(Measured(value, occurrences), full)
    points = award.points - full if indicator.deduction else award.points
    return replace(
        line, status="scored", value=value, points=points, max_points=full, working=_working(award, indicator)
    )


def _working(award: Award, indicator: Indicator) -> str:
    return f"{award.working} − {indicator.points.entries[-1].value}" if indicator.deduction else award.working


def _without_points(unit: Unit, indicator: Indicator, status: Status, missing: str = "") -> ScoreLine:
    nought = Fraction(0)
    return ScoreLine(unit, indicator, status, nought, nought, None, None, nought, "", (), (), missing)


def _unit_score(unit: Unit, lines: Sequence[ScoreLine]) -> UnitScore:
    scored = [line for line in lines if line.status == "scored"]
    base = [line for line in scored if not line.indicator.deduction]
    exact = rescaled(
        (line.points or Fraction(0) for line in base),
        (line.max_points for line in base),
        (line.lost for line in scored if line.indicator.deduction),
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
