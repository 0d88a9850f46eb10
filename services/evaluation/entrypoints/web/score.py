"""The scoreboard, a unit's lines, and one line down to its events."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from services.evaluation.adapters.read_models import CardSummary
from services.evaluation.adapters.read_models_reporting import turn_of
from services.evaluation.domain.method import written
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.scoreboard import UnitScore
from services.evaluation.entrypoints.web.catalogue import figure_row
from services.evaluation.entrypoints.web.dependencies import (
    Days,
    EvaluationAsk,
    board_of,
    days_of,
    path_to,
    unit_area,
)
from services.evaluation.entrypoints.web.journal import EventRow, event_rows
from services.evaluation.entrypoints.web.labels import same
from services.evaluation.entrypoints.web.reporting_words import turn_words
from services.evaluation.entrypoints.web.scheme_words import scheme_words
from services.evaluation.entrypoints.web.score_view import (
    CountedRow,
    UnitRow,
    counted_row,
    line_row,
    unit_row,
    worst_first,
)
from services.evaluation.entrypoints.web.standing import (
    county_standing,
    gaps,
    in_parts,
    own_assessed_unit,
    unit_standing,
)
from shared.areas import COUNTY
from shared.persistence.engine import reading
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("score")

BOARD = Words("考评排名", "Scoreboard")


def _rows(scores: Sequence[UnitScore], ask: EvaluationAsk) -> list[UnitRow]:
    """Return the rows; what the officer may not open lies nowhere, so that no link leads to it."""
    return [
        replace(unit_row(score, COUNTY), area_code=unit_area(ask, {"unit_id": score.unit.id}) or "")
        for score in scores
    ]


@section.page("/", "score.read", "evaluation/scoreboard.html")
def show_board(ask: EvaluationAsk, as_of: str = "", known_at: str = "") -> View:
    """Show every town and department with total, rank and grade."""
    days = days_of(ask, as_of, known_at)
    board = board_of(ask, days)
    departments = _rows(board.departments, ask)
    rulebook = ask.service.rulebook
    mine = own_assessed_unit(ask)
    planned = sum(len(point.indicators) for point in rulebook.work_points)
    data = {
        "days": days,
        "towns": _rows(board.towns, ask),
        "departments": [row for row in departments if row.total is not None],
        "without_score": [row for row in departments if row.total is None],
        "computed": len(rulebook.indicators),
        "not_reported": planned - len(rulebook.indicators),
        "events": ask.service.facts.size(),
        "county": county_standing(ask, board),
        "mine": unit_standing(ask, board, mine) if mine else None,
        "my_row": unit_row(board.unit(mine), COUNTY) if mine else None,
    }
    return View(BOARD, data)


def _crumbs(days: Days, *more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(BOARD, f"/{days.query}"), *more)


@section.page("/units/{unit_id}", "unit.read", "evaluation/unit.html", area_of=unit_area)
def show_unit(ask: EvaluationAsk, unit_id: str, as_of: str = "", known_at: str = "") -> View:
    """Show a unit's score, indicator by indicator."""
    days = days_of(ask, as_of, known_at)
    board = board_of(ask, days)
    score = board.unit(unit_id)
    lines = [line_row(board, line) for line in score.lines]
    computed = {line.indicator.id for line in score.lines}
    data = {
        "days": days,
        "row": unit_row(score, COUNTY),
        "exact": None if score.exact is None else written(score.exact),
        **in_parts(lines),
        "gaps": gaps(lines),
        "standing": unit_standing(ask, board, unit_id),
        "parts_of_total": [(scheme_words(one.name), one) for one in score.parts],
        "grade_note": score.grade_note,
        "won": two_decimals(
            sum(
                (line.points or Fraction(0) for line in score.lines if not line.indicator.deduction),
                Fraction(0),
            )
        ),
        "points_lost": written(-sum(line.points or 0 for line in score.lines if line.indicator.deduction)),
        "not_reported": _not_reported(ask, score, computed),
    }
    return View(same(score.unit.name), data, crumbs=_crumbs(days, Crumb(same(score.unit.name))))


def _not_reported(ask: EvaluationAsk, score: UnitScore, computed: set[str]) -> int:
    """Return how many indicators of the plan concern the unit's group and are reported by nobody yet."""
    group = score.unit.group
    return sum(
        group in indicator.scope and indicator.id not in computed
        for point in ask.service.rulebook.work_points
        if group == "town" or score.unit.id in point.responsible
        for indicator in point.indicators
    )


@section.page("/units/{unit_id}/{indicator}", "unit.read", "evaluation/line.html", area_of=unit_area)
def show_line(ask: EvaluationAsk, unit_id: str, indicator: str, as_of: str = "", known_at: str = "") -> View:
    """Show one line: target, arithmetic, rule, and what each household contributed."""
    days = days_of(ask, as_of, known_at)
    board = board_of(ask, days)
    line = board.unit(unit_id).line(indicator)
    rate = line.indicator.kind == "rate"
    counted = worst_first(
        [counted_row(part, rate=rate, counted_in=line.indicator.counted_in) for part in line.counted]
    )
    shown = counted[ask.paging.offset : ask.paging.offset + ask.paging.size]
    events = _events(ask, shown)
    shown = [_in_order(row, events) for row in shown]
    point = ask.service.rulebook.work_point(line.indicator.item)
    entry = line.indicator.points.entry_on(days.as_of) if line.status == "scored" else None
    data = {
        "days": days,
        "unit_name": line.unit.name,
        "line": line_row(board, line),
        "point": point,
        "points_source": entry.source if entry else "",
        "points_confirmed": entry.confirmed if entry else False,
        "figures": [
            figure_row(ask.service.rulebook.figures[key], days.as_of) for key in line.indicator.figures
        ],
        "turn": _turn(ask, unit_id, indicator) if line.status == "missing" else None,
        "counted": shown,
        "total": len(counted),
        "pages": max(1, -(-len(counted) // ask.paging.size)),
        "number": ask.paging.number,
        "households": _households(ask, shown),
        "events": events,
    }
    name = Words(line.indicator.name.zh, line.indicator.name.en)
    unit = Crumb(same(line.unit.name), path_to("units", unit_id) + days.query)
    return View(
        Words(f"{line.indicator.id} {name.zh}", f"{line.indicator.id} {name.en}"),
        data,
        crumbs=_crumbs(days, unit, Crumb(name)),
    )


def _turn(ask: EvaluationAsk, unit_id: str, indicator: str) -> Words | None:
    """Say who is to report or review a value that is missing."""
    with reading(ask.service.engine) as connection:
        return turn_words(turn_of(connection, indicator, unit_id))


def _events(ask: EvaluationAsk, rows: Sequence[CountedRow]) -> dict[str, EventRow]:
    entries = ask.service.reads.events(event for row in rows for event in row.events)
    return {row.id: row for row in event_rows(ask, entries)}


def _in_order(row: CountedRow, events: Mapping[str, EventRow]) -> CountedRow:
    """Return *row* with its events as they happened."""
    return replace(row, events=tuple(sorted(row.events, key=lambda one: (events[one].day, one))))


def _households(ask: EvaluationAsk, rows: Sequence[CountedRow]) -> dict[str, CardSummary]:
    return ask.service.reads.cards(row.household_id for row in rows if row.household_id)
