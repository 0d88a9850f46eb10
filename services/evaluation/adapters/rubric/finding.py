"""What a check of a rubric finds, and walking rules and expressions with their place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any

from services.evaluation.adapters.rubric.fault import Fault, Level
from services.evaluation.adapters.rubric.lines import Path_
from services.evaluation.adapters.rubric.load import SPELT, RubricFile
from services.evaluation.adapters.rubric.reading import Place
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.number import written
from services.evaluation.domain.rubric.rules.composed import Alternative, Check

Amount_ = Fraction | Expression | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; *steps* lead from the item (or, without one, from the file) to the field."""

    level: Level
    code: str
    item: str
    steps: Path_
    zh: str
    en: str

    def fault(self, file: RubricFile) -> Fault:
        field = Place(self.steps).field
        return Fault(
            self.level, self.code, self.item, field, self.zh, self.en, file.line(self.item, self.steps)
        )


@dataclass(frozen=True, slots=True)
class RuleAt:
    """A rule (or a tier, check, step … of it) inside *item*, where it stands, and its full marks."""

    item: str
    steps: Path_
    rule: Any
    full: Amount_

    def wrong(self, code: str, field: str, zh: str, en: str) -> Finding:
        return Finding("error", code, self.item, (*self.steps, field) if field else self.steps, zh, en)

    def odd(self, code: str, field: str, zh: str, en: str) -> Finding:
        return Finding("warning", code, self.item, (*self.steps, field) if field else self.steps, zh, en)

    def fixed(self, name: str) -> Fraction | None:
        """Return the field *name* where it is a number that is the same for every unit."""
        return fixed(getattr(self.rule, name), self.full)


Findings = Iterator[Finding]
RuleCheck = Callable[[RuleAt], Findings]


def fixed(amount: Amount_, full: Amount_ = None) -> Fraction | None:
    """Return *amount* as a number, ``full`` as full marks; None where it differs by unit or is not given."""
    if isinstance(amount, Expression):
        return full if amount.text.strip() == "full" and isinstance(full, Fraction) else None
    return amount


def rules_in(item: str, rule: Any, full: Amount_, steps: Path_ = ("rule",)) -> Iterator[RuleAt]:  # noqa: ANN401
    """Yield *rule* and whatever it is made of, with their places."""
    if isinstance(rule, Check | Alternative) and rule.points is not None:
        full = rule.points
    yield RuleAt(item, steps, rule, full)
    for one in fields(rule):
        value = getattr(rule, one.name)
        if _is_part(value):
            yield from rules_in(item, value, full, (*steps, one.name))
        elif isinstance(value, tuple):
            for index, inner in enumerate(value):
                if _is_part(inner):
                    yield from rules_in(item, inner, full, (*steps, one.name, index))


def expressions_at(node: Any, steps: Path_ = ()) -> Iterator[tuple[Path_, Expression]]:  # noqa: ANN401
    """Yield every expression of *node* with its place, but not of what has an id of its own."""
    if isinstance(node, Expression):
        yield steps, node
    elif is_dataclass(node) and not isinstance(node, type):
        for one in fields(node):
            value, key = getattr(node, one.name), SPELT.get(f"{type(node).__name__}.{one.name}", one.name)
            if not isinstance(value, tuple) or not any(hasattr(inner, "id") for inner in value):
                yield from expressions_at(value, (*steps, key))
    elif isinstance(node, tuple):
        for index, inner in enumerate(node):
            yield from expressions_at(inner, (*steps, index))


def _is_part(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type | Expression)


def n(number: Fraction) -> str:
    """Return *number* as people write it."""
    return written(number)
