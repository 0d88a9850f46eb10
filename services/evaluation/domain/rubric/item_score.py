"""The score of one item of one unit: the rule, conditions around it, and what a missing value means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from services.evaluation.domain.rubric.case import ItemCase
from services.evaluation.domain.rubric.errors import ExpressionError, WrongValueError
from services.evaluation.domain.rubric.gap import (
    GapError,
    MissingValueError,
    NotApplicableError,
    ZeroDenominatorError,
)
from services.evaluation.domain.rubric.model import Item
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.result import ItemScore, Status
from services.evaluation.domain.rubric.rules.rule import Award
from services.evaluation.domain.rubric.run import Run
from services.evaluation.domain.rubric.trace import Trace

NOUGHT = Fraction(0)
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rule gave by itself, or the gap it fell into."""

    award: Award | None
    gap: GapError | None
    trace: Trace


def try_rule(run: Run, unit: str, item: Item, period: str) -> Tried:
    """Apply conditions and rule. Raises WrongValueError naming unit and item for a value of a wrong kind."""
    trace = Trace()
    case = ItemCase(run, unit, item, period, trace)
    try:
        if not run.concerns(unit, item):
            return Tried(None, NotApplicableError(item.id), trace)
        if item.zero_if is not None and case.holds(item.zero_if):
            return Tried(Award(NOUGHT, f"{item.zero_if.text} → 0"), None, trace)
        if item.exempt_if is not None and case.holds(item.exempt_if):
            return Tried(Award(case.full, f"{item.exempt_if.text} → {w(case.full)}"), None, trace)
        return Tried(item.rule.award(case), None, trace)
    except GapError as gap:
        return Tried(None, gap, trace)
    except ExpressionError as error:
        details = WrongValueError(unit=unit, where=item.id, why=f"{error.text('zh')} / {error.text('en')}")
        raise details from error


def score_item(run: Run, unit: str, item: Item, period: str, tried: Tried | None) -> ItemScore:
    """Return the score in *period*, or over all its periods when *tried* is None."""
    if tried is None:
        return _over_periods(run, unit, item)
    full, tried = _with_full(run, unit, item, period, tried)
    measured = run.measure(unit, item, (period, "")) if run.concerns(unit, item) else None
    blank = ItemScore(
        unit,
        item.id,
        period,
        "scored",
        None,
        full,
        None if measured is None else measured.value,
        "",
        tried.trace.inputs(),
        tuple(tried.trace.items),
    )
    if tried.award is not None:
        return replace(blank, points=tried.award.points, working=tried.award.working)
    if tried.gap is None:
        raise AssertionError(item.id)
    return _settled(run, blank, item, tried.gap)


def _with_full(run: Run, unit: str, item: Item, period: str, tried: Tried) -> tuple[Fraction | None, Tried]:
    """Return the full points; where they cannot be worked out, the item falls into the same gap."""
    try:
        return full_of(run, unit, item, period), tried
    except GapError as gap:
        return None, replace(tried, award=None, gap=gap)


def full_of(run: Run, unit: str, item: Item, period: str) -> Fraction | None:
    """Return the item's full points for *unit*; None where it has no upper end."""
    return None if item.points is None else ItemCase(run, unit, item, period, Trace()).number(item.points)


def _settled(run: Run, blank: ItemScore, item: Item, gap: GapError) -> ItemScore:
    """Return what the item's settings make of *gap*."""
    policy: str
    if isinstance(gap, ZeroDenominatorError):
        policy = item.if_zero_denominator
        if policy in {"full", "zero"}:
            points = (blank.full or NOUGHT) if policy == "full" else NOUGHT
            return replace(blank, points=points, working=f"{gap.where} → {w(points)}")
        gap = MissingValueError(gap.where) if policy == "missing" else NotApplicableError(gap.where)
    if isinstance(gap, MissingValueError):
        policy = item.missing or run.rubric.missing
        missing = replace(blank, status="missing", working=f"— ({gap.where})")
        if policy == "zero":
            return replace(missing, points=NOUGHT, working=f"— ({gap.where}) → 0")
        if policy != "not_applicable":
            return missing
    return _not_applicable(run, replace(blank, working=f"n/a ({gap.where})"), item)


def _not_applicable(run: Run, blank: ItemScore, item: Item) -> ItemScore:
    status: Status = "missing" if item.not_applicable == "missing" else "not_applicable"
    points = None
    if item.not_applicable == "full":
        points = blank.full
    elif item.not_applicable == "zero":
        points = NOUGHT
    elif item.not_applicable == "cohort_mean":
        points = _cohort_mean(run, blank, item)
    working = blank.working if points is None else f"{blank.working} {item.not_applicable} → {w(points)}"
    return replace(blank, status=status, points=points, working=working)


def _cohort_mean(run: Run, blank: ItemScore, item: Item) -> Fraction | None:
    others = [unit for unit in run.group(blank.unit) if unit != blank.unit]
    awards = [run.award(unit, item, blank.period) for unit in others]
    points = [award.points for award in awards if award is not None]
    return sum(points, NOUGHT) / len(points) if points else None


def _over_periods(run: Run, unit: str, item: Item) -> ItemScore:
    """Return Σ weight × period; weights of idle periods go to the others, a missing one is missing."""
    periods = run.structure.periods_of(item.id)
    if periods is None:
        raise AssertionError(item.id)
    scores = [(weight, run.item(unit, item, name)) for name, weight in periods.weights]
    fulls = [weight * score.full for weight, score in scores if score.full is not None]
    full = sum(fulls, NOUGHT) if fulls or item.points is not None else None
    scored = [(weight, score) for weight, score in scores if score.points is not None]
    blank = replace(
        scores[0][1], period="", full=full, value=None, status=_status(scores), points=None, inputs=()
    )
    if not scored or any(score.status == "missing" and score.points is None for _, score in scores):
        gaps = ", ".join(score.period for _, score in scores if score.points is None)
        return replace(blank, working=f"— ({gaps})")
    spread = _spread([weight for weight, _ in scores], [weight for weight, _ in scored])
    terms = " + ".join(
        f"{w(weight)} × {score.period} {w(score.points or NOUGHT)}" for weight, score in scored
    )
    points = spread * sum((weight * (score.points or NOUGHT) for weight, score in scored), NOUGHT)
    working = terms if spread == 1 else f"({terms}) × {w(spread)}"
    return replace(blank, points=points, working=f"{working} = {w(points)}")


def _status(scores: Sequence[tuple[Fraction, ItemScore]]) -> Status:
    statuses = [score.status for _, score in scores]
    if any(score.status == "missing" and score.points is None for _, score in scores):
        return "missing"
    return "scored" if "scored" in statuses else statuses[0]


def _spread(every: Sequence[Fraction], found: Sequence[Fraction]) -> Fraction:
    of_found = sum(found, NOUGHT)
    return sum(every, NOUGHT) / of_found if of_found else ONE
