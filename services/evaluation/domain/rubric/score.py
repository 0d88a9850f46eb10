"""Scoring: a rubric and values in, every unit's total, rank, grade and working out. Pure and exact."""

from dataclasses import replace
from datetime import date

from services.evaluation.domain.rubric.engine import Engine
from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.gap import GapError
from services.evaluation.domain.rubric.grading import NO_BAND, graded
from services.evaluation.domain.rubric.model import Rubric
from services.evaluation.domain.rubric.result import ItemScore, PartScore, RubricResult, UnitResult
from services.evaluation.domain.rubric.section import concerns_part
from services.evaluation.domain.rubric.standing import Standing, ranks, shown_total
from services.evaluation.domain.rubric.structure import BASE, index_rubric
from services.evaluation.domain.rubric.total import total_of, zeroed
from services.evaluation.domain.rubric.values import Values
from services.evaluation.domain.rubric.veto import takes_effect, vetoes_of


def score_rubric(rubric: Rubric, values: Values, *, as_of: date | None = None) -> RubricResult:
    """Score every assessed unit of *values* by *rubric*, as of the day *as_of*.

    The order of units changes nothing but the order of the result. Raises RubricError
    and its kinds: a cycle (by its path), a reference to nothing, a value of a wrong kind
    (by unit and item), or a weight or bound that cannot be worked out for want of a value.
    """
    structure = index_rubric(rubric)
    engine = Engine(rubric, values, structure, as_of)
    try:
        _in_order(engine)
        standings = {unit: _standing(engine, unit) for unit in engine.assessed}
        found = ranks(standings, rubric.ranking)
        standings = {unit: replace(one, rank=found.get(unit)) for unit, one in standings.items()}
        given = graded(engine, standings)
        units = tuple(_result(engine, one, *given[unit]) for unit, one in standings.items())
    except GapError as gap:
        raise RubricError(
            where=gap.where, why="no value for a weight or bound / 权重或上下限缺少数据"
        ) from gap
    return RubricResult(rubric.id, units, _warnings(units))


def _in_order(engine: Engine) -> None:
    """Work out everything in dependency order, so that nothing waits deep inside something else."""
    structure = engine.structure
    for node in structure.order:
        item = structure.items.get(node.id)
        if item is None or not node.scored:
            continue
        periods = structure.periods_of(item.id)
        for unit in engine.assessed:
            for period in periods.names if periods else ("",):
                engine.item(unit, item, period)


def _standing(engine: Engine, unit: str) -> Standing:
    rubric = engine.rubric
    total = total_of(engine, unit)
    vetoes = vetoes_of(engine, unit, total.points)
    prerequisites = frozenset(one.id for one in rubric.prerequisites)
    acting = [veto for veto in vetoes if takes_effect(veto, prerequisites)]
    for veto in acting:
        if veto.effect == "zero" and total.points is not None:
            total = zeroed(total, veto.id)
    return Standing(
        unit=unit,
        group=engine.group_name(unit),
        total=total,
        shown=shown_total(total, rubric.places),
        vetoes=vetoes,
        effects=frozenset(veto.effect for veto in acting),
        barred=frozenset(veto.grade for veto in acting if veto.effect == "bar_grade"),
    )


def _result(engine: Engine, standing: Standing, grade: str, note: str) -> UnitResult:
    return UnitResult(
        unit=standing.unit,
        ranking_group=standing.group,
        total=standing.total.points,
        shown=standing.shown,
        complete=not standing.total.missing,
        rank=standing.rank,
        grade=grade,
        grade_note=note,
        barred_grades=tuple(sorted(standing.barred)),
        rewarded="halt_reward" not in standing.effects,
        vetoes=standing.vetoes,
        acts=standing.total.acts,
        working=standing.total.working,
        items=_items(engine, standing.unit),
        parts=_parts(engine, standing.unit),
        base=engine.part(standing.unit, BASE, ""),
    )


def _items(engine: Engine, unit: str) -> tuple[ItemScore, ...]:
    structure = engine.structure
    found = []
    for item in structure.items.values():
        around = structure.above.get(item.id, ())
        if not all(concerns_part(engine, unit, part) for part in around):
            continue
        if not item.outside_is_na and not engine.concerns(unit, item):
            continue
        periods = structure.periods_of(item.id)
        found.append(engine.item(unit, item, ""))
        found += [engine.item(unit, item, period) for period in (periods.names if periods else ())]
    return tuple(found)


def _parts(engine: Engine, unit: str) -> tuple[PartScore, ...]:
    structure = engine.structure
    found = []
    for part in structure.parts.values():
        around = (*structure.above.get(part.id, ()), part)
        if part.id == BASE or not all(concerns_part(engine, unit, one) for one in around):
            continue
        periods = structure.periods_of(part.id)
        found.append(engine.part(unit, part.id, ""))
        found += [engine.part(unit, part.id, period) for period in (periods.names if periods else ())]
    return (*found, *(engine.part(unit, block, "") for block in structure.blocks))


def _gap(score: ItemScore) -> str:
    """Return the item, with what is wrong where a value stands there and does not do."""
    entered = any(used.value is not None for used in score.inputs)
    return f"{score.item} {score.working.removeprefix('— ')}" if entered else score.item


def _warnings(units: tuple[UnitResult, ...]) -> tuple[str, ...]:
    warnings = []
    for unit in units:
        missing = [_gap(score) for score in unit.items if score.status == "missing" and score.points is None]
        if missing:
            items = ", ".join(dict.fromkeys(missing))
            warnings.append(f"{unit.unit}: no value for / 缺少数据: {items}")
        warnings += [
            f"{unit.unit}: cannot be judged / 无法判定: {veto.id}" for veto in unit.vetoes if not veto.judged
        ]
        if unit.grade_note == NO_BAND:
            warnings.append(f"{unit.unit}: {unit.shown} {NO_BAND}")
    return tuple(warnings)
