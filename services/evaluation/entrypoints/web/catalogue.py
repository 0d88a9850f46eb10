"""The 38 work points with their requirements and indicators, and the rules scores are made with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.evaluation.domain.rule import PlannedIndicator, WorkPoint
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.figure_view import (
    figure_words,
    method_words,
    target_unit,
    target_words,
)
from services.evaluation.entrypoints.web.labels import SERVICES, same
from services.evaluation.entrypoints.web.score_view import source_words
from shared.kernel.errors import NotFoundError
from shared.parameters.figure import DatedFigure
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.paging import Badge
from shared.web.policy_figure import unit_words
from shared.web.section import Section

section = Section("catalogue")

CATALOGUE = Words("工作要点", "Work points")
COMPUTED = Badge("green", Words("自动计分", "computed"))
NOT_REPORTED = Badge("grey", Words("尚未上报，不计分", "not reported yet, not scored"))


class UnknownWorkPointError(NotFoundError):
    code = "unknown_work_point"
    zh = "工作要点只有38项，没有第 {item} 项"
    en = "There are 38 work points, and no number {item}"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of the plan, and whether it is computed."""

    id: str
    name: Words
    unit: str
    target: Words
    target_source: Words
    target_confirmed: bool
    deadline: date | None
    state: Badge
    computed: bool
    points: str
    reported_by: str
    item: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A policy figure that counting uses, as in force on a day."""

    key: str
    label: Words
    unit: Words
    value: Words
    source: str
    confirmed: bool
    is_set: bool


def _indicator_row(ask: EvaluationAsk, point: WorkPoint, indicator: PlannedIndicator) -> IndicatorRow:
    rulebook = ask.service.rulebook
    computed = rulebook.computes(indicator.id)
    day = max(ask.today, rulebook.since)
    points = str(rulebook.indicator(indicator.id).points.on(day)) if computed else ""
    rate = computed and rulebook.indicator(indicator.id).shown_unit == "%"
    unit = target_unit(indicator.target, indicator.unit, rate=rate)
    return IndicatorRow(
        id=indicator.id,
        name=_name(ask, indicator),
        unit=unit,
        target=target_words(indicator.target, unit),
        target_source=source_words(indicator.target.source),
        target_confirmed=indicator.target.confirmed,
        deadline=indicator.deadline,
        state=COMPUTED if computed else NOT_REPORTED,
        computed=computed,
        points=points,
        reported_by=indicator.reported_by,
        item=point.id,
    )


def _name(ask: EvaluationAsk, indicator: PlannedIndicator) -> Words:
    """Return the indicator's name; the plan names those nobody computes yet in Chinese only."""
    rulebook = ask.service.rulebook
    if not rulebook.computes(indicator.id):
        return same(indicator.name)
    name = rulebook.indicator(indicator.id).name
    return Words(name.zh, name.en)


def figure_row(figure: DatedFigure[Any], day: date) -> FigureRow:
    """Return a policy figure as in force on *day*, with where it comes from."""
    entry = figure.entries[-1]
    is_set = figure.in_force_on(day)
    value = figure_words(figure.entry_on(day).value) if is_set else same("")
    return FigureRow(
        key=figure.key,
        label=Words(figure.label.zh, figure.label.en),
        unit=unit_words(figure.unit),
        value=value,
        source=entry.source,
        confirmed=entry.confirmed,
        is_set=is_set,
    )


def _is_in(row: IndicatorRow, state: str) -> bool:
    """Say whether *row* belongs to the part of the catalogue asked for; anything else means all."""
    return state not in {"computed", "not_reported"} or row.computed == (state == "computed")


@section.page("/catalogue", "catalogue.read", "evaluation/catalogue.html")
def show_catalogue(ask: EvaluationAsk, state: str = "") -> View:
    """Show the 38 work points, and which of their indicators are computed."""
    points: list[dict[str, Any]] = []
    number = 0
    for point in ask.service.rulebook.work_points:
        rows = [_indicator_row(ask, point, indicator) for indicator in point.indicators]
        shown = [row for row in rows if _is_in(row, state)]
        number += len(shown)
        if shown or not state:
            points.append({"point": point, "service": SERVICES[point.service], "rows": shown})
    data = {"points": points, "state": state, "number": number}
    return View(CATALOGUE, data)


@section.page("/catalogue/{item}", "catalogue.read", "evaluation/item.html")
def show_item(ask: EvaluationAsk, item: int) -> View:
    """Show one work point: its sentences word for word, its units, its indicators."""
    found = next((point for point in ask.service.rulebook.work_points if point.id == item), None)
    if found is None:
        raise UnknownWorkPointError(item=item)
    data = {
        "point": found,
        "service": SERVICES[found.service],
        "rows": [_indicator_row(ask, found, indicator) for indicator in found.indicators],
    }
    title = Words(f"{item} {found.title.zh}", f"{item} {found.title.en}")
    return View(title, data, crumbs=(Crumb(CATALOGUE, "/catalogue"), Crumb(title)))


@section.page("/rules", "catalogue.read", "evaluation/rules.html")
def show_rules(ask: EvaluationAsk) -> View:
    """Show the policy figures, and the SHA-256 of every rule file scores are made with."""
    rulebook = ask.service.rulebook
    day = max(ask.today, rulebook.since)
    data = {
        "files": sorted(rulebook.files.items()),
        "figures": [
            figure_row(figure, day)
            for key, figure in rulebook.figures.items()
            if not key.startswith("report_rule_")  # each stands with its own indicator
        ],
        "grades": rulebook.grades,
        "sector_departments": rulebook.sector_departments,
        "indicators": [
            {
                "id": one.id,
                "name": Words(one.name.zh, one.name.en),
                "method": method_words(one.method),
                "points": one.points.on(day),
                "version": one.version,
                "item": one.item,
            }
            for one in rulebook.indicators
        ],
    }
    return View(Words("考评规则", "Rules"), data)
