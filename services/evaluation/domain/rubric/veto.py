"""Vetoes and prerequisites: which hold for a unit, and what each takes from it (C10, C17)."""

from fractions import Fraction
from typing import NamedTuple

from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.gap import GapError
from services.evaluation.domain.rubric.result import VetoFound
from services.evaluation.domain.rubric.run import Run
from services.evaluation.domain.rubric.section import scope_of


class Condition(NamedTuple):
    """Whether a condition holds; *judged* False when it lacks a value."""

    holds: bool
    judged: bool
    working: str


def vetoes_of(run: Run, unit: str, total: Fraction | None) -> tuple[VetoFound, ...]:
    """Return the vetoes that hold, the prerequisites that do not, and those that could not be judged.

    A veto that could not be judged is not applied; a prerequisite that could not be is
    not met: it must hold for a unit to be ranked.
    """
    found = []
    for veto in run.rubric.vetoes:
        condition = judge(run, unit, veto.id, veto.when, total=total)
        if condition.holds or not condition.judged:
            found.append(VetoFound(veto.id, veto.effect, veto.grade, condition.judged, condition.working))
    for one in run.rubric.prerequisites:
        condition = judge(run, unit, one.id, one.when, total=total)
        if not condition.holds:
            effect = "bar_grade" if one.bars_grade else "bar_ranking"
            found.append(
                VetoFound(one.id, effect, one.bars_grade, condition.judged, f"✗ {condition.working}")
            )
    return tuple(found)


def judge(run: Run, unit: str, name: str, when: Expression, **lent: Fraction | None) -> Condition:
    """Return whether *when* holds for *unit*; names lent as None have no value."""
    case = scope_of(run, unit, name, lent={key: value for key, value in lent.items() if value is not None})
    try:
        return Condition(case.holds(when), judged=True, working=when.text)
    except GapError as gap:
        return Condition(holds=False, judged=False, working=f"{when.text}: — ({gap.where})")


def takes_effect(found: VetoFound, prerequisites: frozenset[str]) -> bool:
    """Return whether *found* changes anything: it was judged, or is a prerequisite not shown to be met."""
    return found.judged or found.id in prerequisites
