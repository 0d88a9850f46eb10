"""The warning rules of the county: which list each reads, what fires it, and what it fires once for (6.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from services.monitoring.domain.comparison.matching import Registered
from shared.kernel.ids import derived_id
from shared.kernel.period import Month
from shared.parameters.figure import DatedFigure, FigureInForce

Scope = Literal["person", "household"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule is asked about: the row, the person, the list's month and its dated figures."""

    row: Any
    person: Registered
    month: Month
    figures: Mapping[str, Any]

    @property
    def year(self) -> str:
        return str(self.month.year)

    @property
    def last_day(self) -> date:
        return self.month.last_day


Fires = Callable[[Asked], tuple[str, ...] | None]
"""Returns what the warning is once for, besides rule and person or household; None: it does not fire."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. *compares*: it tells a case's comparison something, and is never itself a sign of risk."""

    id: str
    kinds: tuple[str, ...]
    scope: Scope
    fires: Fires
    compares: bool = False


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """The dated part of a rule: its label and, per day, department, risk, evidence and thresholds.

    The value in force is a mapping; *borrowed* are thresholds that stand in the
    policy of household changes, so that a figure exists once (``illness_other``).
    """

    figure: DatedFigure[Mapping[str, Any]]
    borrowed: Mapping[str, DatedFigure[Any]] = field(default_factory=dict)

    def entry_on(self, day: date) -> FigureInForce[Mapping[str, Any]]:
        """Return what is in force; with a borrowed threshold it is only as confirmed as that is."""
        entry = self.figure.entry_on(day)
        if not self.borrowed:
            return entry
        lent = {name: figure.entry_on(day) for name, figure in self.borrowed.items()}
        value = {**entry.value, **{name: one.value for name, one in lent.items()}}
        confirmed = entry.confirmed and all(one.confirmed for one in lent.values())
        return FigureInForce(MappingProxyType(value), entry.source, confirmed, entry.since)


RULES: dict[str, Rule] = {}
"""Every rule by its id; the ``rules_*`` modules beside this one fill it."""


def rule(id_: str, *kinds: str, scope: Scope = "person", compares: bool = False) -> Callable[[Fires], Fires]:
    """Declare what fires the rule *id_* on a row of one of *kinds*."""

    def declare(fires: Fires) -> Fires:
        RULES[id_] = Rule(id_, kinds, scope, fires, compares)
        return fires

    return declare


def warning_id(rule_: Rule, person: Registered, parts: tuple[str, ...]) -> str:
    """Return the one warning of this rule about this person or household and *parts* (6.2, dedupe).

    It depends on nothing else, so lists that come twice or in another order raise the same ones.
    """
    whose = person.person_id if rule_.scope == "person" else person.household_id
    return derived_id("warning", rule_.id, whose, *parts)
