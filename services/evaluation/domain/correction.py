"""Corrections: what an upheld appeal has counted otherwise, and how counting follows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from services.evaluation.domain.assessment_errors import WrongCorrectionError
from services.evaluation.domain.counting import EVERY_UNIT, Counted
from services.evaluation.domain.fact import Fact
from services.evaluation.domain.rule import Indicator

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
        numbers = (_number(self.numerator), _number(self.denominator))
        if self.kind == "case_counted" and not any(numbers):
            raise WrongCorrectionError(what_zh="须填分子或分母", what_en="give a numerator or a denominator")

    def fits(self, indicator: Indicator) -> None:
        """Refuse numbers that would leave the line without a value, or with more than there is.

        An appeal that was upheld must never end with the point gone.
        """
        if self.kind == "event_discounted":
            return
        above, below = _number(self.numerator), _number(self.denominator)
        needs_cases = indicator.kind != "count" or indicator.needs_cases
        if self.kind == "value_replaced" and needs_cases and below == 0:
            raise WrongCorrectionError(
                what_zh="核定后的分母须大于0，否则该指标不再计分",
                what_en="give a denominator above 0: without it the point would not count at all",
            )
        rate = indicator.kind == "rate" and not indicator.split_target
        if rate and self.kind == "value_replaced" and above > below:
            raise WrongCorrectionError(
                what_zh="分子不能大于分母", what_en="the numerator is greater than the denominator"
            )


def _number(text: str) -> Fraction:
    plain = text.replace(".", "", 1)
    if not plain.isascii() or not plain.isdigit():
        raise WrongCorrectionError(what_zh=f"“{text[:20]}”不是数", what_en=f"{text[:20]} is not a number")
    return Fraction(text)


class Ruled(NamedTuple):
    """What rulings say of one line: what is counted besides, or, if it *replaces*, instead."""

    counted: tuple[Counted, ...] = ()
    replaces: bool = False


class Corrections:
    """The corrections among the facts given so far."""

    def __init__(self) -> None:
        self._of_lines: dict[tuple[str, str], tuple[Fact, ...]] = {}

    def copied(self) -> "Corrections":
        """Return these corrections, to which others can be added without changing them."""
        other = Corrections()
        other._of_lines = dict(self._of_lines)
        return other

    def add(self, facts: Iterable[Fact]) -> tuple[dict[str, dict[str, Fact]], set[str]]:
        """Take *facts* in; return what they set aside and the indicators they correct.

        The first maps a fact's name to the events of it that no longer count, each with its correction.
        """
        aside: dict[str, dict[str, Fact]] = defaultdict(dict)
        indicators: set[str] = set()
        for fact in sorted(facts, key=lambda one: one.event_id):
            data = fact.data
            if data["kind"] == "event_discounted":
                aside[data["discounted_fact"]].setdefault(data["discounted_event"], fact)
                continue
            line = data["unit"], data["indicator"]
            self._of_lines[line] = (*self._of_lines.get(line, ()), fact)
            indicators.add(data["indicator"])
        return aside, indicators

    def of(self, unit: str, indicator: str) -> Ruled:
        """Return what was ruled of the unit's line; the last ruling that replaces leaves what came before."""
        found = self._of_lines.get((unit, indicator))
        if not found:
            return Ruled()
        ruled = sorted(found, key=lambda fact: (fact.data["ruled_on"], fact.event_id))
        replaced = [at for at, fact in enumerate(ruled) if fact.data["kind"] == "value_replaced"]
        first = replaced[-1] if replaced else 0
        return Ruled(tuple(map(_counted, ruled[first:])), bool(replaced))

    def units_counted(
        self, unit: str, indicator: str, places: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[Counted, ...]]:
        """Return whose shares a line adds up, of those at *places*, and what rulings add to them."""
        if not self._of_lines:
            return (*places, EVERY_UNIT), ()
        own = self.of(unit, indicator)
        if own.replaces:
            return (), own.counted
        ruled = {place: self.of(place, indicator) for place in places}
        kept = tuple(place for place in places if not ruled[place].replaces)
        besides = () if unit in ruled else own.counted
        extra = tuple(counted for place in places for counted in ruled[place].counted)
        return (*kept, EVERY_UNIT), (*extra, *besides)


def _counted(fact: Fact) -> Counted:
    data = fact.data
    numerator, denominator = Fraction(data["numerator"]), Fraction(data["denominator"])
    return Counted(f"correction {data['correction_id']}", "", numerator, denominator, (fact.event_id,))
