"""A scoreboard as plain data for packs, pages and digests: figures as text, exact and rounded."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scoreboard import Scoreboard, ScoreLine, UnitScore

Document = dict[str, Any]


def exact(number: Fraction | None) -> str | None:
    """Return *number* without loss: ``17/2`` or ``8``."""
    return None if number is None else str(number)


def rounded(number: Fraction | None) -> str | None:
    """Return *number* half up to two decimals, as it is published."""
    return None if number is None else str(two_decimals(number))


def line_document(board: Scoreboard, line: ScoreLine) -> Document:
    """Return one score line with everything that made it."""
    rule = line.indicator
    return {
        "id": board.line_id(line),
        "unit": line.unit.id,
        "unit_name": line.unit.name,
        "indicator": rule.id,
        "name": rule.name.zh,
        "status": line.status,
        "missing": line.missing,
        "value": rounded(line.shown_value),
        "value_exact": exact(line.shown_value),
        "value_unit": rule.shown_unit,
        "numerator": exact(line.numerator),
        "denominator": exact(line.denominator),
        "target": rule.target.text,
        "unit_target": rounded(line.unit_target),
        "target_source": rule.target.source,
        "target_confirmed": rule.target.confirmed,
        "points": rounded(line.points),
        "points_exact": exact(line.points),
        "max_points": exact(line.max_points),
        "deduction": rule.deduction,
        "bonus": rule.bonus,
        "working": line.working,
        "rule_sha256": rule.version,
        "events": list(line.evidence),
    }


def _unit_document(score: UnitScore) -> Document:
    return {
        "unit": score.unit.id,
        "name": score.unit.name,
        "total": None if score.total is None else str(score.total),
        "total_exact": exact(score.exact),
        "rank": score.rank,
        "grade": score.grade.name.zh if score.grade else None,
        "vetoes": list(score.vetoes),
        "effects": list(score.effects),
        "grade_note": score.grade_note,
        "parts": {item: exact(value) for item, value in score.marks},
        "composition": [
            {"id": part.id, "name": part.name, "points": rounded(part.points), "full": exact(part.full)}
            for part in score.parts
        ],
        "incomplete": score.incomplete,
        "available_points": exact(score.available),
        "scored": sum(line.status == "scored" for line in score.lines),
        "not_applicable": [line.indicator.id for line in score.lines if line.status == "not_applicable"],
        "not_set": [line.indicator.id for line in score.lines if line.status == "not_set"],
        "missing": [line.indicator.id for line in score.lines if line.status == "missing"],
    }


def board_document(board: Scoreboard, rulebook: Rulebook) -> Document:
    """Return totals, ranks and grades, and what was left out and why."""
    computed = {indicator.id for indicator in rulebook.indicators}
    planned = [indicator.id for point in rulebook.work_points for indicator in point.indicators]
    return {
        "as_of": board.as_of.isoformat(),
        "known_at": board.known_at.isoformat(),
        "since": rulebook.since.isoformat(),
        "towns": [_unit_document(score) for score in board.towns],
        "departments": [_unit_document(score) for score in board.departments],
        "computed": sorted(computed),
        "not_reported": [indicator for indicator in planned if indicator not in computed],
    }


def lines_document(board: Scoreboard) -> list[Document]:
    """Return every score line, by id."""
    return sorted((line_document(board, line) for line in board.lines()), key=lambda line: str(line["id"]))


def assessed_document(board: Scoreboard, rulebook: Rulebook) -> Document:
    """Return what a digest is taken of: the board, every line, and the files that made them."""
    files: Mapping[str, str] = rulebook.files
    return {
        "scoreboard": board_document(board, rulebook),
        "lines": lines_document(board),
        "rules": dict(files),
    }
