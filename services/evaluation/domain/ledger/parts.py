"""What a problem is made of: nodes, progress, re-checks, recurrences, visits, and its history."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from services.evaluation.domain.ledger.state import Stage, Step

Recurring = Literal["reopened", "found_again"]
Consequence = Literal["none", "notice", "trigger"]


@dataclass(frozen=True, slots=True)
class Node:
    """A stage of the plan (阶段节点) and the day by which it is reached."""

    what: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What was done by a day. *evidence*: where proof lies; *files*: SHA-256 and ending of stored ones."""

    on: date
    text: str
    by: str
    evidence: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One re-check of one close-out; *round* counts the times close-out was asked, from 1."""

    round: int
    stage: Stage
    passed: bool
    on: date
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The problem came back. *times*: how often the same has within the period, this one included.

    *counts* is False when it came back after the period: that is kept and costs nothing.
    *closed_on* is when what was reopened had been closed (None in what was kept before this was).
    """

    how: Recurring
    on: date
    earlier_id: str
    times: int
    counts: bool
    consequence: Consequence = "none"
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class LookBack:
    """A visit after close-out (回头看): whether the problem has stayed away."""

    on: date
    held: bool
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a problem's history. *by* is a login, empty for what the system did itself.

    Pages say *role* and *unit* (of a village its code): who reads them has no use for a login.
    Both are empty in lines that are older than they are.
    """

    step: Step | Literal["register", "recur", "evidence"]
    on: date
    by: str
    note: str = ""
    role: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The task list's part: what is done, to reach what, complete when, by which stages."""

    measures: str = ""
    target: str = ""
    standard: str = ""
    nodes: tuple[Node, ...] = ()

    def next_due(self) -> date | None:
        """Return the earliest day of a node that is not reached."""
        return min((node.due_on for node in self.nodes if node.done_on is None), default=None)

    def reached(self, numbers: frozenset[int], on: date) -> "Plan":
        """Return the plan with the nodes of these positions (from 0) reached; those already reached stay."""
        nodes = tuple(
            replace(node, done_on=on) if index in numbers and node.done_on is None else node
            for index, node in enumerate(self.nodes)
        )
        return replace(self, nodes=nodes)


@dataclass(frozen=True, slots=True)
class Responsible:
    """The responsibility list's part. Names of people stay in this database."""

    lead_unit: str = ""
    supervising_unit: str = ""
    leader: str = ""
    person: str = ""
