"""Targets, policy figures and methods in words a person reads."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from services.evaluation.domain.method import (
    AllOrNothing,
    Coefficient,
    Deadline,
    Frequency,
    LinearBand,
    Method,
    PerOccurrence,
    Proportional,
    Shown,
    SteppedDeduction,
    Tiers,
    ZeroOnOccurrence,
)
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.rule import Target
from services.evaluation.entrypoints.web.labels import LEVELS, same, unit_words
from services.evaluation.entrypoints.web.reporting_words import rule_words
from services.evaluation.entrypoints.web.scheme_words import scheme_words
from shared.contracts.codes import codes
from shared.web.i18n import Words

_SIGNS = {">=": "≥", "<=": "≤"}
_NATIONAL = "100A"
"""How the codes of the national system begin: which list one is of, its value tells."""
_WITHOUT_VALUE = {
    "report": Words("只上报，不设目标", "reported, no target"),
    "bonus": Words("加分项", "a bonus"),
}
_WHOLE = "100"
_WITHOUT_UNIT = frozenset({"是", "否"})
"""Values that say all; their unit in the plan is the choice (是/否)."""
_VALUES = {
    "config": Words("待县上确定", "to be set by the county"),
    "2021 value": Words("2021 年数值", "the value of 2021"),
}
_METHODS: Mapping[type[Method], Words] = {
    AllOrNothing: Words("达标得满分，否则不得分", "all points or none"),
    Proportional: Words("按完成比例得分", "points in proportion"),
    Coefficient: Words("按系数得分", "points by a coefficient"),
    SteppedDeduction: Words("每差一档扣分", "points lost by steps"),
    PerOccurrence: Words("每发生一例扣分", "points lost for each case"),
    ZeroOnOccurrence: Words("发生即不得分", "no points once it happens"),
    LinearBand: Words("在区间内按比例得分", "in proportion within a band"),
    Deadline: Words("按期完成得分", "points when done in time"),
    Shown: Words("只展示，不计分", "shown, not scored"),
    Frequency: Words("按次数得分", "points by how often"),
    Tiers: Words("按档次得分", "points by tier"),
}


def target_unit(target: Target, unit: str, *, rate: bool) -> str:
    """Return the unit of a target: as the plan writes it, but percent where the plan wants 100 of every 100.

    Item 37's notices are counted in times (次) and its target is 100: that is a rate.
    """
    if target.value in _WITHOUT_UNIT:
        return ""
    return "%" if rate and target.value == _WHOLE else unit


def target_words(target: Target, unit: str, part: Fraction | None = None) -> Words:
    """Return what an indicator should reach, with its unit; *part* is a unit's part of the county's."""
    if target.op in _WITHOUT_VALUE:
        return _WITHOUT_VALUE[target.op]
    if target.op == "rank<=":
        return Words(f"位居前 {target.value}", f"among the first {target.value}")
    sign, said = _SIGNS.get(target.op, target.op), scheme_words(unit)
    value = _VALUES.get(target.value)
    if part is not None:
        zh, en = f"{sign} {target.value} {unit}", f"{sign} {target.value} {said.en}".rstrip()
        mine = f"{sign} {two_decimals(part)}"
        return Words(f"{mine} {unit}（全县 {zh}）", f"{mine} {said.en}".rstrip() + f" (county {en})")
    if value is None:
        number = scheme_words(target.value)
        return Words(f"{sign} {number.zh} {unit}".rstrip(), f"{sign} {number.en} {said.en}".rstrip())
    return Words(f"{sign} {value.zh}（{unit}）", f"{sign} {value.en} ({said.en or unit})")


def method_words(method: Method) -> Words:
    """Return how points are given, in a few words; the rule file says it exactly."""
    return _METHODS[type(method)]


def figure_words(value: object) -> Words:
    """Return a policy figure's value: spans of days, several codes, values by level, or one number."""
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, date):
        return same(value.isoformat())
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [figure_words(one) for one in value if not _says_the_same(one, value)]
        return Words("、".join(one.zh for one in parts), ", ".join(one.en for one in parts))
    if isinstance(value, str) and value in {code.value for code in codes()["risk"]}:
        return Words(codes().text("risk", value), codes().text("risk", value, "en"))
    if isinstance(value, str) and value.startswith(_NATIONAL):
        key = next((key for key, listed in codes().items() if value in listed.codes), "")
        return Words(codes().text(key, value), codes().text(key, value, "en")) if key else same(value)
    return same(str(value))


def _says_the_same(one: object, every: Sequence[object]) -> bool:
    """Say whether *one* is only another spelling of a code that stands in *every* too."""
    risks = {code.value for code in codes()["risk"]}
    return isinstance(one, str) and one not in risks and any(other in risks for other in every)


def _mapping(value: Mapping[str, object]) -> Words:
    if "reporter" in value:
        return rule_words(value)
    if set(value) == {"first", "last"}:
        return Words(f"{value['first']} 至 {value['last']}", f"{value['first']} to {value['last']}")
    parts = [(LEVELS.get(name, unit_words(name)), figure_words(one)) for name, one in value.items()]
    return Words(
        "，".join(f"{name.zh} {one.zh}" for name, one in parts),
        ", ".join(f"{name.en} {one.en}" for name, one in parts),
    )
