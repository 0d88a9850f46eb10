"""A fact as scoring sees it: one event of the journal, without its envelope."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

CORRECTED = "evaluation.score_corrected"
"""The fact that corrects what is counted: see :mod:`services.evaluation.domain.correction`."""


class Fact(NamedTuple):
    """One event. *name* is its type without the version, *town* the nine-digit code or empty."""

    event_id: str
    name: str
    household_id: str
    town: str
    occurred_on: date
    data: Mapping[str, Any]


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Return *facts* by day, then id: the one order in which everything is judged."""
    return sorted(facts, key=lambda fact: (fact.occurred_on, fact.event_id))


def newest(facts: Sequence[Fact]) -> Fact:
    """Return the snapshot with the highest version; of two with one version, the greater id."""
    return max(facts, key=lambda fact: (fact.data["version"], fact.event_id))


def day(text: str) -> date:
    """Return the day an event's body writes as *text*."""
    return date.fromisoformat(text)
