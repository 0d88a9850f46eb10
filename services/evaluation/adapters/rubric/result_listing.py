"""The result of a scoring as CSV, and as a table to read on a screen."""

import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from rich import box
from rich.console import Console
from rich.table import Table

from services.evaluation.adapters.rubric.result_document import cell_text, names_of, rounded
from services.evaluation.domain.rubric.model import Rubric
from services.evaluation.domain.rubric.number import shown, written
from services.evaluation.domain.rubric.result import RubricResult, UnitResult
from services.evaluation.domain.rubric.values import Values
from shared.spreadsheet import Heading, csv_lines

COLUMNS = (
    "unit", "name", "group", "class", "level", "id", "title", "period", "status", "value", "points",
    "points_exact", "full", "rank", "grade", "note", "working",
)  # fmt: skip
WIDE = 400


def as_csv(rubric: Rubric, values: Values, result: RubricResult) -> bytes:
    """Return one row per unit (level ``total``), section (``part``) and item, as Excel opens it."""
    rows = (row for one in result.units for row in _rows(rubric, values, one))
    return b"".join(csv_lines([Heading(name) for name in COLUMNS], rows))


def _rows(rubric: Rubric, values: Values, one: UnitResult) -> Iterator[tuple[object, ...]]:
    unit = next(unit for unit in values.units if unit.id == one.unit)
    who = (one.unit, unit.name, unit.group, unit.class_)
    names = names_of(rubric)
    yield (
        *who, "total", "", rubric.title.zh, "", "complete" if one.complete else "incomplete", "",
        one.shown, one.total, "", _rank(one), one.grade,
        "; ".join(notes_of(one)), one.working,
    )  # fmt: skip
    for part in one.parts:
        missing = f"missing: {', '.join(part.missing)}" if part.missing else ""
        yield (
            *who, "part", part.part, names.get(part.part, ""), part.period, "", "",
            _points(rubric, part.points), part.points, part.full, "", "", missing, part.working,
        )  # fmt: skip
    for item in one.items:
        yield (
            *who, "item", item.item, names.get(item.item, ""), item.period, item.status,
            cell_text(item.value), _points(rubric, item.points), item.points, item.full, "", "", "",
            item.working,
        )  # fmt: skip


def notes_of(one: UnitResult) -> list[str]:
    """Return what must be said beside a total: what is missing, vetoes, acts, why there is no grade."""
    notes = [] if one.complete else ["数据不全 incomplete"]
    for veto in one.vetoes:
        effect = f"{veto.effect} {veto.grade}".strip()
        notes.append(f"{veto.id} {effect}" if veto.judged else f"{veto.id} 无法判定 not judged")
    notes += [f"{act.act}{f' {act.period}' if act.period else ''}" for act in one.acts]
    return [*notes, one.grade_note] if one.grade_note else notes


def as_table(rubric: Rubric, values: Values, result: RubricResult) -> str:
    """Return the ranking: place, unit, total, the outermost sections, grade and notes, best first."""
    title = f"{rubric.title.zh} {rubric.title.en}".strip()
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    names = names_of(rubric)
    outer = [part.id for part in rubric.parts] + [one.id for one in (*rubric.bonus, *rubric.deductions)]
    grouped = any(one.ranking_group for one in result.units)
    if grouped:
        table.add_column("组 group", no_wrap=True)
    for heading in ("名次 rank", "得分 total"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("单位 unit", no_wrap=True)
    table.add_column("等次 grade", no_wrap=True)
    for name in outer:
        table.add_column(f"{name} {names[name]}", justify="right", no_wrap=True)
    table.add_column("备注 notes")
    called = {unit.id: unit.name or unit.id for unit in values.units}
    for one in in_rank(result.units):
        cells = [_rank(one), "—" if one.shown is None else str(one.shown), called[one.unit], one.grade]
        cells += [_part_points(rubric, one, name) for name in outer]
        table.add_row(*([one.ranking_group] if grouped else []), *cells, "; ".join(notes_of(one)))
    return rendered(table) + "".join(f"! {line}\n" for line in result.warnings)


def in_rank(units: Iterable[UnitResult]) -> list[UnitResult]:
    """Return *units* by group and rank; those not ranked last, as they were given."""
    return sorted(units, key=lambda one: (one.ranking_group, one.rank is None, one.rank or Fraction(0)))


def rendered(table: Table) -> str:
    """Return *table* as text that does not depend on the screen it is written to."""
    console = Console(file=io.StringIO(), width=WIDE, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _part_points(rubric: Rubric, one: UnitResult, part: str) -> str:
    found = next((score for score in one.parts if score.part == part and not score.period), None)
    return "—" if found is None or found.contributes is None else rounded(rubric, found.contributes)


def _rank(one: UnitResult) -> str:
    return "" if one.rank is None else written(one.rank)


def _points(rubric: Rubric, points: Fraction | None) -> Decimal | None:
    """Return *points* as a number, so that a negative one is not taken for a formula and quoted."""
    return None if points is None else shown(points, rubric.places)
