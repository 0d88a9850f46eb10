"""Faults of sums: checks against their item, items against their part, parts against the printed total."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from services.evaluation.adapters.rubric.finding import Finding, Findings, fixed, n
from services.evaluation.adapters.rubric.unit_kind import UnitKind, kinds_of, stands
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.model import Block, Item, Part, Periods, Rubric
from services.evaluation.domain.rubric.rules.composed import Checklist

NOUGHT = Fraction(0)
BONUS_WORDS = ("加分", "奖励", "奖扣", "奖惩", "扣分项", "bonus")
MOST_KINDS_TOLD = 3

_Off = dict[tuple[str, str], list[tuple[UnitKind, Fraction, Fraction]]]


def check_points(rubric: Rubric, groups: Sequence[str] = (), classes: Sequence[str] = ()) -> Findings:
    """Yield sums that are not what is printed, for each kind of unit that the rubric tells apart."""
    for item in rubric.items():
        yield from _checklist(item)
    kinds = kinds_of(rubric, groups, classes)
    off: _Off = {}
    for kind in kinds:
        for code, name, printed, summed in _sums(rubric, kind):
            off.setdefault((code, name), []).append((kind, printed, summed))
    for (code, name), found in off.items():
        yield _told(rubric, code, name, found, *_whose(kinds, [kind for kind, _, _ in found]))
    yield from _bonus_in_base(rubric)


def _checklist(item: Item) -> Findings:
    full, rule = fixed(item.points), item.rule
    if full is None or not isinstance(rule, Checklist):
        return
    points = [fixed(check.points, full) for check in rule.checks]
    known = [one for one in points if one is not None]
    if len(known) == len(points) and sum(known, NOUGHT) != full:
        terms = "+".join(n(one) for one in known)
        yield Finding(
            "error",
            "checks_do_not_add_up",
            item.id,
            ("rule", "checks"),
            f"各分项 {terms}={n(sum(known, NOUGHT))}，本项满分是{n(full)}",
            f"the checks {terms} add to {n(sum(known, NOUGHT))}; the item has {n(full)}",
        )


def _sums(rubric: Rubric, kind: UnitKind) -> Iterator[tuple[str, str, Fraction, Fraction]]:
    """Yield code, part ("" for the total), what is printed and what the lines add to, where they differ."""
    for part in rubric.parts:
        yield from _part_sums(part, kind)
    if rubric.total is None:
        return
    points = [_contributed(part, kind) for part in rubric.parts if stands(part.applies, kind)]
    known = [one for one in points if one is not None]
    summed = sum(known, NOUGHT) * _whole(rubric.periods)
    if len(known) == len(points) and summed != rubric.total and known:
        yield "total_does_not_add_up", "", rubric.total, summed


def _part_sums(part: Part, kind: UnitKind) -> Iterator[tuple[str, str, Fraction, Fraction]]:
    if not stands(part.applies, kind):
        return
    for inner in part.parts:
        yield from _part_sums(inner, kind)
    printed, summed = fixed(part.points), _children(part, kind)
    if printed is not None and summed is not None and printed != summed:
        yield "points_do_not_add_up", part.id, printed, summed


def _children(part: Part, kind: UnitKind) -> Fraction | None:
    """Return what the lines of *part* add to for *kind*; None where that differs by unit or has no end."""
    fulls = [
        _item_points(item, kind) for item in part.items if item.outside_is_na or stands(item.applies, kind)
    ]
    fulls += [_contributed(inner, kind) for inner in part.parts if stands(inner.applies, kind)]
    known = [one for one in fulls if one is not None]
    if not known or len(known) != len(fulls):
        return None
    return max(known) if part.combine == "choose_best" else sum(known, NOUGHT)


def _item_points(item: Item, kind: UnitKind) -> Fraction | None:
    points = _number(item.points, kind)
    return None if points is None else points * _whole(item.periods)


def _contributed(part: Part, kind: UnitKind) -> Fraction | None:
    own = _number(part.points, kind)
    own = _children(part, kind) if own is None else own
    weight = Fraction(1) if part.weight is None else _number(part.weight, kind)
    return None if own is None or weight is None else own * weight * _whole(part.periods)


def _whole(periods: Periods | None) -> Fraction:
    """Weights that are all 1 are of running deductions, whose points are printed once."""
    weights = [weight for _, weight in periods.weights] if periods else []
    return Fraction(1) if not weights or set(weights) == {Fraction(1)} else sum(weights, NOUGHT)


def _number(amount: Fraction | Expression | None, kind: UnitKind) -> Fraction | None:
    return kind.number(amount) if isinstance(amount, Expression) else amount


def _whose(kinds: Sequence[UnitKind], off: Sequence[UnitKind]) -> tuple[list[str], bool]:
    """Return which units a sum is wrong for ([]: all), and whether there surely are such units.

    Combinations of attributes may be of no unit; a value that is wrong in each of its combinations is not.
    """
    if len(off) == len(kinds):
        return [], True
    for place in range(len(kinds[0].attributes)):
        wrong = {kind.attributes[place][1] for kind in off}
        if all(kind in off for kind in kinds if kind.attributes[place][1] in wrong):
            return list(dict.fromkeys(kind.attributes[place][1] for kind in off)), True
    return [str(kind) for kind in off], False


def _told(
    rubric: Rubric,
    code: str,
    name: str,
    found: Sequence[tuple[UnitKind, Fraction, Fraction]],
    whose: list[str],
    certain: bool,  # noqa: FBT001  (the second half of _whose)
) -> Finding:
    _, printed, summed = found[0]
    units = "、".join(whose[:MOST_KINDS_TOLD]) + ("等" if len(whose) > MOST_KINDS_TOLD else "")
    zh, en = (f"（{units}）", f" (for {units})") if units else ("", "")
    why_zh, why_en = _why(rubric, summed - printed) if not name else ("", "")
    return Finding(
        "error" if certain else "warning",
        code,
        name,
        ("points",) if name else ("total",),
        f"各项合计{n(summed)}，印的是{n(printed)}{zh}{why_zh}",
        f"the lines add to {n(summed)}; {n(printed)} is printed{en}{why_en}",
    )


def _why(rubric: Rubric, more: Fraction) -> tuple[str, str]:
    """Guess that a bonus row was counted in the base when it is worth exactly what is too much."""
    worth = [part for part in rubric.parts if fixed(part.points) == more and more > 0]
    if not worth:
        return "", ""
    part = next((part for part in worth if _named_as_bonus(part)), worth[-1])
    return (
        f"；正好多出第{part.id}部分，是否为加分项？",
        f"; exactly part {part.id} is too much: is it a bonus?",
    )


def _named_as_bonus(line: Part | Item) -> bool:
    return any(word in line.name.zh or word in line.name.en.lower() for word in BONUS_WORDS)


def _bonus_in_base(rubric: Rubric) -> Findings:
    for part in rubric.parts:
        lines: list[Part | Item] = [part, *part.items]
        for line in lines:
            if _named_as_bonus(line):
                yield Finding(
                    "warning",
                    "bonus_in_base",
                    line.id,
                    ("name",),
                    "名称像加（扣）分项，却算在基本分里；应写在 bonus 或 deductions 下",
                    "is named as a bonus and stands in the base; write it below bonus or deductions",
                )


def most_of(rubric: Rubric) -> Fraction | None:
    """Return the highest total anybody can have; None where it has no end or differs by unit."""
    cap = fixed(rubric.cap)
    bounded = [fixed(item.points) for part in rubric.parts for item in _items(part)]
    base = _children_of_base(rubric)
    bonus = [_bonus(block) for block in rubric.bonus if not block.inside]
    over = fixed(rubric.bonus_cap)
    more = [one for one in bonus if one is not None]
    extra = sum(more, NOUGHT) if len(more) == len(bonus) else over
    opening = fixed(rubric.account.opening) if rubric.account else NOUGHT
    if base is None or extra is None or opening is None or None in bounded:
        return cap
    extra = extra if over is None else min(extra, over)
    most = base + extra + opening
    return most if cap is None else min(most, cap)


def _items(part: Part) -> Iterator[Item]:
    yield from part.items
    for inner in part.parts:
        yield from _items(inner)


def _children_of_base(rubric: Rubric) -> Fraction | None:
    """Return the full points of the base; what may rise above its points (bonus inside a line) has no end."""
    if any(item.rule.type in _MAY_RISE for part in rubric.parts for item in _items(part)):
        return None
    points = [_contributed(part, UnitKind(())) for part in rubric.parts]
    known = [one for one in points if one is not None]
    return sum(known, NOUGHT) if len(known) == len(points) else None


def _bonus(block: Block) -> Fraction | None:
    points = [fixed(item.points) for item in block.items]
    known = [one for one in points if one is not None]
    own = sum(known, NOUGHT) if len(known) == len(points) else None
    cap = fixed(block.cap)
    if block.cap is None:
        return own
    return cap if own is None or cap is None else min(own, cap)


_MAY_RISE = frozenset({"over_under", "symmetric", "accumulation", "signed_base", "formula", "tiers", "bands"})
