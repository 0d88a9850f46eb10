"""The values file of a rubric before anything is filled in: one line for each cell it can read."""

from collections.abc import Iterator, Sequence

from services.evaluation.adapters.rubric.needs import Needs, needs_of
from services.evaluation.adapters.rubric.result_document import names_of
from services.evaluation.domain.rubric.model import Rubric
from shared.spreadsheet import Heading, csv_lines

COLUMNS = ("unit", "item", "value", "input", "period", "dimension", "group", "class", "reason", "assessor")
ANY = frozenset({""})


def blank_values(rubric: Rubric, units: Sequence[str]) -> bytes:
    """Return the CSV as Excel opens it; a line beginning with ``#`` says what the item below is called."""
    return b"".join(csv_lines([Heading(name) for name in COLUMNS], _rows(rubric, units)))


def _rows(rubric: Rubric, units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    needs, names = needs_of(rubric), dict(names_of(rubric))
    names |= {one.id: one.name.zh for one in rubric.vetoes}
    names |= {one.id: one.name.zh for one in rubric.prerequisites}
    for item, name in names.items():
        if item not in needs.items:
            continue
        cells = list(_cells(needs, item))
        if cells:
            yield (f"# {item} {name}",)
        for unit in units:
            for given, period, dimension in cells:
                yield (unit, item, "", given, period, dimension, "", "", "", "")


def _cells(needs: Needs, item: str) -> Iterator[tuple[str, str, str]]:
    for given in sorted(needs.inputs_of(item) or ANY):
        for period in sorted((needs.periods_of(item, given) or ANY) - ANY) or ANY:
            for dimension in sorted((needs.dimensions_of(item, given) or ANY) - ANY) or ANY:
                yield given, period, dimension
