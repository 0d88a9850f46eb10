"""A case outside any rubric: one value and its full marks, for rules that read nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from services.evaluation.domain.rubric.errors import RubricError, WrongValueError
from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.expression_functions import as_number
from services.evaluation.domain.rubric.reference import Query
from services.evaluation.domain.rubric.values import Note, Scalar

T = TypeVar("T")
NOBODY = Note()


@dataclass(frozen=True, slots=True)
class PlainCase:
    """See ``rules.rule.Case``. A rule that asks for inputs, other units or an expression is refused."""

    value: Scalar
    full: Fraction
    unit: str = ""
    as_of: date | None = None
    note: Note = NOBODY

    @property
    def measured(self) -> Fraction:
        return as_number(self.value)

    def wrong(self, why: str) -> Exception:
        return WrongValueError(unit=self.unit, where="", why=why)

    def number(self, amount: Amount) -> Fraction:
        if isinstance(amount, Fraction):
            return amount
        raise self._refused(amount.text)

    def holds(self, condition: Expression) -> bool:
        raise self._refused(condition.text)

    def day(self, day: date | Expression) -> date:
        if isinstance(day, date):
            return day
        raise self._refused(day.text)

    def workdays(self, start: date, end: date) -> int:
        raise self._refused(f"workdays({start}, {end})")

    def input(self, name: str, period: str | None = None) -> Scalar:
        raise self._refused(f"{name} {period or ''}".strip())

    def ask(self, query: Query) -> Scalar:
        raise self._refused(query.function)

    def reading(self, source: Expression | str) -> "PlainCase":
        raise self._refused(str(source))

    def holding(self, value: Scalar, **names: Scalar) -> "PlainCase":
        """Return the case of another value; *names* can be read by no one, since expressions are refused."""
        del names
        return replace(self, value=value)

    def worth(self, full: Fraction | None) -> "PlainCase":
        return self if full is None else replace(self, full=full)

    def cohort(self) -> Mapping[str, Fraction]:
        raise self._refused("cohort")

    def cohort_grid(
        self, periods: Sequence[str], dimensions: Sequence[str]
    ) -> Mapping[str, Mapping[tuple[str, str], Fraction]]:
        raise self._refused(f"cohort of {periods} {dimensions}")

    def once(self, key: object, work: Callable[[], T]) -> T:
        del key
        return work()

    def _refused(self, asked: str) -> RubricError:
        return RubricError(where=asked, why="nothing but one value is known here / 此处只有一个数值")
