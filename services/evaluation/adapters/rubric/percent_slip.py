"""93 where 93% is meant, or 12% where the rule counts in whole per cent: full marks by a slip of the pen."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from services.evaluation.adapters.rubric.fault import Fault, warning
from services.evaluation.adapters.rubric.needs import walk
from services.evaluation.adapters.rubric.values import ReadValues
from services.evaluation.domain.rubric.model import VALUE, Item, Rubric
from services.evaluation.domain.rubric.number import written
from services.evaluation.domain.rubric.rules.judgement import Judged
from services.evaluation.domain.rubric.values import CellKey

_EDGES = ("target", "full_at", "zero_above", "at_least", "above", "at_most", "below", "low", "high")
MOST_OVERFULFILLED = 2
"""200 % may well be reached; a plain number above is hardly a share."""


def percent_slips(rubric: Rubric, read: ReadValues) -> Iterator[Fault]:
    """Yield a warning for each number that looks a hundred times too large or too small for its item."""
    scales = {item.id: _scale(item) for item in rubric.items()}
    shares = {(key.item, key.input) for key in read.percents}
    for key, line in read.lines.items():
        value = read.values.get(key)
        if isinstance(value, bool) or not isinstance(value, Fraction):
            continue
        scale = "" if key.input else scales.get(key.item, "")
        if key in read.percents:
            if scale == "whole":
                yield _too_small(key, value, line)
        elif value > MOST_OVERFULFILLED and _is_share(scale, (key.item, key.input) in shares):
            yield _too_large(key, value, line)


def _is_share(scale: str, others_are: bool) -> bool:  # noqa: FBT001  (the neighbours' cells)
    return scale == "share" or (others_are and scale != "whole")


def _scale(item: Item) -> Literal["share", "whole", ""]:
    """Return whether the rule of *item* compares its value with shares (95%) or with whole numbers (95)."""
    if item.input.text != VALUE.text:
        return ""
    inner = [rule for rule in walk(item.rule) if not isinstance(rule, Judged)]
    found = [getattr(rule, name, None) for rule in inner for name in _EDGES]
    edges = [edge for edge in found if isinstance(edge, Fraction) and edge != 0]
    if not edges:
        return ""
    if max(edges) <= 1 and min(edges) < 1:
        return "share"
    return "whole" if min(edges) > 1 else ""


def _too_large(key: CellKey, value: Fraction, line: int) -> Fault:
    n = written(value)
    return warning(
        "percent_doubtful",
        key.item,
        "value",
        f"{key.unit}写的是{n}，没有百分号，而这一项按百分数计；是否应写{n}%？",
        f"{key.unit} has {n} where shares are counted; is {n}% meant?",
        line,
    )


def _too_small(key: CellKey, value: Fraction, line: int) -> Fault:
    n = written(value * 100)
    return warning(
        "percent_doubtful",
        key.item,
        "value",
        f"{key.unit}写的是{n}%（即{written(value)}），而这一项按整数计；是否应写{n}？",
        f"{key.unit} has {n}% ({written(value)}) where whole numbers are counted; is {n} meant?",
        line,
    )
