"""What if a weight, a target, a policy figure, an event or a mark were another: two boards, never written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from services.evaluation.domain.board_document import assessed_document
from services.evaluation.domain.difference import Causes, Compared, difference
from services.evaluation.domain.errors import UnknownScoreError
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.mark import JUDGED
from services.evaluation.domain.method import Method
from services.evaluation.domain.rule import Indicator, Rulebook
from services.evaluation.domain.scoreboard import Scoreboard
from services.evaluation.service_layer.score import Scores
from services.evaluation.service_layer.version_difference import total_of
from shared.kernel.errors import InvalidInputError
from shared.parameters.figure import DatedFigure, FigureEntry

_SUPPOSED = "what if"


class CannotSupposeError(InvalidInputError):
    """Raised for a supposition that the rules have no place for; *what* is the part of it."""

    code = "cannot_suppose"
    zh = "无法按此假设推算：{what}"
    en = "this cannot be supposed: {what}"


@dataclass(frozen=True, slots=True)
class PointsOf:
    """The indicator is worth so many points."""

    indicator: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class MethodOf:
    """The indicator is scored by another method."""

    indicator: str
    method: Method


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A number of the indicator's method is another: its ``target``, ``deduct``, ``step`` …"""

    indicator: str
    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class FigureOf:
    """A policy figure is another; *value* as a person writes it (a number or a day)."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Without:
    """An event had not been."""

    event_id: str


@dataclass(frozen=True, slots=True)
class With:
    """A fact were known as well."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class MarkOf:
    """People had given *unit* another mark for *item*."""

    unit: str
    item: str
    value: Decimal
    period: str = ""


Supposition = PointsOf | MethodOf | NumberOf | FigureOf | Without | With | MarkOf


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The board as it is, the board as it would be, and each changed unit explained line by line."""

    before: Scoreboard
    after: Scoreboard
    difference: dict[str, Any]


def what_if(
    suppositions: Sequence[Supposition], scores: Scores, as_of: date, known_at: date | None = None
) -> WhatIf:
    """Score *as_of* once as it is and once as supposed. Nothing is written anywhere.

    Raises CannotSupposeError, UnknownIndicatorError, and as scoring does. Other points and
    methods cost an adding up; other figures, events or marks are counted from the beginning.
    """
    before = scores.board(as_of, known_at)
    rulebook = supposed_rules(suppositions, scores.rulebook)
    if any(isinstance(one, FigureOf | Without | With | MarkOf) for one in suppositions):
        facts = supposed_facts(suppositions, scores.known(known_at or as_of), as_of)
        after = scores.board_of(facts, rulebook, as_of, known_at)
    else:
        after = scores.board_under(rulebook, as_of, known_at)
    then, now = (
        Compared(document["scoreboard"], document["lines"])
        for document in (assessed_document(before, scores.rulebook), assessed_document(after, rulebook))
    )

    def causes(unit: str, indicator: str) -> Causes:
        had, has = (_events(board, unit, indicator) for board in (before, after))
        return Causes(sorted(has - had), sorted(had - has))

    return WhatIf(before, after, difference(then, now, total_of(scores), causes))


def _events(board: Scoreboard, unit: str, indicator: str) -> set[str]:
    try:
        return set(board.unit(unit).line(indicator).evidence)
    except UnknownScoreError:
        return set()


def supposed_rules(suppositions: Sequence[Supposition], rulebook: Rulebook) -> Rulebook:
    """Return *rulebook* with other points, methods and figures; *rulebook* itself stays as it is."""
    for one in suppositions:
        if isinstance(one, PointsOf | MethodOf | NumberOf):
            changed = _indicator(rulebook.indicator(one.indicator), one)
            kept = tuple(changed if rule.id == changed.id else rule for rule in rulebook.indicators)
            rulebook = replace(rulebook, indicators=kept, _by_id={})
        elif isinstance(one, FigureOf):
            rulebook = replace(rulebook, figures={**rulebook.figures, one.key: _figure(one, rulebook)})
    return rulebook


def _indicator(rule: Indicator, one: PointsOf | MethodOf | NumberOf) -> Indicator:
    version = f"{rule.version} ({_SUPPOSED})"
    if not rule.scored:
        raise CannotSupposeError(what=f"{rule.id} 不计分 · is not scored")
    if isinstance(one, PointsOf):
        if one.points < 0:
            raise CannotSupposeError(what=f"{one.points}")
        return replace(rule, points=_always(rule.points, one.points), version=version)
    if isinstance(one, MethodOf):
        return replace(rule, method=one.method, version=version)
    had = getattr(rule.method, one.name, None)
    if not isinstance(had, Decimal | int):
        raise CannotSupposeError(what=f"{rule.id} {one.name}")
    method = cast("Method", replace(cast("Any", rule.method), **{one.name: type(had)(one.value)}))
    return replace(rule, method=method, version=version)


def _always(figure: DatedFigure[Any], value: Any) -> DatedFigure[Any]:  # noqa: ANN401  (of the figure's kind)
    return replace(figure, entries=(FigureEntry(date.min, value, _SUPPOSED, confirmed=False),))


def _figure(one: FigureOf, rulebook: Rulebook) -> DatedFigure[Any]:
    """Return the figure with one number or day for all time; lists and tables cannot be supposed."""
    figure = rulebook.figures.get(one.key)
    had = (
        next((entry.value for entry in reversed(figure.entries) if entry.value is not None), 0)
        if figure
        else None
    )
    kind = type(had)
    if figure is None or kind not in (int, Decimal, date):
        raise CannotSupposeError(what=f"{one.key[:64]}")
    try:
        value = date.fromisoformat(one.value) if kind is date else kind(one.value)
    except (ValueError, InvalidOperation):
        raise CannotSupposeError(what=f"{figure.label.zh} “{one.value[:40]}”") from None
    return _always(figure, value)


def supposed_facts(suppositions: Sequence[Supposition], facts: Sequence[Fact], as_of: date) -> Iterable[Fact]:
    """Return *facts* without those left out, with those added; a mark takes the place of the one given."""
    gone = {one.event_id for one in suppositions if isinstance(one, Without)}
    if unknown := gone - {fact.event_id for fact in facts}:
        raise CannotSupposeError(what=f"得分未用到事件 · no score rests on event {min(unknown)[:64]}")
    added = [one.fact for one in suppositions if isinstance(one, With)]
    added += [_mark(one, number, as_of) for number, one in enumerate(suppositions) if isinstance(one, MarkOf)]
    return [*(fact for fact in facts if fact.event_id not in gone), *added]


def _mark(one: MarkOf, number: int, as_of: date) -> Fact:
    """Return the supposed mark; its number is higher than any that was given."""
    given = {"unit": one.unit, "item": one.item, "period": one.period, "value": str(one.value)}
    return Fact(f"{_SUPPOSED} {number}", JUDGED, "", "", as_of, {**given, "number": 10**9 + number})
