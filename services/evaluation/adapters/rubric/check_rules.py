"""Faults of a rule's parameters: steps of nothing, targets of nought, deductions larger than the item."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from services.evaluation.adapters.rubric.check_tables import check_bands, check_tiers
from services.evaluation.adapters.rubric.finding import Findings, RuleAt, RuleCheck, fixed, n, rules_in
from services.evaluation.domain.rubric.model import Item, Periods, Rubric
from services.evaluation.domain.rubric.number import half_up
from services.evaluation.domain.rubric.rules.cohort import MinMax, RankDecrement, RankTable
from services.evaluation.domain.rubric.rules.composed import Checklist, ChooseOne
from services.evaluation.domain.rubric.rules.judgement import Judged, Sampled
from services.evaluation.domain.rubric.rules.occurrence import Frequency, PerOccurrence
from services.evaluation.domain.rubric.rules.pipeline import (
    MinMaxStep,
    RankPoints,
    WeighDimensions,
    WeighPeriods,
)
from services.evaluation.domain.rubric.rules.slope import Inverse, LinearBand, OverUnder, Symmetric
from services.evaluation.domain.rubric.rules.table import Bands, Qualitative, Tiers
from services.evaluation.domain.rubric.rules.target import Coefficient, Proportional, Stepped

ROUND = 2


def check_rules(rubric: Rubric) -> Findings:
    """Yield what is wrong with the parameters of every rule of *rubric*."""
    for item in rubric.items():
        for at in rules_in(item.id, item.rule, item.points):
            check = _CHECKS.get(type(at.rule))
            if check is not None:
                yield from check(at)
        yield from _points_needed(item)


def _points_needed(item: Item) -> Findings:
    points = fixed(item.points)
    if item.points is None and needs_full(item.rule):
        at = RuleAt(item.id, (), item.rule, None)
        yield at.wrong(
            "points_needed",
            "points",
            "这种计分规则要有满分，不能写 null",
            "this rule needs full marks, not null",
        )
    if points is not None and points <= 0:
        at = RuleAt(item.id, (), item.rule, None)
        yield at.wrong(
            "points_not_positive", "points", f"满分是{n(points)}，应大于0", f"{n(points)} is not above 0"
        )


def needs_full(rule: Any) -> bool:  # noqa: ANN401  (any rule)
    """Tell whether *rule* reads the full marks of its item."""
    inner = [
        getattr(rule, name) for name in ("rule", "late", "then", "otherwise") if getattr(rule, name, None)
    ]
    if rule.type in _ALWAYS_FULL:
        return True
    if isinstance(rule, Judged):
        return rule.high is None
    if isinstance(rule, ChooseOne):
        return any(one.points is None and needs_full(one.rule) for one in rule.of)
    if isinstance(rule, RankTable):
        return not rule.points
    return any(needs_full(one) for one in inner)


_ALWAYS_FULL = frozenset(
    {
        "all_or_nothing",
        "proportional",
        "coefficient",
        "stepped",
        "per_occurrence",
        "frequency",
        "linear_band",
        "over_under",
        "symmetric",
        "inverse",
        "deadline",
        "qualitative",
        "rank_decrement",
        "leader_ratio",
        "min_max",
    }
)


def _nought(at: RuleAt, field: str) -> Findings:
    number = at.fixed(field)
    if number is not None and number <= 0:
        yield at.wrong(
            "not_above_nought", field, f"是{n(number)}，应大于0", f"is {n(number)} and must be more than 0"
        )


def _deduction(at: RuleAt, field: str) -> Findings:
    number, full = at.fixed(field), fixed(at.full)
    if number is not None and number < 0:
        yield at.wrong(
            "deduction_negative",
            field,
            f"扣分写成了负数（{n(number)}），请写正数",
            f"{n(number)} is negative; deductions are written positive",
        )
    elif number == 0:
        yield at.odd("deduction_nought", field, "扣0分，等于不扣", "takes nothing off")
    elif number is not None and full is not None and number > full:
        yield at.odd(
            "deduction_exceeds_points",
            field,
            f"一次扣{n(number)}，超过满分{n(full)}",
            f"one step takes {n(number)}, more than the {n(full)} there are",
        )


def _stepped(at: RuleAt) -> Findings:
    yield from _nought(at, "step")
    yield from _deduction(at, "deduct")


def _proportional(at: RuleAt) -> Findings:
    target = at.fixed("target")
    if target == 0:
        yield at.wrong(
            "target_nought",
            "target",
            "按比例得分的目标不能是0（不能除以0）",
            "is 0, and nothing can be in proportion to nought",
        )


def _coefficient(at: RuleAt) -> Findings:
    factor, full = at.fixed("factor"), fixed(at.full)
    yield from _nought(at, "factor")
    if factor is None or full is None or factor <= 0:
        return
    standard = full / factor
    if half_up(standard, ROUND) != standard:
        near = half_up(standard, 0)
        yield at.odd(
            "coefficient_misses_full",
            "factor",
            f"系数四舍五入过：{n(near)}得{n(factor * near)}分，到{n(standard)}才得满分{n(full)}",
            f"is rounded: the value {n(near)} gives {n(factor * near)}; {n(standard)} the full {n(full)}",
        )


def _per_occurrence(at: RuleAt) -> Findings:
    rule: PerOccurrence = at.rule
    if (rule.deduct is None) == (not rule.deducts):
        yield at.wrong(
            "deduct_or_deducts",
            "deduct",
            "deduct 和 deducts 要写一个，且只写一个",
            "write either deduct or deducts",
        )
    yield from _deduction(at, "deduct")
    for index, (name, amount) in enumerate(rule.deducts):
        inner = RuleAt(at.item, (*at.steps, "deducts", name), _Amount(amount), at.full)
        for found in _deduction(inner, "amount"):
            yield type(found)(found.level, found.code, found.item, found.steps[:-1], found.zh, found.en)
        del index
    if rule.zero_from is not None and rule.zero_from < 1:
        yield at.wrong("not_above_nought", "zero_from", "应为1或更大的整数", "must be 1 or more")


class _Amount:
    """One amount of a mapping, so that it is checked as a field."""

    def __init__(self, amount: object) -> None:
        self.amount = amount


def _frequency(at: RuleAt) -> Findings:
    yield from _nought(at, "required")
    yield from _deduction(at, "deduct")


def _linear_band(at: RuleAt) -> Findings:
    good, bad = at.fixed("full_at"), at.fixed("zero_above")
    if good is not None and good == bad:
        yield at.wrong(
            "band_of_no_width",
            "zero_above",
            f"满分线和零分线都是{n(good)}，中间没有区间",
            f"is {n(good)} as full_at is; there is nothing between",
        )


def _over_under(at: RuleAt) -> Findings:
    yield from _nought(at, "over_step")
    yield from _nought(at, "under_step")
    yield from _deduction(at, "under_deduct")


def _step(at: RuleAt) -> Findings:
    yield from _nought(at, "step")


def _zero_at(at: RuleAt) -> Findings:
    yield from _nought(at, "zero_at")


def _sample(at: RuleAt) -> Findings:
    yield from _nought(at, "sample_size")


def _decrement(at: RuleAt) -> Findings:
    yield from _deduction(at, "decrement")


def _judged(at: RuleAt) -> Findings:
    high, low, full = at.fixed("high"), at.fixed("low"), fixed(at.full)
    if high is not None and full is not None and high > full:
        yield at.odd(
            "points_above_full",
            "high",
            f"可评{n(high)}分，超过满分{n(full)}",
            f"up to {n(high)} may be given, of {n(full)}",
        )
    if high is not None and low is not None and low >= high:
        yield at.wrong(
            "band_of_no_width", "low", f"最低{n(low)}不低于最高{n(high)}", f"{n(low)} is not below {n(high)}"
        )


def _rank_table(at: RuleAt) -> Findings:
    rule: RankTable | RankPoints = at.rule
    points = [fixed(one, at.full) for one in rule.points]
    full = fixed(at.full)
    if not points:
        yield at.wrong("table_empty", "points", "名次表是空的", "the table is empty")
    for index, (before, after) in enumerate(pairwise(points), 1):
        if before is not None and after is not None and after > before:
            yield at.odd(
                "table_not_falling",
                "points",
                f"第{index + 1}名比第{index}名分高",
                f"place {index + 1} gets more than place {index}",
            )
    if points and points[0] is not None and full is not None and points[0] != full:
        yield at.odd(
            "best_is_not_full",
            "points",
            f"第一名得{n(points[0])}，满分是{n(full)}",
            f"the first gets {n(points[0])}, full marks are {n(full)}",
        )


def _min_max(at: RuleAt) -> Findings:
    rule: MinMax = at.rule
    if rule.span <= 0:
        yield at.wrong("not_above_nought", "span", "应大于0", "must be more than 0")
    if rule.if_flat is None:
        best = n(rule.base + rule.span)
        yield at.odd(
            "flat_not_said",
            "if_flat",
            f"没有写全部单位相同时怎样计（按{best}计），请写明 if_flat",
            f"what counts when all units are equal is not said ({best} is taken)",
        )


def _weights(at: RuleAt) -> Findings:
    total = sum((weight for _, weight in at.rule.weights), Fraction(0))
    if total != 1:
        yield at.wrong(
            "weights_not_one",
            "weights",
            f"权重合计{n(total)}，应为1",
            f"the weights add to {n(total)}, not 1",
        )


def _qualitative(at: RuleAt) -> Findings:
    for index, tier in enumerate(at.rule.tiers):
        inner = RuleAt(at.item, (*at.steps, "tiers", index), tier, at.full)
        if not 0 <= tier.bottom < tier.top <= 100:  # noqa: PLR2004  (per cent)
            yield inner.wrong(
                "band_of_no_width",
                "top",
                f"“{tier.name}”档须由高到低，在0至100之间",
                f"the tier {tier.name} must fall from top to bottom, within 0 to 100",
            )


def _checklist(at: RuleAt) -> Findings:
    rule: Checklist = at.rule
    inputs = [check.input for check in rule.checks]
    for index, name in enumerate(inputs):
        if name in inputs[:index]:
            inner = RuleAt(at.item, (*at.steps, "checks", index), rule.checks[index], at.full)
            yield inner.wrong("check_twice", "input", f"“{name}”重复", f"“{name}” stands twice")


def check_periods(item: str, periods: Periods | None) -> Findings:
    """Yield a fault where period weights neither add to 1 nor are all 1 (running deductions)."""
    weights = [weight for _, weight in periods.weights] if periods else []
    total = sum(weights, Fraction(0))
    if weights and total != 1 and set(weights) != {Fraction(1)}:
        at = RuleAt(item, (), None, None)
        yield at.wrong(
            "weights_not_one",
            "periods",
            f"各期权重合计{n(total)}，应为1",
            f"the weights add to {n(total)}, not 1",
        )


_CHECKS: Mapping[type, RuleCheck] = {
    Stepped: _stepped,
    Proportional: _proportional,
    Coefficient: _coefficient,
    PerOccurrence: _per_occurrence,
    Frequency: _frequency,
    LinearBand: _linear_band,
    OverUnder: _over_under,
    Symmetric: _step,
    Inverse: _zero_at,
    Sampled: _sample,
    RankDecrement: _decrement,
    RankTable: _rank_table,
    RankPoints: _rank_table,
    MinMax: _min_max,
    MinMaxStep: _min_max,
    WeighDimensions: _weights,
    WeighPeriods: _weights,
    Qualitative: _qualitative,
    Judged: _judged,
    Checklist: _checklist,
    Tiers: check_tiers,
    Bands: check_bands,
}
