"""What a rule is: it reads a case (one item of one unit) and awards points with their working."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.reference import Query
from services.evaluation.domain.rubric.values import Note, Scalar

T = TypeVar("T")


class Award(NamedTuple):
    """Points given, exact, and the arithmetic as people write it."""

    points: Fraction
    working: str


class Case(Protocol):
    """One item of one unit. Whatever has no value raises a GapError, which the item's settings answer."""

    @property
    def value(self) -> Scalar:
        """What the item's input gives, adjusted (C16)."""
        ...

    @property
    def measured(self) -> Fraction:
        """The value as a number; raises WrongValueError for a word or a day."""
        ...

    @property
    def full(self) -> Fraction:
        """Full marks; raises RubricError for an item without an upper end."""
        ...

    @property
    def as_of(self) -> date | None: ...

    @property
    def unit(self) -> str: ...

    @property
    def note(self) -> Note: ...

    def wrong(self, why: str) -> Exception:
        """Return the refusal of the value, for the rule to raise."""
        ...

    def number(self, amount: Amount) -> Fraction:
        """Return *amount* for this unit."""
        ...

    def holds(self, condition: Expression) -> bool: ...

    def day(self, day: "date | Expression") -> date: ...

    def workdays(self, start: date, end: date) -> int: ...

    def input(self, name: str, period: str | None = None) -> Scalar:
        """Return the item's input *name* ("": the unnamed), of the case's period unless another is named."""
        ...

    def ask(self, query: Query) -> Scalar: ...

    def reading(self, source: Expression | str) -> "Case":
        """Return the case of another input: an expression, or an input by its name."""
        ...

    def holding(self, value: Scalar, **names: Scalar) -> "Case":
        """Return the case of a value worked out by the rule, lending *names* to inner expressions."""
        ...

    def worth(self, full: Fraction | None) -> "Case":
        """Return the case with other full marks."""
        ...

    def cohort(self) -> Mapping[str, Fraction]:
        """Return the value of every unit of the ranking group that has one, by unit id."""
        ...

    def cohort_grid(
        self, periods: Sequence[str], dimensions: Sequence[str]
    ) -> Mapping[str, Mapping[tuple[str, str], Fraction]]:
        """Return the same by unit and (period, dimension); cells without a value are left out."""
        ...

    def once(self, key: object, work: Callable[[], T]) -> T:
        """Return what *work* gives; it is done once for the item, input, period and ranking group."""
        ...


class Rule(Protocol):
    """A method of scoring. *type* is its name in a rubric file."""

    type: ClassVar[str]

    def award(self, case: Case) -> Award: ...


RuleType = Callable[..., Any]
