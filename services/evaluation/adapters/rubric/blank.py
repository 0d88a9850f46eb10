"""The values file of a rubric before anything is filled in: one line for each cell it can read of a unit."""

from collections.abc import Iterator, Sequence

from services.evaluation.adapters.rubric.load import UnitKinds
from services.evaluation.adapters.rubric.needs import Needs, needs_of
from services.evaluation.adapters.rubric.result_document import names_of
from services.evaluation.adapters.rubric.unit_kind import UnitKind, stands
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.model import Part, Rubric
from shared.spreadsheet import Heading, csv_lines

COLUMNS = ("unit", "item", "value", "input", "period", "dimension", "group", "class", "reason", "assessor")
ANY = frozenset({""})


def blank_values(rubric: Rubric, units: Sequence[str], kinds: UnitKinds | None = None) -> bytes:
    """Return the CSV as Excel opens it; a line beginning with ``#`` says what the item below is called.

    Items that by the unit's id are no line of its table are left out; what depends on its group is asked for.
    Where there are *kinds*, a line for each unit asks for its own.
    """
    rows = [*_kind_rows(kinds or UnitKinds(), units), *_rows(rubric, units)]
    return b"".join(csv_lines([Heading(name) for name in COLUMNS], rows))


def _kind_rows(kinds: UnitKinds, units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    asked = [("group", kinds.groups), ("class", kinds.classes)]
    told = [f"{column}：{'、'.join(known)}" for column, known in asked if known]
    if told:
        yield (f"# 单位类别 the unit itself · {'；'.join(told)}",)
        yield from ((unit,) + ("",) * (len(COLUMNS) - 1) for unit in units)


def _rows(rubric: Rubric, units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    needs, names = needs_of(rubric), dict(names_of(rubric))
    names |= {one.id: one.name.zh for one in rubric.vetoes}
    names |= {one.id: one.name.zh for one in rubric.prerequisites}
    conditions = dict(_conditions(rubric))
    for item, name in names.items():
        whose = [unit for unit in units if _is_of(unit, conditions.get(item, ()))]
        if item not in needs.items or not whose:
            continue
        cells = list(_cells(needs, item))
        if cells:
            yield (f"# {item} {name}",)
        for unit in whose:
            for given, period, dimension in cells:
                yield (unit, item, "", given, period, dimension, "", "", "", "")


def _conditions(rubric: Rubric) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    """Yield every item with the conditions it and the parts around it set for a unit."""
    for part in rubric.parts:
        yield from _conditions_in(part, ())
    for block in (*rubric.bonus, *rubric.deductions):
        yield from ((item.id, (item.applies,)) for item in block.items if item.applies)


def _conditions_in(
    part: Part, around: tuple[Expression, ...]
) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    within = (*around, part.applies) if part.applies else around
    for item in part.items:
        yield item.id, (*within, item.applies) if item.applies else within
    for inner in part.parts:
        yield from _conditions_in(inner, within)


def _is_of(unit: str, conditions: Sequence[Expression]) -> bool:
    return all(stands(condition, UnitKind((("id", unit),))) for condition in conditions)


def _cells(needs: Needs, item: str) -> Iterator[tuple[str, str, str]]:
    for given in sorted(needs.inputs_of(item) or ANY):
        for period in sorted((needs.periods_of(item, given) or ANY) - ANY) or ANY:
            for dimension in sorted((needs.dimensions_of(item, given) or ANY) - ANY) or ANY:
                yield given, period, dimension
