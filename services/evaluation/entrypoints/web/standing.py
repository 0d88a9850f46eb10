"""Where the county and a unit stand today, beside the scores: late, not reported, under appeal, gaps."""

from dataclasses import dataclass
from typing import Any

from services.evaluation.adapters.read_models_assessment import AppealSearch, AssessmentSummary
from services.evaluation.domain.scoreboard import Scoreboard
from services.evaluation.entrypoints.web.assessment import stage_badge, visible
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, path_to
from services.evaluation.entrypoints.web.owed import OwedKind, debts_of, kinds_of, units_late
from services.evaluation.entrypoints.web.score_view import LineRow
from services.evaluation.entrypoints.web.supervision import own_unit
from shared.web.paging import Badge

_LEADERS = frozenset({"county", "evaluator"})
_GAPS = 10
"""Lines named as a unit's widest gaps."""


@dataclass(frozen=True, slots=True)
class AssessmentLink:
    """The year's assessment as the first page names it; *path* leads to a unit's sheet where one is meant."""

    year: int
    stage: Badge
    appeals_until: str
    path: str


@dataclass(frozen=True, slots=True)
class CountyStanding:
    """What the leading group is warned of; *late_by_unit* counts what is past its day."""

    kinds: tuple[OwedKind, ...]
    late_by_unit: dict[str, int]
    missing: int
    appeals: int
    assessment: AssessmentLink | None


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """What a unit's leader sees first of the unit."""

    unit_id: str
    kinds: tuple[OwedKind, ...]
    late: int
    missing: int
    appeals: int
    assessment: AssessmentLink | None
    own: bool


def leads(ask: EvaluationAsk) -> bool:
    """Say whether the officer sees every unit's debts."""
    return ask.officer.role in _LEADERS


def own_assessed_unit(ask: EvaluationAsk) -> str:
    """Return the officer's own unit where it is assessed, otherwise nothing."""
    mine = own_unit(ask)
    return mine if ask.officer.role in ("town", "department") and _assessed(ask, mine) else ""


def _assessed(ask: EvaluationAsk, unit: str) -> bool:
    return any(one.id == unit for one in ask.service.units())


def county_standing(ask: EvaluationAsk, board: Scoreboard) -> CountyStanding | None:
    """Return what the leading group is warned of; None for everybody else."""
    if not leads(ask):
        return None
    found = debts_of(ask)
    return CountyStanding(
        kinds=tuple(kinds_of(found)),
        late_by_unit={row.unit: row.total for row in units_late(found)},
        missing=sum(line.status == "missing" for line in board.lines()),
        appeals=len(ask.service.reads.appeals(AppealSearch(open_only=True))),
        assessment=_assessment(ask, ""),
    )


def unit_standing(ask: EvaluationAsk, board: Scoreboard, unit_id: str) -> UnitStanding:
    """Return what *unit_id* owes today, and how far its points are."""
    kinds = tuple(kinds_of(debts_of(ask, unit_id), unit_id))
    return UnitStanding(
        unit_id=unit_id,
        kinds=kinds,
        late=sum(one.late for one in kinds),
        missing=sum(line.status == "missing" for line in board.unit(unit_id).lines),
        appeals=len(ask.service.reads.appeals(AppealSearch(unit=unit_id, open_only=True))),
        assessment=_assessment(ask, unit_id),
        own=own_assessed_unit(ask) == unit_id,
    )


def _assessment(ask: EvaluationAsk, unit_id: str) -> AssessmentLink | None:
    """Return the newest assessment the officer may see a version of."""
    for row in ask.service.reads.assessments():
        if visible(ask.officer, row, ask.service.reads.versions(row.id)):
            return _link(row, unit_id)
    return None


def _link(row: AssessmentSummary, unit_id: str) -> AssessmentLink:
    path = path_to("assessments", row.id, "units", unit_id) if unit_id else path_to("assessments", row.id)
    until = row.appeals_until.isoformat() if row.appeals_until else ""
    return AssessmentLink(row.year, stage_badge(row.stage), until, path)


def gaps(lines: list[LineRow]) -> list[LineRow]:
    """Return the lines that cost most points, the widest gap first."""
    lost = [line for line in lines if line.scored and line.lost > 0]
    return sorted(lost, key=lambda line: (-line.lost, line.indicator))[:_GAPS]


def in_parts(lines: list[LineRow]) -> dict[str, Any]:
    """Split *lines* into those with points or waiting for a value, and those that did not apply."""
    idle = [line for line in lines if line.status.colour == "grey"]
    return {"lines": [line for line in lines if line.status.colour != "grey"], "idle": idle}
