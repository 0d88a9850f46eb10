"""The engine: one run of one rubric over one set of values; everything in it is worked out once."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from services.evaluation.domain.rubric.case import ItemCase, measure
from services.evaluation.domain.rubric.errors import RubricCycleError
from services.evaluation.domain.rubric.item_score import Tried, score_item, try_rule
from services.evaluation.domain.rubric.model import Item, Rubric
from services.evaluation.domain.rubric.result import ItemScore, PartScore
from services.evaluation.domain.rubric.rules.rule import Award
from services.evaluation.domain.rubric.section import concerns_part, scope_of, score_block, score_part
from services.evaluation.domain.rubric.structure import Structure
from services.evaluation.domain.rubric.trace import Measured, Trace
from services.evaluation.domain.rubric.values import AssessedUnit, Values

T = TypeVar("T")


class Engine:
    """See ``run.Run``. *assessed* are the units that are scored, in their order."""

    def __init__(self, rubric: Rubric, values: Values, structure: Structure, as_of: date | None) -> None:
        self.rubric, self.values, self.structure, self.as_of = rubric, values, structure, as_of
        self._units = {unit.id: unit for unit in values.units}
        self._known: dict[tuple[Any, ...], Any] = {}
        self._open: dict[tuple[Any, ...], None] = {}
        self.assessed = tuple(unit.id for unit in values.units if self._is_assessed(unit.id))
        self._groups: dict[str, list[str]] = {}
        for unit in self.assessed:
            self._groups.setdefault(self.group_name(unit), []).append(unit)

    def once(self, key: tuple[Any, ...], work: Callable[[], T]) -> T:
        if key in self._known:
            return cast("T", self._known[key])
        if key in self._open:
            path = list(self._open)
            path = [*path[path.index(key) :], key]
            raise RubricCycleError(path=" → ".join("/".join(map(str, one[1:3])) for one in path))
        self._open[key] = None
        try:
            found = self._known[key] = work()
        finally:
            del self._open[key]
        return found

    def unit(self, unit: str) -> AssessedUnit:
        return self._units[unit]

    def group(self, unit: str) -> tuple[str, ...]:
        return tuple(self._groups.get(self.group_name(unit), ()))

    def group_name(self, unit: str) -> str:
        within = self.rubric.ranking.within
        return "/".join(str(self._units[unit].attribute(name) or "") for name in within)

    def chosen(self, filters: Sequence[tuple[str, object]]) -> tuple[str, ...]:
        return tuple(
            unit.id
            for unit in self.values.units
            if all(unit.attribute(name) == wanted for name, wanted in filters)
        )

    def measure(self, unit: str, item: Item, at: tuple[str, str]) -> Measured:
        return self.once(("value", item.id, unit, at), lambda: measure(self, unit, item, at))

    def concerns(self, unit: str, item: Item) -> bool:
        return self.once(("concerns", item.id, unit), lambda: self._concerns(unit, item))

    def award(self, unit: str, item: Item, period: str) -> Award | None:
        if not period and self.structure.periods_of(item.id):
            score = self.item(unit, item, "")
            scored = score.status == "scored" and score.points is not None
            return Award(score.points, score.working) if scored and score.points is not None else None
        return self._tried(unit, item, period).award

    def item(self, unit: str, item: Item, period: str) -> ItemScore:
        return self.once(("score", item.id, unit, period), lambda: self._item(unit, item, period))

    def part(self, unit: str, part: str, period: str) -> PartScore:
        return self.once(("section", part, unit, period), lambda: self._part(unit, part, period))

    def _item(self, unit: str, item: Item, period: str) -> ItemScore:
        over_periods = not period and self.structure.periods_of(item.id) is not None
        tried = None if over_periods else self._tried(unit, item, period)
        return score_item(self, unit, item, period, tried)

    def _tried(self, unit: str, item: Item, period: str) -> Tried:
        return self.once(("rule", item.id, unit, period), lambda: try_rule(self, unit, item, period))

    def _part(self, unit: str, part: str, period: str) -> PartScore:
        if part in self.structure.blocks:
            return score_block(self, unit, self.structure.blocks[part])
        return score_part(self, unit, self.structure.parts[part], period)

    def _concerns(self, unit: str, item: Item) -> bool:
        if not all(concerns_part(self, unit, part) for part in self.structure.above.get(item.id, ())):
            return False
        case = ItemCase(self, unit, item, "", Trace())
        return item.applies is None or case.holds(item.applies)

    def _is_assessed(self, unit: str) -> bool:
        if self.rubric.assessed is None:
            return True
        return scope_of(self, unit, "").holds(self.rubric.assessed)
