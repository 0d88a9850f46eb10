"""What a rubric reads of the values: items, inputs, periods and dimensions, found by walking the rubric."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.model import Item, Part, Periods, Rubric
from services.evaluation.domain.rubric.reference import OF_VALUES
from services.evaluation.domain.rubric.rules.accumulation import Accumulation, Formula, Rate, SignedBase
from services.evaluation.domain.rubric.rules.cohort import MeanScore, RelativeToMean
from services.evaluation.domain.rubric.rules.composed import Check, Checklist, ChooseOne, When
from services.evaluation.domain.rubric.rules.dated import Checkpoint, Deadline, Lagged
from services.evaluation.domain.rubric.rules.judgement import Sampled
from services.evaluation.domain.rubric.rules.occurrence import Frequency, PerOccurrence
from services.evaluation.domain.rubric.rules.pipeline import Pipeline, WeighDimensions, WeighPeriods
from services.evaluation.domain.rubric.rules.table import Qualitative

UNNAMED = ""
LENT = frozenset({"full", "period", "as_of"})
WHOLE = ""
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Needs:
    """Which cells the rubric can read. None: anything (of what another rubric gave, nothing is known)."""

    items: Names
    _inputs: Mapping[str, Names]
    _periods: Mapping[str, Names]
    _dimensions: Mapping[str, Names]

    def inputs_of(self, item: str) -> Names | None:
        return self._inputs.get(item)

    def periods_of(self, item: str, name: str) -> Names | None:
        """Return the periods the input *name* is read in; a named one may also hold for all of them."""
        within = self._periods.get(item)
        return within | {WHOLE} if within is not None and (name or not within) else within

    def dimensions_of(self, item: str, name: str) -> Names | None:
        """Return the dimensions the input *name* is read in, as with periods."""
        within = self._dimensions.get(item)
        return within | {WHOLE} if within is not None and (name or not within) else within


def needs_of(rubric: Rubric) -> Needs:
    """Return what *rubric* reads."""
    inputs = {item.id: set(_inputs_of(item)) for item in rubric.items()}
    judged = [(veto.id, veto.when) for veto in rubric.vetoes]
    judged += [(one.id, one.when) for one in rubric.prerequisites]
    for name, when in judged:
        inputs.setdefault(name, set()).update(when.names)
    for expression in expressions_in(rubric):
        for reference in expression.references:
            if reference.function in OF_VALUES:
                inputs.setdefault(reference.target, set()).add(reference.input or "value")
    kept = {
        item: frozenset(UNNAMED if name == "value" else name for name in names - LENT)
        for item, names in inputs.items()
    }
    periods = {item.id: frozenset((*around, *_periods_in(item))) for item, around in _placed(rubric)}
    dimensions = {item.id: frozenset(_dimensions_in(item)) for item in rubric.items()}
    own = {item.id for item in rubric.items()} | set(rubric.data)
    kept = {item: names for item, names in kept.items() if item not in rubric.data}
    return Needs(
        frozenset(kept) | own,
        {item: names for item, names in kept.items() if "/" not in item},
        periods,
        dimensions,
    )


def expressions_in(node: Any) -> Iterator[Expression]:  # noqa: ANN401  (whatever a rubric is made of)
    """Yield every expression of *node*."""
    for inner in walk(node):
        if isinstance(inner, Expression):
            yield inner


def walk(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield *node* and everything inside it, parents first."""
    yield node
    if isinstance(node, Expression):
        return
    if is_dataclass(node) and not isinstance(node, type):
        for name in _fields(type(node)):
            yield from walk(getattr(node, name))
    elif isinstance(node, tuple):
        for inner in node:
            yield from walk(inner)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _inputs_of(item: Item) -> Iterator[str]:
    """Yield names of inputs; ``value`` stands for the unnamed one."""
    besides = (item.points, item.applies, item.adjust, item.zero_if, item.exempt_if)
    for expression in expressions_in(besides):
        yield from expression.names
    if reads_value(item.rule):
        yield from item.input.names
    rules = list(walk(item.rule))
    lent = {name for kind, name in _LENDERS for inner in rules if isinstance(inner, kind)}
    for inner in rules:
        yield from inner.names - lent if isinstance(inner, Expression) else _named_by(inner)


_LENDERS: tuple[tuple[type, str], ...] = (
    (Checkpoint, "target"),
    (RelativeToMean, "mean"),
    (Deadline, "days_late"),
)


def _named_by(rule: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield inputs that a rule names in text, not in an expression."""
    if isinstance(rule, Rate) or (isinstance(rule, Check) and reads_value(rule.rule)):
        yield rule.input or "value"
    elif isinstance(rule, PerOccurrence):
        yield from (name for name, _ in rule.deducts)
    elif isinstance(rule, Lagged):
        yield rule.cohort_on
    elif isinstance(rule, Sampled):
        yield "sample"
    elif isinstance(rule, Qualitative):
        yield "percent"


def reads_value(rule: Any) -> bool:  # noqa: ANN401
    """Tell whether *rule* reads the item's own input, rather than inputs it names or nothing at all."""
    if isinstance(rule, Checklist | MeanScore | Formula | SignedBase):
        return False
    if isinstance(rule, PerOccurrence):
        return not rule.deducts
    if isinstance(rule, Accumulation):
        return any(not rate.input for rate in rule.rates)
    if isinstance(rule, ChooseOne):
        return any(one.input is None and reads_value(one.rule) for one in rule.of)
    if isinstance(rule, When):
        return reads_value(rule.then) or (rule.otherwise is not None and reads_value(rule.otherwise))
    return True


def _periods_in(item: Item) -> Iterator[str]:
    for inner in walk(item):
        if isinstance(inner, Periods):
            yield from inner.names
        elif isinstance(inner, Frequency | Pipeline):
            yield from inner.periods
        elif isinstance(inner, WeighPeriods):
            yield from (name for name, _ in inner.weights)


def _dimensions_in(item: Item) -> Iterator[str]:
    for inner in walk(item):
        if isinstance(inner, Pipeline):
            yield from inner.dimensions
        elif isinstance(inner, WeighDimensions):
            yield from (name for name, _ in inner.weights)


def _placed(rubric: Rubric) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Yield every item with the periods that parts above it, or the rubric, set."""
    around = rubric.periods.names if rubric.periods else ()
    for part in rubric.parts:
        yield from _placed_in(part, around)
    for block in (*rubric.bonus, *rubric.deductions):
        for item in block.items:
            yield item, around


def _placed_in(part: Part, around: tuple[str, ...]) -> Iterator[tuple[Item, tuple[str, ...]]]:
    within = (*around, *(part.periods.names if part.periods else ()))
    for item in part.items:
        yield item, within
    for inner in part.parts:
        yield from _placed_in(inner, within)
