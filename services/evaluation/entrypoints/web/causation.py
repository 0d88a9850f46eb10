"""The causation tree on pages: from the command over its events to the score lines they decided."""

from collections.abc import Mapping
from typing import Any

from services.evaluation.adapters.documents.causation_chart import causation_svg, causation_text
from services.evaluation.adapters.read_models import JournalEntry
from services.evaluation.adapters.read_models_causation import ChainReads, ReadChain, facts_of
from services.evaluation.domain.causation import folded
from services.evaluation.domain.decision import Decision, decisions
from services.evaluation.domain.errors import UnknownEventError
from services.evaluation.entrypoints.web.causation_view import TreeRow, tree_rows
from services.evaluation.entrypoints.web.dependencies import (
    Days,
    EvaluationAsk,
    board_of,
    day_in,
    days_of,
    event_area,
    household_area,
    unit_area,
)
from services.evaluation.entrypoints.web.labels import fact_words
from services.evaluation.entrypoints.web.visibility import may_open, told_to_the_office_alone
from services.evaluation.service_layer.causation import seen_chain
from shared.kernel.errors import NotFoundError
from shared.web.asking import Crumb, FileAnswer, View
from shared.web.i18n import Words
from shared.web.section import Section
from shared.web.site import site_of

section = Section("causation")
TREE = Words("因果链", "Causation tree")
_SVG = "image/svg+xml"


def correlation_area(ask: EvaluationAsk, given: Mapping[str, Any]) -> str | None:
    """A chain is there for who may open one of its events."""
    try:
        read = ChainReads(ask.service.engine).of_correlation(str(given["correlation_id"]))
    except NotFoundError:
        return None
    return ask.officer.area_code if any(may_open(ask.officer, entry) for entry in read.entries) else None


@section.page("/events/{event_id}/causation", "event.read", "evaluation/causation.html", area_of=event_area)
def show_of_event(ask: EvaluationAsk, event_id: str, as_of: str = "", known_at: str = "") -> View:
    """Show the whole chain an event belongs to, and the score lines it decided on a day."""
    read = ChainReads(ask.service.engine).of_event(event_id)
    entry = next(one for one in read.entries if one.id == event_id)
    crumb = Crumb(fact_words(entry.fact), f"/events/{event_id}")
    return _view(ask, read, days_of(ask, as_of, known_at), f"/events/{event_id}/causation.svg", crumb)


@section.download("/events/{event_id}/causation.svg", "event.read", area_of=event_area)
def picture_of_event(ask: EvaluationAsk, event_id: str, as_of: str = "", known_at: str = "") -> FileAnswer:
    """Give the picture of the chain an event belongs to."""
    read = ChainReads(ask.service.engine).of_event(event_id)
    return _picture(ask, read, days_of(ask, as_of, known_at), event_id)


@section.page(
    "/causation/{correlation_id}", "event.read", "evaluation/causation.html", area_of=correlation_area
)
def show_of_correlation(ask: EvaluationAsk, correlation_id: str, as_of: str = "", known_at: str = "") -> View:
    """Show a chain by its correlation id, and the score lines it decided on a day."""
    read = ChainReads(ask.service.engine).of_correlation(correlation_id)
    return _view(ask, read, days_of(ask, as_of, known_at), f"/causation/{correlation_id}/causation.svg")


@section.download("/causation/{correlation_id}/causation.svg", "event.read", area_of=correlation_area)
def picture_of_correlation(
    ask: EvaluationAsk, correlation_id: str, as_of: str = "", known_at: str = ""
) -> FileAnswer:
    """Give the picture of a chain."""
    read = ChainReads(ask.service.engine).of_correlation(correlation_id)
    return _picture(ask, read, days_of(ask, as_of, known_at), correlation_id)


@section.page(
    "/households/{household_id}/causation",
    "household.read",
    "evaluation/causation.html",
    area_of=household_area,
)
def show_of_household(
    ask: EvaluationAsk, household_id: str, day: str = "", as_of: str = "", known_at: str = ""
) -> View:
    """Show the chains of what happened to a household on one day, by default the last."""
    read = ChainReads(ask.service.engine).of_household(household_id, day_in(day))
    crumb = Crumb(Words("农户", "Household"), f"/households/{household_id}")
    picture = f"/households/{household_id}/causation.svg"
    return _view(ask, read, days_of(ask, as_of, known_at), picture, crumb, day=day)


@section.download("/households/{household_id}/causation.svg", "household.read", area_of=household_area)
def picture_of_household(
    ask: EvaluationAsk, household_id: str, day: str = "", as_of: str = "", known_at: str = ""
) -> FileAnswer:
    """Give the picture of the chains of what happened to a household on one day."""
    read = ChainReads(ask.service.engine).of_household(household_id, day_in(day))
    return _picture(ask, read, days_of(ask, as_of, known_at), household_id)


def _view(
    ask: EvaluationAsk, read: ReadChain, days: Days, picture: str, *crumbs: Crumb, day: str = ""
) -> View:
    rows, shown = _seen(ask, read, days)
    boxes = [row.box(ask.language) for row in rows]
    title = TREE.pick(ask.language)
    data = {
        "rows": rows,
        "svg": causation_svg(title, causation_text(boxes), boxes),
        "text": causation_text(boxes),
        "events": shown,
        "more": read.more,
        "days": days,
        "picture": picture + days.query + (f"&day={day}" if day else ""),
        "with_lines": site_of(ask.request).permissions.granted(ask.officer, "unit.read"),
    }
    return View(TREE, data, crumbs=(*crumbs, Crumb(TREE)))


def _picture(ask: EvaluationAsk, read: ReadChain, days: Days, name: str) -> FileAnswer:
    boxes = [row.box(ask.language) for row in _seen(ask, read, days)[0]]
    svg = causation_svg(TREE.pick(ask.language), causation_text(boxes), boxes)
    return FileAnswer(f"causation-{name[:40]}.svg", _SVG, [svg.encode("utf-8")])


def _seen(ask: EvaluationAsk, read: ReadChain, days: Days) -> tuple[list[TreeRow], int]:
    """Return the tree as the officer may see it, and how many events are in it."""
    entries = {entry.id: entry for entry in read.entries}
    opened = {one for one, entry in entries.items() if may_open(ask.officer, entry)}
    secret = {one for one in entries.keys() - opened if told_to_the_office_alone(entries[one])}
    chain = seen_chain(read.entries, opened, secret)
    if not chain.events:
        raise UnknownEventError(event_id="—")
    decided = _decided(ask, [entries[one] for one in opened], days)
    return tree_rows(folded(chain, read.marked), entries, decided, days.query), len(chain.events)


def _decided(ask: EvaluationAsk, opened: list[JournalEntry], days: Days) -> list[Decision]:
    """Return the lines these events decided, of the units whose lines the officer may see."""
    if not site_of(ask.request).permissions.granted(ask.officer, "unit.read"):
        return []
    mine: dict[str, bool] = {}
    decided = []
    for one in decisions(board_of(ask, days), facts_of(opened)):
        unit = one.line.unit.id
        if unit not in mine:
            area = unit_area(ask, {"unit_id": unit})
            mine[unit] = area is not None and ask.officer.may_see(area)
        if mine[unit]:
            decided.append(one)
    return decided
