"""Reminders in three colours: blue before the day, yellow behind the plan, red overdue."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.ledger.state import OPEN, WITH_THE_UNIT, State
from shared.kernel.period import add_days


class Colour(StrEnum):
    """NONE: nothing to be reminded of."""

    NONE = "none"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Running:
    """What a reminder looks at. *moved_on*: when the unit last did something; *next_node_on*: the next stage.

    *due_on* is None until the problem is handed over.
    """

    state: State
    due_on: date | None
    moved_on: date | None
    next_node_on: date | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The days of the policy in force on the day asked about."""

    near: int
    silence: int
    plan: int

    @classmethod
    def of(cls, policy: LedgerPolicy, today: date) -> "Limits":
        return cls(policy.near_days.on(today), policy.silence_days.on(today), policy.plan_days.on(today))


def colour_of(one: Running, today: date, limits: Limits) -> Colour:
    """Return the colour on *today*: a problem is overdue from the day after its day, closed never."""
    if one.state not in OPEN or one.due_on is None:
        return Colour.NONE
    if today > one.due_on:
        return Colour.RED
    if one.state in WITH_THE_UNIT and _behind(one, today, limits):
        return Colour.YELLOW
    near = [one.due_on]
    if one.state in WITH_THE_UNIT and one.next_node_on is not None:
        near.append(one.next_node_on)
    return Colour.BLUE if min(near) <= add_days(today, limits.near) else Colour.NONE


def _behind(one: Running, today: date, limits: Limits) -> bool:
    if one.next_node_on is not None and today > one.next_node_on:
        return True
    allowed = limits.plan if one.state is State.HANDED_OVER else limits.silence
    return one.moved_on is not None and today > add_days(one.moved_on, allowed)
