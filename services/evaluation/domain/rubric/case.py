"""One item of one unit as rules and expressions see it: its value, its inputs, its cohort."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from services.evaluation.domain.rubric.answer import answer
from services.evaluation.domain.rubric.errors import RubricError, WrongValueError
from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.expression_functions import as_date, as_number, as_truth
from services.evaluation.domain.rubric.gap import GapError, MissingValueError, NotApplicableError
from services.evaluation.domain.rubric.model import Item
from services.evaluation.domain.rubric.reference import Query
from services.evaluation.domain.rubric.run import Run
from services.evaluation.domain.rubric.trace import Measured, Trace
from services.evaluation.domain.rubric.values import NOT_APPLICABLE, CellKey, Note, Nothing, Scalar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ItemCase:
    """See ``rules.rule.Case`` and ``expression.Scope``: this is both.

    *source* is what the value is read from: None the item's own input, text an input by
    name. *held* replaces it by a number the rule worked out. *raw*: the input itself is
    being worked out, so that ``value`` is the cell.
    """

    run: Run
    unit: str
    item: Item
    period: str
    trace: Trace
    dimension: str = ""
    source: Expression | str | None = None
    held: Scalar | None = None
    worth_points: Fraction | None = None
    lent: Mapping[str, Scalar] = field(default_factory=dict)
    raw: bool = False

    @property
    def as_of(self) -> date | None:
        return self.run.as_of

    @property
    def value(self) -> Scalar:
        return self.held if self.held is not None else self._read()

    @property
    def measured(self) -> Fraction:
        value = self.value
        if isinstance(value, (Fraction, bool)):
            return as_number(value)
        raise self.wrong(
            f"a number is needed, not {value} / 须填数值，不能是“{value}”（不适用写“不适用”，没有数据就空着）"
        )

    @property
    def full(self) -> Fraction:
        if self.worth_points is not None:
            return self.worth_points
        if self.item.points is None:
            raise RubricError(where=self.item.id, why="the rule needs points / 此项须有分值")
        return self.number(self.item.points)

    @property
    def note(self) -> Note:
        name = self.source if isinstance(self.source, str) else ""
        return self.run.values.note(CellKey(self.unit, self.item.id, name, self.period, self.dimension))

    def wrong(self, why: str) -> Exception:
        return WrongValueError(unit=self.unit, where=self.item.id, why=why)

    def number(self, amount: Amount) -> Fraction:
        return amount if isinstance(amount, Fraction) else as_number(amount.evaluate(self))

    def holds(self, condition: Expression) -> bool:
        return as_truth(condition.evaluate(self))

    def day(self, day: date | Expression) -> date:
        return as_date(day.evaluate(self)) if isinstance(day, Expression) else day

    def workdays(self, start: date, end: date) -> int:
        return self.run.values.workdays.between(start, end)

    def input(self, name: str, period: str | None = None) -> Scalar:
        key = CellKey(
            self.unit, self.item.id, name, self.period if period is None else period, self.dimension
        )
        found = self.run.values.get(key)
        self.trace.cells[key] = found
        if found is None:
            if (self.item.missing or self.run.rubric.missing) == "value_zero":
                return Fraction(0)
            raise MissingValueError("/".join(part for part in key[1:] if part))
        if isinstance(found, Nothing):
            raise NotApplicableError(f"{NOT_APPLICABLE.value}: {self.item.id}")
        return found

    def name(self, name: str) -> Scalar:
        """Return what a bare name in an expression stands for."""
        if name in self.lent:
            return self.lent[name]
        if name == "value":
            return self.input("") if self.raw else self.value
        if name == "period":
            return self.period
        if name == "full":
            return self.full
        if name == "as_of" and self.as_of is not None:
            return self.as_of
        return self.input(name)

    def attribute(self, name: str) -> Scalar:
        found = self.run.unit(self.unit).attribute(name)
        if found is None:
            raise MissingValueError(f"unit.{name}")
        return found

    def ask(self, query: Query) -> Scalar:
        self.trace.items[query.target] = None
        return answer(self.run, self.unit, self.period, query)

    def reading(self, source: Expression | str) -> "ItemCase":
        return replace(self, source=source, held=None)

    def holding(self, value: Scalar, **names: Scalar) -> "ItemCase":
        return replace(self, held=value, lent={**self.lent, **names})

    def worth(self, full: Fraction | None) -> "ItemCase":
        return replace(self, worth_points=full)

    def cohort(self) -> Mapping[str, Fraction]:
        return self.once("cohort", self._cohort)

    def _cohort(self) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for unit in self.run.group(self.unit):
            if self.run.concerns(unit, self.item):
                other = replace(self, unit=unit, trace=Trace(), held=None)
                try:
                    found[unit] = other.measured
                except GapError:
                    continue
        return found

    def cohort_grid(
        self, periods: Sequence[str], dimensions: Sequence[str]
    ) -> Mapping[str, Mapping[tuple[str, str], Fraction]]:
        cells = [(period, dimension) for period in periods for dimension in dimensions]
        for at in cells:
            self.trace.add(self.run.measure(self.unit, self.item, at).trace)
        return self.once(("grid", tuple(cells)), lambda: self._grid(cells))

    def _grid(self, cells: Sequence[tuple[str, str]]) -> dict[str, dict[tuple[str, str], Fraction]]:
        units = [unit for unit in self.run.group(self.unit) if self.run.concerns(unit, self.item)]
        found = {unit: {at: self.run.measure(unit, self.item, at) for at in cells} for unit in units}
        return {
            unit: {at: as_number(one.known()) for at, one in measured.items() if one.gap is None}
            for unit, measured in found.items()
        }

    def once(self, key: object, work: Callable[[], T]) -> T:
        source = self.source.text if isinstance(self.source, Expression) else self.source
        whole = ("cohort", self.item.id, self.period, source, self.run.group_name(self.unit), key)
        return self.run.once(whole, work)

    def _read(self) -> Scalar:
        if isinstance(self.source, str):
            return self.input(self.source)
        if isinstance(self.source, Expression):
            return self.source.evaluate(replace(self, raw=True))
        measured = self.run.measure(self.unit, self.item, (self.period, self.dimension))
        self.trace.add(measured.trace)
        return measured.known()


def measure(run: Run, unit: str, item: Item, at: tuple[str, str]) -> Measured:
    """Return the item's value at (period, dimension): its input, with adjustments (C16) added."""
    period, dimension = at
    trace = Trace()
    case = ItemCase(run, unit, item, period, trace, dimension, raw=True)
    try:
        value = item.input.evaluate(case)
        for change in item.adjust:
            cap = case.number(change.cap)
            by = case.number(change.factor) * (case.number(change.by) - case.number(change.target))
            value = as_number(value) + min(max(by, -cap), cap)
    except GapError as gap:
        return Measured(None, gap, trace)
    return Measured(value, None, trace)
