"""The expression language of rubrics: what an expression is, and what it may ask of its surroundings.

Numbers written in decimals are exact. A bare name is an input of the item (``value`` is
the unnamed one), or one of the names a rule lends (``target``, ``mean``, ``days_late``,
``total``, ``rank``). Strings are quoted. ``unit.class`` and any other attribute of the
unit may be read; nothing else has attributes. Grammar and functions: ``expression_parse.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple, Protocol

from services.evaluation.domain.rubric.expression_parse import parse
from services.evaluation.domain.rubric.reference import Query, Reference
from services.evaluation.domain.rubric.values import Scalar


class Scope(Protocol):
    """What an expression is evaluated in. Each may raise a ``GapError``."""

    def name(self, name: str) -> Scalar: ...

    def attribute(self, name: str) -> Scalar: ...

    def ask(self, query: Query) -> Scalar: ...

    def workdays(self, start: date, end: date) -> int: ...


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read and found to be of the language; build it with ``parse``.

    *references* are the other items and sections it reads (for the order of scoring),
    *names* its bare names, *attributes* what it asks of the unit.
    """

    text: str
    references: tuple[Reference, ...] = field(compare=False, repr=False)
    names: frozenset[str] = field(compare=False, repr=False)
    attributes: frozenset[str] = field(compare=False, repr=False)
    _run: Callable[[Scope], Scalar] = field(compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> "Expression":
        """Read *text*; raises ExpressionError saying what is not of the language."""
        parsed = parse(text)
        return cls(
            text, tuple(parsed.references), frozenset(parsed.names), frozenset(parsed.attributes), parsed.run
        )

    def evaluate(self, scope: Scope) -> Scalar:
        """Return the exact value; raises a GapError for want of one, ExpressionError for 3 + '一类'."""
        return self._run(scope)


Amount = Fraction | Expression
"""A number of a rubric: fixed, or worked out for each unit."""


class Bound(NamedTuple):
    """A name lent to an expression by the rule around it."""

    name: str
    value: Scalar
