"""The score of a section: its items and parts added up, weighed, kept within its bounds, rescaled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from services.evaluation.domain.rubric.case import ItemCase
from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.model import VALUE, Block, Item, Part, Text
from services.evaluation.domain.rubric.number import clamp
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.result import ItemScore, PartScore
from services.evaluation.domain.rubric.rules.occurrence import PerOccurrence
from services.evaluation.domain.rubric.rules.target import AllOrNothing
from services.evaluation.domain.rubric.run import Run
from services.evaluation.domain.rubric.trace import Trace

NOUGHT = Fraction(0)


@dataclass(slots=True)
class Sum:
    """What has been added so far: of lines with an upper end, of those without, of what did not apply."""

    bounded: Fraction = NOUGHT
    unbounded: Fraction = NOUGHT
    full: Fraction = NOUGHT
    dropped: Fraction = NOUGHT
    any_scored: bool = False
    missing: tuple[str, ...] = ()

    def add_item(self, score: ItemScore) -> None:
        self.full += score.full or NOUGHT
        if score.points is None:
            if score.status == "missing":
                self.missing += (score.item,)
            else:
                self.dropped += score.full or NOUGHT
            return
        self.any_scored = True
        if score.full is None:
            self.unbounded += score.points
        else:
            self.bounded += score.points

    def add_part(self, score: PartScore, weight: Fraction) -> None:
        self.full += score.full * weight
        self.dropped += score.dropped * weight
        self.missing += score.missing
        if score.contributes is not None:
            self.any_scored = True
            self.bounded += score.contributes - score.unbounded * weight
            self.unbounded += score.unbounded * weight


def scope_of(
    run: Run, unit: str, name: str, period: str = "", lent: Mapping[str, Fraction] | None = None
) -> ItemCase:
    """Return where expressions outside items are evaluated; ``value`` is the cell of the id *name*."""
    line = Item(id=name, name=Text(name), rule=AllOrNothing(), points=None, input=VALUE)
    return ItemCase(run, unit, line, period, Trace(), lent=lent or {}, raw=True)


def concerns_part(run: Run, unit: str, part: Part, period: str = "") -> bool:
    """Return whether *part* belongs to the table of *unit*."""
    return part.applies is None or scope_of(run, unit, part.id, period).holds(part.applies)


def score_part(run: Run, unit: str, part: Part, period: str) -> PartScore:
    """Return the part's score in *period*, or ("") over all its periods."""
    periods = run.structure.periods_of(part.id)
    if periods is not None and not period:
        return _over_periods(run, unit, part)
    return _weighed(run, unit, part, period, _own(run, unit, part, period))


def _own(run: Run, unit: str, part: Part, period: str) -> PartScore:
    if not concerns_part(run, unit, part, period):
        return PartScore(unit, part.id, period, None, None, NOUGHT, NOUGHT, "—")
    if part.combine == "choose_best":
        return _best(run, unit, part, period)
    total, terms = Sum(), []
    for item in part.items:
        if item.outside_is_na or run.concerns(unit, item):
            score = run.item(unit, item, _inner(run, item.id, period))
            total.add_item(score)
            terms.append((item.id, score.points))
    for inner in part.parts:
        found = run.part(unit, inner.id, _inner(run, inner.id, period))
        total.add_part(found, _amount(run, unit, inner, inner.weight, Fraction(1)))
        terms.append((inner.id, found.contributes))
    working = " + ".join(f"{name} {w(points)}" for name, points in terms if points is not None)
    return _bounded(
        run,
        part,
        period,
        total,
        PartScore(unit, part.id, period, None, None, total.full, total.dropped, working, total.missing),
    )


def _inner(run: Run, name: str, period: str) -> str:
    periods = run.structure.periods_of(name)
    return period if periods and period in periods.names else ""


def _bounded(run: Run, part: Part, period: str, total: Sum, score: PartScore) -> PartScore:
    """Apply floor and cap, then spread what did not apply (C8), then floor and cap again."""
    if not total.any_scored:
        return score
    low = _bound(run, score.unit, part, part.floor)
    if low is None and any(
        isinstance(i.rule, PerOccurrence) and i.rule.floor == "section" for i in part.items
    ):
        low = NOUGHT
    high = _bound(run, score.unit, part, part.cap)
    points = clamp(total.bounded + total.unbounded, low, high)
    working = score.working if points == total.bounded + total.unbounded else f"{score.working} → {w(points)}"
    available = total.full - total.dropped
    # What does not apply in one period cannot be made up for by another, which has items of its own.
    if (period or _rescales(part)) and total.dropped and available > 0:
        bounded = points - total.unbounded
        points = clamp(bounded * total.full / available + total.unbounded, low, high)
        working = f"({working}) × {w(total.full)} ÷ {w(available)} = {w(points)}"
        score = replace(score, dropped=NOUGHT)
    return replace(score, points=points, contributes=points, working=working, unbounded=total.unbounded)


