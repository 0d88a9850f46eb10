"""Comparing two versions of an assessment, or two days: what moved every total, and why."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from services.evaluation.domain.ranking import two_decimals
from services.evaluation.entrypoints.web.assessment import crumbs_to, may_see_unit, seen_version
from services.evaluation.entrypoints.web.assessment_sheet import indicator_name
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, past_day, path_to
from services.evaluation.entrypoints.web.labels import fact_words, same
from services.evaluation.entrypoints.web.mark import ITEMS, item_words
from services.evaluation.service_layer.version_difference import between_days, between_versions
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("comparison")

CHANGES = Words("版本差异", "What changed")
DAYS = Words("两日比较", "Two days compared")
_NAMED = 8
"""Events shown at once behind a changed line."""
_PARTS = {"rules": Words("总分规则（封顶、折算）", "Rules of the total (caps, weights)")}


@section.page("/assessments/{assessment_id}/changes", "assessment.read", "evaluation/changes.html")
def show_changes(ask: EvaluationAsk, assessment_id: str, first: int = 0, second: int = 0) -> View:
    """Explain the change from one version to another; without numbers, from the last but one to the last."""
    row, after, versions = seen_version(ask, assessment_id, second)
    numbers = [one.number for one in versions]
    earlier = [number for number in numbers if number < after.number]
    start = first or (earlier[0] if earlier else after.number)
    _, before, _ = seen_version(ask, assessment_id, start)
    if after.difference.get("from_number") == before.number:
        found: Mapping[str, Any] = after.difference
    else:
        found = between_versions(before, after, ask.service.scores)
    data = {
        "row": row,
        "numbers": sorted(numbers),
        "first": before.number,
        "second": after.number,
        "from_words": same(f"v{before.number}"),
        "to_words": same(f"v{after.number}"),
        **shown_difference(ask, found),
        "days": None,
    }
    return View(CHANGES, data, crumbs=crumbs_to(row, Crumb(CHANGES)))


@section.page("/comparison", "score.compare", "evaluation/changes.html")
def compare_days(
    ask: EvaluationAsk, first: str = "", first_known: str = "", second: str = "", second_known: str = ""
) -> View:
    """Explain the change from one day to another, each as known on a day."""
    today = ask.today
    until = past_day(second, today) or today
    since = past_day(first, today) or until.replace(day=1)
    pairs = (
        (since, past_day(first_known, today) or since),
        (until, past_day(second_known, today) or until),
    )
    found = between_days(*pairs, ask.service.scores)
    data = {
        "row": None,
        "days": pairs,
        "from_words": same(pairs[0][0].isoformat()),
        "to_words": same(pairs[1][0].isoformat()),
        **shown_difference(ask, found),
    }
    return View(DAYS, data, crumbs=(Crumb(DAYS),))


def shown_difference(ask: EvaluationAsk, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what evaluation/changes.html shows: units that moved and that did not, the events named."""
    units = [_unit(ask, one) for one in found.get("units", ())]
    wanted = {
        event
        for unit in units
        for line in unit["lines"]
        for side in ("events_added", "events_gone")
        for event in line[side]["first"][:_NAMED]
    }
    events = {
        entry.id: (entry.occurred_on, fact_words(entry.fact)) for entry in ask.service.reads.events(wanted)
    }
    return {
        "units": [one for one in units if _moved(one)],
        "unmoved": [one for one in units if not _moved(one)],
        "events": events,
        "named": _NAMED,
    }


def _moved(unit: Mapping[str, Any]) -> bool:
    """Say whether a unit has another total, rank or grade; a line may have moved without that."""
    return any(unit[name]["before"] != unit[name]["after"] for name in ("total", "rank", "grade"))


def _unit(ask: EvaluationAsk, unit: Mapping[str, Any]) -> dict[str, Any]:
    """Return a unit's change; its lines only to those who may see them."""
    mine = may_see_unit(ask.officer, unit["unit"])
    lines = [_line(ask, one) for one in unit["lines"]] if mine else []
    parts = [{**_signed(one), "words": _part(one["part"])} for one in unit["parts"]] if mine else []
    return {
        **unit,
        "change": _points(unit["change"]),
        "path": path_to("units", unit["unit"]),
        "mine": mine,
        "lines": lines,
        "parts": parts,
        "summed": _points(str(sum(_effects((*unit["lines"], *unit["parts"])), Fraction(0)))),
    }


def _line(ask: EvaluationAsk, line: Mapping[str, Any]) -> dict[str, Any]:
    return {**_signed(line), "words": indicator_name(ask, line["indicator"], line["name"])}


def _effects(entries: Iterable[Mapping[str, Any]]) -> Iterable[Fraction]:
    return (Fraction(one["effect"]) for one in entries)


def _signed(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "effect": _points(entry["effect"])}


def _points(exact: str) -> str:
    return f"{two_decimals(Fraction(exact)):+}"


def _part(part: str) -> Words:
    return item_words(part) if part in ITEMS else _PARTS.get(part, same(part))
