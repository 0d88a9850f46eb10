"""The result of a scoring as JSON: exact fractions beside what is published, and always the same bytes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import orjson

from services.evaluation.adapters.rubric.load import RubricFile
from services.evaluation.domain.rubric.model import Rubric, parts_of
from services.evaluation.domain.rubric.number import shown, written
from services.evaluation.domain.rubric.result import InputUsed, ItemScore, PartScore, RubricResult, UnitResult
from services.evaluation.domain.rubric.values import AssessedUnit, CellValue, Nothing, Values

FORMAT = "shouxian-rubric-result-1"
Document = dict[str, Any]


def result_document(file: RubricFile, values: Values, result: RubricResult, as_of: date | None) -> Document:
    """Return everything: per unit the total, rank, grade, sections and items with their arithmetic.

    Points are text: ``points`` rounded half up to the rubric's places, ``points_exact``
    as a whole number or a fraction ``7/3``, so that no reader turns them into something else.
    """
    rubric = file.rubric
    units = {unit.id: unit for unit in values.units}
    return {
        "format": FORMAT,
        "rubric": {
            "id": rubric.id,
            "title": {"zh": rubric.title.zh, "en": rubric.title.en},
            "sha256": file.sha256,
            "source": _plain(rubric.source),
        },
        "as_of": as_of.isoformat() if as_of else None,
        "units": [_unit(rubric, units[one.unit], one) for one in result.units],
        "warnings": list(result.warnings),
    }


def as_json(document: Document) -> bytes:
    """Return *document* as bytes."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def names_of(rubric: Rubric) -> Mapping[str, str]:
    """Return what each item, part and block is called in Chinese, by id."""
    named = {inner.id: inner.name for part in rubric.parts for inner in parts_of(part)}
    named |= {item.id: item.name for item in rubric.items()}
    named |= {block.id: block.name for block in (*rubric.bonus, *rubric.deductions)}
    return {name: text.zh for name, text in named.items()}


def rounded(rubric: Rubric, points: Fraction | None) -> str:
    """Return *points* as published; "" where there are none."""
    return "" if points is None else str(shown(points, rubric.places))


def cell_text(value: CellValue | None) -> str:
    """Return a value as people write it; "" where it is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return written(value)
    return str(value.value) if isinstance(value, Nothing) else str(value)


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _unit(rubric: Rubric, unit: AssessedUnit, one: UnitResult) -> Document:
    names = names_of(rubric)
    return {
        "unit": one.unit,
        "name": unit.name or one.unit,
        "group": unit.group,
        "class": unit.class_,
        "ranking_group": one.ranking_group,
        "total": None if one.shown is None else str(one.shown),
        "total_exact": _exact(one.total),
        "complete": one.complete,
        "rank": None if one.rank is None else written(one.rank),
        "grade": one.grade,
        "grade_note": one.grade_note,
        "barred_grades": list(one.barred_grades),
        "rewarded": one.rewarded,
        "vetoes": [
            {"id": veto.id, "effect": veto.effect, "grade": veto.grade, "judged": veto.judged,
             "working": veto.working}
            for veto in one.vetoes
        ],
        "acts": [
            {"act": act.act, "at": _exact(act.at), "period": act.period, "balance": _exact(act.balance)}
            for act in one.acts
        ],
        "working": one.working,
        "base": None if one.base is None else _part(rubric, names, one.base),
        "parts": [_part(rubric, names, part) for part in one.parts],
        "items": [_item(rubric, names, item) for item in one.items],
    }  # fmt: skip


def _part(rubric: Rubric, names: Mapping[str, str], part: PartScore) -> Document:
    return {
        "part": part.part,
        "name": names.get(part.part, ""),
        "period": part.period,
        "points": rounded(rubric, part.points) or None,
        "points_exact": _exact(part.points),
        "contributes": _exact(part.contributes),
        "full": _exact(part.full),
        "missing": list(part.missing),
        "working": part.working,
    }


def _item(rubric: Rubric, names: Mapping[str, str], item: ItemScore) -> Document:
    return {
        "item": item.item,
        "name": names.get(item.item, ""),
        "period": item.period,
        "status": item.status,
        "points": rounded(rubric, item.points) or None,
        "points_exact": _exact(item.points),
        "full": _exact(item.full),
        "value": cell_text(item.value) or None,
        "working": item.working,
        "inputs": [_input(one) for one in item.inputs],
        "depends_on": list(item.depends_on),
    }


def _input(one: InputUsed) -> Document:
    exact = _exact(one.value) if isinstance(one.value, Fraction) else cell_text(one.value) or None
    return {
        "item": one.item,
        "input": one.input,
        "period": one.period,
        "dimension": one.dimension,
        "value": exact,
    }


def _plain(node: object) -> object:
    """Return what YAML held as JSON can hold it."""
    if isinstance(node, Mapping):
        return {str(key): _plain(inner) for key, inner in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(inner) for inner in node]
    if isinstance(node, Decimal | date | Fraction):
        return str(node)
    return node
