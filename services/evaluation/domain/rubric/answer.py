"""Answers to what expressions ask about other items, sections and units."""

from collections.abc import Sequence
from fractions import Fraction

from services.evaluation.domain.rubric.expression_functions import as_number, divide
from services.evaluation.domain.rubric.gap import MissingValueError, NotApplicableError
from services.evaluation.domain.rubric.place import places
from services.evaluation.domain.rubric.reference import OF_SCORES, Query
from services.evaluation.domain.rubric.run import Run
from services.evaluation.domain.rubric.trace import Measured, Trace
from services.evaluation.domain.rubric.values import CellKey, Nothing, Scalar

NOUGHT = Fraction(0)


def answer(run: Run, unit: str, period: str, query: Query) -> Scalar:
    """Return what *query* asks, for *unit* in *period*. Raises a GapError where nothing answers."""
    if query.function in {"value_of", "imported"}:
        return _value(run, unit, period, query).known()
    if query.function in {"score_of", "rate_of"}:
        points, full = _score(run, unit, period, query.target)
        return points if query.function == "score_of" else divide(points, full)
    if query.filters:
        return _over(run, unit, period, query, run.chosen(query.filters))
    units = run.group(unit)
    if query.function.startswith("rank"):
        return _rank(run, unit, period, query, units)
    key = ("answer", query, period, run.group_name(unit))
    return run.once(key, lambda: _over(run, unit, period, query, units))


def _over(run: Run, unit: str, period: str, query: Query, units: Sequence[str]) -> Fraction:
    if query.function.startswith("rank"):
        return _rank(run, unit, period, query, units)
    numbers = list(_numbers(run, period, query, units).values())
    how = query.function.partition("_")[0]
    if how == "count":
        return Fraction(len(numbers))
    if how == "sum":
        return sum(numbers, NOUGHT)
    if not numbers:
        raise MissingValueError(f"{query.function}({query.target})")
    if how == "mean":
        return sum(numbers, NOUGHT) / len(numbers)
    return max(numbers) if how == "max" else min(numbers)


def _rank(run: Run, unit: str, period: str, query: Query, units: Sequence[str]) -> Fraction:
    key = ("ranks", query, period, tuple(units))
    ranks = run.once(key, lambda: places(_numbers(run, period, query, units)))
    if unit not in ranks:
        raise MissingValueError(f"{query.function}({query.target})")
    return ranks[unit]


def _numbers(run: Run, period: str, query: Query, units: Sequence[str]) -> dict[str, Fraction]:
    """Return the numbers of those units that have one; one without is left out, never nought."""
    if query.function in OF_SCORES:
        scores = ((unit, _points(run, unit, period, query.target)) for unit in units)
        return {unit: points for unit, points in scores if points is not None}
    found = ((unit, _value(run, unit, period, query)) for unit in units)
    return {unit: as_number(one.known()) for unit, one in found if one.gap is None}


def _points(run: Run, unit: str, period: str, target: str) -> Fraction | None:
    item = run.structure.items.get(target)
    at = _period(run, target, period)
    if item is not None:
        if not run.concerns(unit, item):
            return None
        # Only what the rule itself gave: points given for want of a value are no measure of others.
        award = run.award(unit, item, at) if at or not run.structure.periods_of(target) else None
        if award is not None:
            return award.points
        score = run.item(unit, item, at)
        return score.points if score.status == "scored" else None
    part = run.part(unit, target, at)
    return None if part.missing else part.points


def _period(run: Run, target: str, period: str) -> str:
    """Return the period to read *target* in: the asker's, where the target has it, else all."""
    periods = run.structure.periods_of(target)
    return period if periods and period in periods.names else ""


def _value(run: Run, unit: str, period: str, query: Query) -> Measured:
    item = run.structure.items.get(query.target)
    if item is not None and not query.input:
        return run.measure(unit, item, (_period(run, query.target, period), ""))
    key = CellKey(unit, query.target, query.input, period)
    found = run.values.get(key)
    if found is None and period:
        found = run.values.get(key._replace(period=""))
    trace = Trace({key: found})
    if found is None:
        return Measured(None, MissingValueError("/".join(part for part in key[1:] if part)), trace)
    if isinstance(found, Nothing):
        return Measured(None, NotApplicableError(query.target), trace)
    return Measured(found, None, trace)


def _score(run: Run, unit: str, period: str, target: str) -> tuple[Fraction, Fraction]:
    at = _period(run, target, period)
    item = run.structure.items.get(target)
    if item is not None:
        score = run.item(unit, item, at)
        if score.points is None:
            gap = MissingValueError if score.status == "missing" else NotApplicableError
            raise gap(target)
        return score.points, score.full or NOUGHT
    part = run.part(unit, target, at)
    if part.missing:
        raise MissingValueError(f"{target}: {part.missing[0]}")
    if part.points is None:
        raise NotApplicableError(target)
    return part.points, part.full
