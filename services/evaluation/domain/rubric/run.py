"""What the parts of the engine ask of the run they belong to; ``engine.py`` is the run."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from services.evaluation.domain.rubric.model import Item, Rubric
from services.evaluation.domain.rubric.result import ItemScore, PartScore
from services.evaluation.domain.rubric.rules.rule import Award
from services.evaluation.domain.rubric.structure import Structure
from services.evaluation.domain.rubric.trace import Measured
from services.evaluation.domain.rubric.values import AssessedUnit, Values

T = TypeVar("T")


class Run(Protocol):
    """One scoring of one rubric: everything in it is worked out once and remembered."""

    rubric: Rubric
    values: Values
    as_of: date | None
    structure: Structure

    def once(self, key: tuple[Any, ...], work: Callable[[], T]) -> T:
        """Return what *work* gives, done once for *key*. Raises RubricCycleError when it needs itself."""
        ...

    def unit(self, unit: str) -> AssessedUnit: ...

    def group(self, unit: str) -> tuple[str, ...]:
        """Return the units ranked together with *unit*, itself among them."""
        ...

    def group_name(self, unit: str) -> str: ...

    def chosen(self, filters: Sequence[tuple[str, object]]) -> tuple[str, ...]:
        """Return all units, assessed or not, that have these attributes."""
        ...

    def measure(self, unit: str, item: Item, at: tuple[str, str]) -> Measured:
        """Return the item's value at (period, dimension), or why there is none."""
        ...

    def concerns(self, unit: str, item: Item) -> bool:
        """Return whether the item is one of the unit's table and applies to it."""
        ...

    def award(self, unit: str, item: Item, period: str) -> "Award | None":
        """Return what the rule gave by itself; None where it could not."""
        ...

    def item(self, unit: str, item: Item, period: str) -> ItemScore: ...

    def part(self, unit: str, part: str, period: str) -> PartScore:
        """Return the score of a part, or of a block (which has no periods)."""
        ...
