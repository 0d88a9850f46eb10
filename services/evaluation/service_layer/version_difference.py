"""The difference between two versions or two days, with the events behind each changed line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from services.evaluation.domain.assessment import Version
from services.evaluation.domain.board_document import assessed_document
from services.evaluation.domain.difference import Causes, CausesOf, Compared, TotalOf, difference
from services.evaluation.domain.errors import UnknownScoreError, UnknownUnitError
from services.evaluation.domain.ranking import rescaled
from services.evaluation.domain.rule import Rulebook
from services.evaluation.domain.scheme import Cells, Figure, Scheme
from services.evaluation.domain.scoreboard import Scoreboard
from services.evaluation.service_layer.canonical import digest_of
from services.evaluation.service_layer.score import Scores


def since_version(
    before: Version, board: Scoreboard, document: Mapping[str, Any], scores: Scores
) -> dict[str, Any]:
    """Return what changed from a frozen version to what was scored now."""
    then = Compared(before.board, before.lines)
    now = Compared(document["scoreboard"], document["lines"])
    causes = _causes(_Frozen(before, scores), _Live(board))
    return {**difference(then, now, total_of(scores), causes), "from_number": before.number}


def between_versions(first: Version, second: Version, scores: Scores) -> dict[str, Any]:
    """Return what changed between two frozen versions."""
    then, now = Compared(first.board, first.lines), Compared(second.board, second.lines)
    causes = _causes(_Frozen(first, scores), _Frozen(second, scores))
    return difference(then, now, total_of(scores), causes)


def between_days(first: tuple[date, date], second: tuple[date, date], scores: Scores) -> dict[str, Any]:
    """Return what changed between two boards, each of a day judged and a day of knowledge."""
    boards = [scores.board(*days) for days in (first, second)]
    documents = [assessed_document(board, scores.rulebook) for board in boards]
    then, now = (Compared(document["scoreboard"], document["lines"]) for document in documents)
    return difference(then, now, total_of(scores), _causes(*map(_Live, boards)))


class _Live:
    """The evidence of a board that was scored now."""

    def __init__(self, board: Scoreboard) -> None:
        self._board = board

    def events(self, unit: str, indicator: str) -> Sequence[str] | None:
        try:
            return self._board.unit(unit).line(indicator).evidence
        except (UnknownScoreError, UnknownUnitError):
            return ()


class _Frozen:
    """The evidence of a frozen version: scored again, and believed where its digest is the one kept.

    First as of the end of the day of knowledge, which is cheap; where more became
    known later on that day, once more as of the instant the version was made.
    """

    def __init__(self, version: Version, scores: Scores) -> None:
        self._version = version
        self._scores = scores
        self._digests = {(line["unit"], line["indicator"]): line["events_sha256"] for line in version.lines}
        self._boards: list[_Live] = []

    def events(self, unit: str, indicator: str) -> Sequence[str] | None:
        if (unit, indicator) not in self._digests:
            return ()
        for board in self._scored_again():
            events = board.events(unit, indicator)
            if events is not None and digest_of(list(events)) == self._digests[unit, indicator]:
                return events
        return None

    def _scored_again(self) -> Iterator[_Live]:
        yield from self._boards
        version = self._version
        if not self._boards:
            self._boards.append(_Live(self._scores.board(version.as_of, version.known_at)))
            yield self._boards[-1]
        if len(self._boards) == 1 and version.made_at is not None:
            self._boards.append(_Live(self._scores.board_at(version.as_of, version.made_at)))
            yield self._boards[-1]


def _causes(before: _Live | _Frozen, after: _Live | _Frozen) -> CausesOf:
    def of(unit: str, indicator: str) -> Causes:
        then, now = before.events(unit, indicator), after.events(unit, indicator)
        if then is None or now is None:
            return Causes(None, None)
        return Causes(sorted(set(now) - set(then)), sorted(set(then) - set(now)))

    return of


def total_of(scores: Scores) -> TotalOf:
    """Return how a unit's total follows from its lines and marks under the rules in force."""
    rulebook = scores.rulebook
    schemes = {kind: Scheme(rulebook, rubric) for kind, rubric in rulebook.schemes.items()}
    kept: dict[Cells, Fraction | None] = {}

    def by_scheme(unit: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Fraction | None:
        scheme = schemes.get("town" if unit["unit"].isdigit() else "department")
        if scheme is None:
            return plain_total(lines)
        marks = {item: Fraction(value) for item, value in (unit.get("parts") or {}).items()}
        cells = scheme.cells(unit["unit"], _figures(lines, rulebook), marks)
        if cells is None:
            return None
        if cells not in kept:
            kept[cells] = scheme.score({"": cells}, rulebook.since)[""].total
        return kept[cells]

    return by_scheme


def _figures(lines: Sequence[Mapping[str, Any]], rulebook: Rulebook) -> list[Figure]:
    numbers = ("points_exact", "max_points", "numerator", "denominator")
    return [
        Figure(line["indicator"], won, full, numerator, denominator, _owed(line))
        for line in lines
        if (line["status"] == "scored" or _owed(line)) and rulebook.computes(line["indicator"])
        for won, full, numerator, denominator in [[Fraction(line[name] or 0) for name in numbers]]
    ]


def _owed(line: Mapping[str, Any]) -> bool:
    """Say whether it is a report that was due and is missing: its weight stays in the base."""
    return bool(line["status"] == "missing" and Fraction(line["max_points"]))


def plain_total(lines: Sequence[Mapping[str, Any]]) -> Fraction | None:
    """Return 100 × points won ÷ points that applied, less what is lost to deductions."""
    scored = [line for line in lines if line["status"] == "scored"]
    beside = [line for line in scored if line["deduction"] or line.get("bonus")]
    base = [line for line in scored if line not in beside]
    owed = [line for line in lines if _owed(line)] if base else []
    return rescaled(
        (Fraction(line["points_exact"]) for line in base),
        (Fraction(line["max_points"]) for line in (*base, *owed)),
        (-Fraction(line["points_exact"]) for line in beside),
    )
