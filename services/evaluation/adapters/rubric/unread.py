"""Values that were entered and count for nothing, because the item is no line of the unit's table."""

from collections.abc import Iterator

from services.evaluation.adapters.rubric.fault import Fault, warning
from services.evaluation.adapters.rubric.values import ReadValues
from services.evaluation.domain.rubric.model import Rubric
from services.evaluation.domain.rubric.reference import OF_VALUES
from services.evaluation.domain.rubric.result import RubricResult
from services.evaluation.domain.rubric.structure import references_of
from services.evaluation.domain.rubric.values import NOT_APPLICABLE


def unread_values(rubric: Rubric, result: RubricResult, read: ReadValues) -> Iterator[Fault]:
    """Yield a warning for each value of an item that is for other units only, and that nothing else reads."""
    asked = {reference.target for reference in references_of(rubric) if reference.function in OF_VALUES}
    only_for = {item.id for item in rubric.items() if item.applies is not None} - asked
    read_of = {(one.unit, used.item) for one in result.units for score in one.items for used in score.inputs}
    scored = {one.unit for one in result.units}
    told = set()
    for key, line in read.lines.items():
        at = (key.unit, key.item)
        if key.item not in only_for or key.unit not in scored or at in read_of or at in told:
            continue
        if read.values.get(key) in (None, NOT_APPLICABLE):
            continue
        told.add(at)
        yield warning(
            "item_of_others",
            key.item,
            "unit",
            f"这一项不考核“{key.unit}”，所填数值不计分",
            f"is no item of {key.unit}; the value counts for nothing",
            line,
        )