def _rescales(part: Part) -> bool:
    return part.rescale or part.weight is not None or part.combine == "weighted"


def _best(run: Run, unit: str, part: Part, period: str) -> PartScore:
    """Return the best child's score (M15); what did not apply or is unknown is passed over."""
    items = [run.item(unit, item, _inner(run, item.id, period)) for item in part.items]
    parts = [run.part(unit, inner.id, _inner(run, inner.id, period)) for inner in part.parts]
    found = [(one.item, one.points) for one in items] + [(one.part, one.contributes) for one in parts]
    full = max([one.full or NOUGHT for one in items] + [one.full for one in parts], default=NOUGHT)
    full = _amount(run, unit, part, part.points, full)
    scored = [(name, points) for name, points in found if points is not None]
    missing = tuple(one.item for one in items if one.status == "missing") + tuple(
        m for p in parts for m in p.missing
    )
    blank = PartScore(unit, part.id, period, None, None, full, NOUGHT, "")
    if not scored:
        return replace(blank, missing=missing) if missing else replace(blank, dropped=full)
    low, high = _bound(run, unit, part, part.floor), _bound(run, unit, part, part.cap)
    points = clamp(max(points for _, points in scored), low, high)
    working = f"max({', '.join(f'{name} {w(points)}' for name, points in scored)})"
    return replace(blank, points=points, contributes=points, working=working)


def _weighed(run: Run, unit: str, part: Part, period: str, own: PartScore) -> PartScore:
    if own.points is None or part.weight is None:
        return own
    weight = scope_of(run, unit, part.id, period).number(part.weight)
    working = f"({own.working}) × {w(weight)} = {w(own.points * weight)}"
    return replace(own, contributes=own.points * weight, working=working)


def _over_periods(run: Run, unit: str, part: Part) -> PartScore:
    periods = run.structure.periods_of(part.id)
    if periods is None:
        raise AssertionError(part.id)
    scores = [(weight, run.part(unit, part.id, name)) for name, weight in periods.weights]
    missing = tuple(dict.fromkeys(one for _, score in scores for one in score.missing))
    full = sum((weight * score.full for weight, score in scores), NOUGHT)
    scored = [(weight, score) for weight, score in scores if score.points is not None]
    blank = PartScore(unit, part.id, "", None, None, full, NOUGHT, "", missing)
    if not scored:
        dropped = sum((weight * score.dropped for weight, score in scores), NOUGHT)
        return replace(blank, dropped=dropped)
    # A period in which nothing applied leaves its weight to the others; one that is unknown does not.
    idle = sum((weight for weight, score in scores if score.points is None and not score.missing), NOUGHT)
    every = sum((weight for weight, _ in scores), NOUGHT)
    spread = every / (every - idle) if every != idle else Fraction(1)
    points = spread * sum((weight * (score.points or NOUGHT) for weight, score in scored), NOUGHT)
    terms = " + ".join(f"{w(weight)} × {one.period} {w(one.points or NOUGHT)}" for weight, one in scored)
    working = terms if spread == 1 else f"({terms}) × {w(spread)}"
    open_ended = spread * sum((weight * score.unbounded for weight, score in scored), NOUGHT)
    whole = replace(blank, points=points, contributes=points, working=working, unbounded=open_ended)
    return _weighed(run, unit, part, "", whole)


def score_block(run: Run, unit: str, block: Block) -> PartScore:
    """Return what a block of bonus or deductions comes to: the sum of its items, at most its cap (C9)."""
    total, terms = Sum(), []
    for item in block.items:
        if run.concerns(unit, item):
            score = run.item(unit, item, "")
            total.add_item(score)
            terms.append(f"{item.id} {w(score.points)}" if score.points is not None else "")
    points = total.bounded + total.unbounded
    working = " + ".join(term for term in terms if term)
    if block.cap is not None:
        cap = scope_of(run, unit, block.id).number(block.cap)
        working = f"min({working}, {w(cap)})" if points > cap else working
        points = min(points, cap)
    return PartScore(unit, block.id, "", points, points, total.full, NOUGHT, working, total.missing)


def _bound(run: Run, unit: str, part: Part, amount: Amount | None) -> Fraction | None:
    return None if amount is None else scope_of(run, unit, part.id).number(amount)


def _amount(run: Run, unit: str, part: Part, amount: Amount | None, default: Fraction) -> Fraction:
    if isinstance(amount, Expression):
        return scope_of(run, unit, part.id).number(amount)
    return default if amount is None else amount
