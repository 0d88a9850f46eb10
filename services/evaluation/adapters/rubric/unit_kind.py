"""Kinds of units that a rubric tells apart (``unit.class == '重点'``): sums are checked for each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product

from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.expression_functions import as_number, as_truth
from services.evaluation.domain.rubric.gap import GapError, MissingValueError
from services.evaluation.domain.rubric.model import Part, Rubric, parts_of
from services.evaluation.domain.rubric.reference import Query
from services.evaluation.domain.rubric.values import Scalar

MOST_KINDS = 500
_COMPARED = re.compile(r"unit\s*\.\s*(\w+)\s*(?:==|!=)\s*(?:'([^']*)'|\"([^\"]*)\")")
_LISTED = re.compile(r"unit\s*\.\s*(\w+)\s*(?:not\s+)?in\s*[(\[]([^)\]]*)[)\]]")
_WORD = re.compile(r"'([^']*)'|\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A unit of which only some attributes are known."""

    attributes: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return " ".join(value for _, value in self.attributes)

    def number(self, amount: Expression) -> Fraction | None:
        """Return the amount for this kind; None where it needs more than is known."""
        try:
            return as_number(amount.evaluate(self))
        except (GapError, RubricError):
            return None

    def name(self, name: str) -> Scalar:
        raise MissingValueError(name)

    def attribute(self, name: str) -> Scalar:
        for known, value in self.attributes:
            if known == name:
                return value
        raise MissingValueError(name)

    def ask(self, query: Query) -> Scalar:
        raise MissingValueError(query.target)

    def workdays(self, start: date, end: date) -> int:
        raise MissingValueError(f"{start} {end}")


def stands(condition: Expression | None, kind: UnitKind) -> bool:
    """Tell whether *condition* holds for *kind*; what cannot be told counts as holding."""
    if condition is None:
        return True
    try:
        return as_truth(condition.evaluate(kind))
    except (GapError, RubricError):
        return True


def kinds_of(rubric: Rubric, groups: Sequence[str] = (), classes: Sequence[str] = ()) -> tuple[UnitKind, ...]:
    """Return every kind of unit that conditions of *rubric* name; one without attributes if none do."""
    named: dict[str, list[str]] = {}
    for condition in _conditions(rubric):
        for attribute, word in _words(condition.text):
            found = named.setdefault(attribute, [])
            if word not in found:
                found.append(word)
    for attribute, known in (("group", groups), ("class", classes)):
        if attribute in named:
            named[attribute] += [word for word in known if word not in named[attribute]]
    count = 1
    for words in named.values():
        count *= len(words)
    if count > MOST_KINDS:
        return (UnitKind(()),)
    return tuple(UnitKind(tuple(zip(named, words, strict=True))) for words in product(*named.values()))


def _conditions(rubric: Rubric) -> Iterator[Expression]:
    for part in (inner for outer in rubric.parts for inner in parts_of(outer)):
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[Expression]:
    for amount in (part.applies, part.weight, part.points):
        if isinstance(amount, Expression):
            yield amount
    for item in part.items:
        for amount in (item.applies, item.points):
            if isinstance(amount, Expression):
                yield amount


def _words(text: str) -> Iterator[tuple[str, str]]:
    for found in _COMPARED.finditer(text):
        yield found[1], found[2] if found[2] is not None else found[3]
    for found in _LISTED.finditer(text):
        for word in _WORD.finditer(found[2]):
            yield found[1], word[1] if word[1] is not None else word[2]
