"""What if: the board beside what it would be with another weight, target, figure, event or mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from services.evaluation.domain.rule import Indicator
from services.evaluation.domain.scoreboard import UnitScore
from services.evaluation.entrypoints.web.comparison import shown_difference
from services.evaluation.entrypoints.web.dependencies import Days, EvaluationAsk, days_of, path_to
from services.evaluation.entrypoints.web.mark import ITEMS, item_words
from services.evaluation.service_layer.what_if import (
    CannotSupposeError,
    FigureOf,
    MarkOf,
    NumberOf,
    PointsOf,
    Supposition,
    WhatIf,
    Without,
    what_if,
)
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("what_if")

TITLE = Words("假如（推算，不写入）", "What if (nothing is written)")
_NUMBERS = {
    "target": Words("目标值", "target"),
    "deduct": Words("每次（每步）扣分", "points lost each time or step"),
    "step": Words("步长", "step"),
    "factor": Words("系数", "factor"),
    "required": Words("应有次数", "times required"),
    "full_at": Words("满分值", "full points at"),
    "zero_above": Words("零分值", "no points beyond"),
    "per_days": Words("每多少日", "days per step"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One unit before and after; *by* is how many places it gained, negative where it lost some."""

    name: str
    path: str
    before: UnitScore
    after: UnitScore

    @property
    def by(self) -> int:
        return (self.before.rank or 0) - (self.after.rank or 0) if self.after.rank and self.before.rank else 0


@section.page("/what-if", "score.suppose", "evaluation/what_if.html")
def suppose(  # noqa: PLR0913, PLR0917  (each field of the form by its name)
    ask: EvaluationAsk,
    as_of: str = "",
    known_at: str = "",
    indicator: str = "",
    points: str = "",
    number: str = "",
    value: str = "",
    figure: str = "",
    figure_value: str = "",
    event: str = "",
    mark_unit: str = "",
    mark_item: str = "",
    mark_value: str = "",
) -> View:
    """Compare the board with what it would be; what is left empty stays as it is."""
    days = days_of(ask, as_of, known_at)
    supposed: list[Supposition] = []
    if indicator and points:
        supposed.append(PointsOf(indicator, _decimal(points)))
    if indicator and number and value:
        supposed.append(NumberOf(indicator, number, _decimal(value)))
    if figure and figure_value:
        supposed.append(FigureOf(figure, figure_value.strip()))
    if event.strip():
        supposed.append(Without(event.strip()))
    if mark_unit and mark_item and mark_value:
        supposed.append(MarkOf(mark_unit, mark_item, _decimal(mark_value)))
    asked = {"indicator": indicator, "points": points, "number": number, "value": value, "figure": figure}
    asked |= {"figure_value": figure_value, "event": event}
    asked |= {"mark_unit": mark_unit, "mark_item": mark_item, "mark_value": mark_value}
    found = what_if(supposed, ask.service.scores, days.as_of, days.known_at) if supposed else None
    return View(TITLE, _data(ask, days, asked, found), crumbs=(Crumb(TITLE),))


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise CannotSupposeError(what=f"“{text[:20]}”不是数 · is not a number") from None
    if not number.is_finite():
        raise CannotSupposeError(what=f"“{text[:20]}”不是数 · is not a number")
    return number


def _data(ask: EvaluationAsk, days: Days, asked: dict[str, str], found: WhatIf | None) -> dict[str, Any]:
    rules = ask.service.rulebook
    scored = [rule for rule in rules.indicators if rule.scored]
    return {
        "days": days,
        "row": None,
        "asked": asked,
        "supposed": found is not None,
        "indicators": [(rule.id, f"{rule.id} {rule.name.zh}（{_now(rule, days.as_of)}）") for rule in scored],
        "numbers": list(_NUMBERS.items()),
        "figures": [(key, one.label) for key, one in rules.figures.items() if _simple(one, days.as_of)],
        "unit_choices": ask.service.units(),
        "items": [(item, item_words(item)) for item in ITEMS],
        "groups": _groups(found) if found else [],
        "from_words": Words("现行", "as it is"),
        "to_words": Words("假如", "supposed"),
        **shown_difference(ask, found.difference if found else {"units": []}),
    }


def _now(rule: Indicator, on: date) -> str:
    """Return points and numbers of a rule in few words, so that nobody must look them up."""
    points = rule.points.on(on) if rule.points.in_force_on(on) else "—"
    numbers = [
        f"{words.zh}{getattr(rule.method, name)}"
        for name, words in _NUMBERS.items()
        if hasattr(rule.method, name)
    ]
    return "，".join([f"{points}分", *numbers])


def _simple(figure: Any, on: date) -> bool:  # noqa: ANN401  (a figure of whatever kind)
    return figure.in_force_on(on) and type(figure.on(on)) in (int, Decimal, date)


def _groups(found: WhatIf) -> Sequence[tuple[Words, list[Moved]]]:
    towns, departments = Words("各镇", "Towns"), Words("县级部门", "Departments")
    groups = (towns, found.before.towns), (departments, found.before.departments)
    return [
        (
            words,
            [
                Moved(one.unit.name, path_to("units", one.unit.id), one, found.after.unit(one.unit.id))
                for one in scores
                if one.total is not None or found.after.unit(one.unit.id).total is not None
            ],
        )
        for words, scores in groups
    ]
