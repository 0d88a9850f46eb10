"""A unit's total: base, bonus, deductions, account; kept within bounds, rounded only for showing."""

from dataclasses import dataclass, replace
from fractions import Fraction

from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.model import Block
from services.evaluation.domain.rubric.number import clamp
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.result import Act, PartScore
from services.evaluation.domain.rubric.run import Run
from services.evaluation.domain.rubric.section import scope_of
from services.evaluation.domain.rubric.structure import BASE

NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Total:
    """*points* exact, None when nothing could be scored; *missing* are items without a value."""

    points: Fraction | None
    missing: tuple[str, ...]
    working: str
    acts: tuple[Act, ...] = ()


def total_of(run: Run, unit: str) -> Total:
    """Return the unit's total and what its account calls for."""
    rubric = run.rubric
    base = run.part(unit, BASE, "")
    blocks = [run.part(unit, block.id, "") for block in (*rubric.bonus, *rubric.deductions)]
    missing = tuple(dict.fromkeys(one for score in (base, *blocks) for one in score.missing))
    opening = _bound(run, unit, rubric.account.opening) if rubric.account else None
    # Deductions alone are no total: where nothing of the base applied, there was nothing to take them from.
    if base.points is None and (missing or (rubric.parts and not rubric.account)):
        return Total(None, missing, base.working or "—")
    points, working = _with_blocks(run, unit, base)
    if opening is not None:
        points, working = opening + points, f"{w(opening)} + {working}"
    kept = clamp(points, _bound(run, unit, rubric.floor), _bound(run, unit, rubric.cap))
    working = f"{working} = {w(points)}" + (f" → {w(kept)}" if kept != points else "")
    return Total(kept, missing, working, _acts(run, unit, kept))


def _with_blocks(run: Run, unit: str, base: PartScore) -> tuple[Fraction, str]:
    rubric = run.rubric
    points = base.contributes or NOUGHT
    inside = _sum(run, unit, [block for block in rubric.bonus if block.inside], None)
    working = w(points)
    if inside:
        filled = min(points + inside, max(base.full, points))
        working, points = f"min({w(points)} + {w(inside)}, {w(base.full)})", filled
    outside = _sum(run, unit, [block for block in rubric.bonus if not block.inside], rubric.bonus_cap)
    lost = _sum(run, unit, rubric.deductions, rubric.deduction_cap)
    working += (f" + {w(outside)}" if rubric.bonus else "") + (f" − {w(lost)}" if rubric.deductions else "")
    return points + outside - lost, working


def _sum(run: Run, unit: str, blocks: "list[Block] | tuple[Block, ...]", cap: Amount | None) -> Fraction:
    scores = (run.part(unit, block.id, "").points for block in blocks)
    return clamp(sum((points or NOUGHT for points in scores), NOUGHT), None, _bound(run, unit, cap))


def _bound(run: Run, unit: str, amount: Amount | None) -> Fraction | None:
    return None if amount is None else scope_of(run, unit, BASE).number(amount)


def _acts(run: Run, unit: str, balance: Fraction) -> tuple[Act, ...]:
    """Return what the account calls for: each act once, with the first period that crossed its line."""
    account = run.rubric.account
    if account is None:
        return ()
    periods = run.rubric.periods
    running = _bound(run, unit, account.opening) or NOUGHT
    balances: list[tuple[str, Fraction]] = []
    for name, weight in periods.weights if periods else ():
        running += weight * (run.part(unit, BASE, name).points or NOUGHT)
        balances.append((name, running))
    if not balances or balances[-1][1] != balance:
        balances.append(("", balance))
    acts = []
    for threshold in account.thresholds:
        if threshold.applies is not None and not scope_of(run, unit, BASE).holds(threshold.applies):
            continue
        crossed = next((one for one in balances if one[1] <= threshold.at), None)
        if crossed is not None:
            acts.append(Act(threshold.act, threshold.at, *crossed))
    return tuple(acts)


def zeroed(total: Total, veto: str) -> Total:
    """Return *total* as a veto leaves it: nothing (C10)."""
    return replace(total, points=NOUGHT, working=f"{total.working}; {veto} → 0")
