"""Corrections: what an upheld appeal has counted otherwise, and how counting follows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from services.evaluation.domain.assessment_errors import WrongCorrectionError
from services.evaluation.domain.counting import Counted
from services.evaluation.domain.fact import Fact

CORRECTED = "evaluation.score_corrected"
Kind = Literal["event_discounted", "case_counted", "value_replaced"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What is counted otherwise, from the day *since* on.

    ``event_discounted`` sets one event aside wherever it was counted;
    ``case_counted`` adds to numerator and denominator of the unit's line;
    ``value_replaced`` puts them in place of all that was counted there.
    """

    id: str
    kind: Kind
    since: date
    event_id: str = ""
    fact: str = ""
    numerator: str = "0"
    denominator: str = "0"

    def __post_init__(self) -> None:
        if self.kind == "event_discounted":
            if not self.event_id or not self.fact:
                raise WrongCorrectionError(
                    what_zh="须指明不计的事件", what_en="name the event that does not count"
                )
            return
        if _number(self.numerator) == 0 == _number(self.denominator) and self.kind == "case_counted":
            raise WrongCorrectionError(what_zh="须填分子或分母", what_en="give a numerator or a denominator")


def _number(text: str) -> Fraction:
    plain = text.replace(".", "", 1)
    if not plain.isascii() or not plain.isdigit():
        raise WrongCorrectionError(what_zh=f"“{text[:20]}”不是数", what_en=f"{text[:20]} is not a number")
    return Fraction(text)


class Corrections:
    """The corrections among the facts given so far.

    *set_aside* maps an event that no longer counts to the correction that says so.
    """

    def __init__(self) -> None:
        self.set_aside: dict[str, str] = {}
        self._of_lines: dict[tuple[str, str], list[Fact]] = defaultdict(list)

    def add(self, facts: Iterable[Fact]) -> tuple[dict[str, set[str]], set[str]]:
        """Take *facts* in; return the events set aside by name of fact, and the indicators corrected."""
        discounted: dict[str, set[str]] = defaultdict(set)
        indicators: set[str] = set()
        for fact in facts:
            data = fact.data
            if data["kind"] == "event_discounted":
                event, first = data["discounted_event"], self.set_aside.get(data["discounted_event"])
                self.set_aside[event] = min(first or fact.event_id, fact.event_id)
                discounted[data["discounted_fact"]].add(event)
            else:
                self._of_lines[data["unit"], data["indicator"]].append(fact)
                indicators.add(data["indicator"])
        return discounted, indicators

    def corrected(self, unit: str, indicator: str, counted: Sequence[Counted]) -> Sequence[Counted]:
        """Return what counts in the unit's line: with cases added, or replaced by the last ruling that says so."""
        found = self._of_lines.get((unit, indicator))
        if not found:
            return counted
        found = sorted(found, key=lambda fact: (fact.data["ruled_on"], fact.event_id))
        replaced = [at for at, fact in enumerate(found) if fact.data["kind"] == "value_replaced"]
        if replaced:
            return [_counted(fact) for fact in found[replaced[-1] :]]
        return [*counted, *map(_counted, found)]


def _counted(fact: Fact) -> Counted:
    data: Mapping[str, str] = fact.data
    return Counted(
        f"correction {data['correction_id']}",
        "",
        Fraction(data["numerator"]),
        Fraction(data["denominator"]),
        (fact.event_id,),
    )
