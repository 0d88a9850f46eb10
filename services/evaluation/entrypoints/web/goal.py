"""What it would take: the fewest cases a unit must put right to reach the next rank and the next grade."""

from fractions import Fraction
from typing import Any

from services.evaluation.domain.goal import MOST_CASES
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.scoreboard import ScoreLine
from services.evaluation.entrypoints.web.dependencies import (
    EvaluationAsk,
    board_of,
    days_of,
    path_to,
    unit_area,
)
from services.evaluation.entrypoints.web.labels import same
from services.evaluation.service_layer.goal import Goal, goals_of
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("goal")

TITLE = Words("怎样再进一步", "What it would take")


@section.page("/units/{unit_id}/goal", "unit.read", "evaluation/goal.html", area_of=unit_area)
def show_goal(ask: EvaluationAsk, unit_id: str, as_of: str = "", known_at: str = "") -> View:
    """Show the shortest ways to the next rank and the next grade, everybody else staying as they are."""
    days = days_of(ask, as_of, known_at)
    board = board_of(ask, days)
    score = board.unit(unit_id)
    found = goals_of(board, unit_id, ask.service.rulebook)
    path = path_to("units", unit_id)
    data = {
        "days": days,
        "score": {"total": score.total, "rank": score.rank, "grade": score.grade},
        "path": path,
        "goals": [_goal(one) for one in (found.rank, found.grade) if one] if found else [],
        "left_out": [{**_named(one), "owed": one.owed} for one in found.left_out] if found else [],
        "scored": found is not None,
        "most": MOST_CASES,
    }
    unit = Crumb(same(score.unit.name), path + days.query)
    return View(TITLE, data, crumbs=(unit, Crumb(TITLE)))


def _goal(goal: Goal) -> dict[str, Any]:
    if goal.grade:
        words = Words(f"达到“{goal.grade.name.zh}”", f"Grade {goal.grade.name.en}")
    else:
        words = Words(f"进到第{goal.rank}名", f"Rank {goal.rank}")
    steps = [
        (
            {"line": _named(step.line), "cases": step.cases},
            two_decimals(step.gain),
            two_decimals(step.line.points or Fraction(0)),
        )
        for step in sorted(goal.steps or (), key=lambda one: -one.gain)
    ]
    shown: dict[str, Any] = {"barred": goal.barred, "total": goal.total, "steps": None, "cases": None}
    if goal.steps is not None:
        shown |= {"steps": len(goal.steps), "cases": goal.cases}
    return {"words": words, "goal": shown, "steps": steps}


def _named(line: ScoreLine) -> dict[str, Any]:
    """Return of a line what the page names: a program is given no more, and no lazy evidence."""
    return {"indicator": {"id": line.indicator.id, "name": line.indicator.name}}
