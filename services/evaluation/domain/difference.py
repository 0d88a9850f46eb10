"""What changed between two versions: every total explained point by point, to the last fraction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Document = Mapping[str, Any]
TotalOf = Callable[[Document, Sequence[Document]], Fraction | None]
"""A unit's exact total from its entry on the board and its lines; None where nothing applied."""

_LISTED = 50
"""Events named of one line; their whole number is always said."""
_COMPARED = ("status", "value_exact", "points_exact", "max_points", "numerator", "denominator", "rule_sha256")


@dataclass(frozen=True, slots=True)
class Causes:
    """What a line rests on in one version and not in the other; None where that cannot be known any more."""

    added: Sequence[str] | None = ()
    gone: Sequence[str] | None = ()


CausesOf = Callable[[str, str], Causes]


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two versions: its board and its lines as documents."""

    board: Document
    lines: Sequence[Document]

    def units(self) -> dict[str, Document]:
        return {unit["unit"]: unit for group in ("towns", "departments") for unit in self.board[group]}

    def of_unit(self) -> dict[str, dict[str, Document]]:
        found: dict[str, dict[str, Document]] = {}
        for line in self.lines:
            found.setdefault(line["unit"], {})[line["indicator"]] = line
        return found


def difference(before: Compared, after: Compared, total_of: TotalOf, causes_of: CausesOf) -> dict[str, Any]:
    """Return every unit that changed: total, rank, grade and vetoes, and each line with its effect.

    The effects of a unit's lines and parts add up to the exact change of its total:
    one after the other, in their order, takes its new value and moves the total.
    """
    then, now = before.units(), after.units()
    lines_then, lines_now = before.of_unit(), after.of_unit()
    units = []
    for unit in sorted({*then, *now}):
        pair = then.get(unit), now.get(unit)
        changed = _unit(unit, pair, (lines_then.get(unit, {}), lines_now.get(unit, {})), total_of, causes_of)
        if changed["lines"] or changed["parts"] or _standing(pair[0]) != _standing(pair[1]):
            units.append(changed)
    return {
        "from": {name: before.board[name] for name in ("as_of", "known_at")},
        "to": {name: after.board[name] for name in ("as_of", "known_at")},
        "units": units,
        "same_days": all(before.board[name] == after.board[name] for name in ("as_of", "known_at")),
    }


def _standing(unit: Document | None) -> tuple[object, ...]:
    if unit is None:
        return ()
    return tuple(unit.get(name) for name in ("total_exact", "rank", "grade", "vetoes"))


def _unit(
    unit: str,
    pair: tuple[Document | None, Document | None],
    lines: tuple[Mapping[str, Document], Mapping[str, Document]],
    total_of: TotalOf,
    causes_of: CausesOf,
) -> dict[str, Any]:
    then, now = ({} if one is None else one for one in pair)
    found: dict[str, Any] = {"unit": unit, "name": (now or then).get("name", unit)}
    for name in ("total", "total_exact", "rank", "grade", "vetoes"):
        found[name] = {"before": then.get(name), "after": now.get(name)}
    change = _number(now.get("total_exact")) - _number(then.get("total_exact"))
    steps = _Steps(then, now, *lines, total_of)
    changed = [_line(one, causes_of(unit, one["indicator"])) for one in steps.lines()]
    parts = list(steps.parts())
    rest = change - sum((Fraction(one["effect"]) for one in (*changed, *parts)), Fraction(0))
    if rest:  # rules of the total itself, such as its cap or its weights
        parts.append({"part": "rules", "before": None, "after": None, "effect": str(rest)})
    return {**found, "change": str(change), "lines": changed, "parts": parts}


class _Steps:
    """Goes from the one state of a unit to the other, a line or part at a time, and watches the total."""

    def __init__(
        self,
        then: Document,
        now: Document,
        lines_then: Mapping[str, Document],
        lines_now: Mapping[str, Document],
        total_of: TotalOf,
    ) -> None:
        self._then, self._now = lines_then, lines_now
        self._lines = dict(lines_then)
        self._unit: dict[str, Any] = {**now, "parts": dict(then.get("parts") or {})}
        self._parts_now: Document = now.get("parts") or {}
        self._total_of = total_of
        self._had = self._total()

    def lines(self) -> Iterable[dict[str, Any]]:
        """Yield each line that is not what it was, with what it did to the total."""
        for indicator in sorted({*self._then, *self._now}):
            before, after = self._then.get(indicator), self._now.get(indicator)
            if _figures(before) == _figures(after):
                continue
            if after is None:
                del self._lines[indicator]
            else:
                self._lines[indicator] = after
            yield {"indicator": indicator, "before": before, "after": after, "effect": self._effect()}

    def parts(self) -> Iterable[dict[str, Any]]:
        """Yield each part of the total that no line makes (marks, bonus), with what it did."""
        parts = self._unit["parts"]
        for part in sorted({*parts, *self._parts_now}):
            before, after = parts.get(part), self._parts_now.get(part)
            if before == after:
                continue
            if after is None:
                del parts[part]
            else:
                parts[part] = after
            yield {"part": part, "before": before, "after": after, "effect": self._effect()}

    def _effect(self) -> str:
        """Return how far the total moved since it was looked at last."""
        had, self._had = self._had, self._total()
        return str(self._had - had)

    def _total(self) -> Fraction:
        lines = [self._lines[indicator] for indicator in sorted(self._lines)]
        return self._total_of(self._unit, lines) or Fraction(0)


def _figures(line: Document | None) -> tuple[object, ...] | None:
    if line is None:
        return None
    return tuple(line.get(name) for name in _COMPARED)


def _line(changed: dict[str, Any], causes: Causes) -> dict[str, Any]:
    before, after = changed["before"], changed["after"]
    either: Document = after or before or {}
    return {
        "indicator": changed["indicator"],
        "name": either.get("name", ""),
        "deduction": either.get("deduction", False),
        "before": _shown(before),
        "after": _shown(after),
        "effect": changed["effect"],
        "rule_changed": bool(before and after and before["rule_sha256"] != after["rule_sha256"]),
        "events_added": _listed(causes.added),
        "events_gone": _listed(causes.gone),
    }


def _shown(line: Document | None) -> dict[str, Any] | None:
    names = ("status", "value", "points", "points_exact", "max_points", "numerator", "denominator")
    return None if line is None else {name: line.get(name) for name in names}


def _listed(events: Sequence[str] | None) -> dict[str, Any]:
    if events is None:
        return {"known": False, "count": 0, "first": []}
    return {"known": True, "count": len(events), "first": sorted(events)[:_LISTED]}


def _number(exact: object) -> Fraction:
    return Fraction(0) if exact is None else Fraction(str(exact))
