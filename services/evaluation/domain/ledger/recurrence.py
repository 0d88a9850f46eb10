"""When a problem has come back, how often, and what is then proposed (indicator I36-5)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from services.evaluation.domain.ledger.parts import Consequence, Recurrence
from services.evaluation.domain.ledger.policy import LedgerPolicy
from shared.kernel.period import add_months


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier problem of the same unit, category and cause, that was closed, until it was reopened."""

    problem_id: str
    closed_on: date
    reopened_on: date | None = None

    def was_closed(self, day: date) -> bool:
        """Say whether on *day* it was closed; on the day of reopening it still counts as closed."""
        return self.closed_on <= day and (self.reopened_on is None or day <= self.reopened_on)


@dataclass(frozen=True, slots=True)
class Likes:
    """What is known of problems with one unit, category and cause: closings, and days it came back."""

    closed: tuple[Earlier, ...] = ()
    recurred_on: tuple[date, ...] = ()


def within_period(closed_on: date, found_on: date, months: int) -> bool:
    """Say whether what is found comes back within *months* of *closed_on*, both days included."""
    return closed_on <= found_on <= add_months(closed_on, months)


def times_within(days: Iterable[date], on: date, months: int) -> int:
    """Return how often it came back within the period before or after *on*, the one of *on* included.

    After as well: lists that are fed back are confirmed in any order of their days, and the one
    confirmed last must know of those confirmed before it, be they of later days.
    """
    return 1 + sum(within_period(day, on, months) or within_period(on, day, months) for day in days)


def consequence_of(times: int, *, notice_at: int, trigger_at: int) -> Consequence:
    """Return what is proposed to people; the software itself never punishes."""
    if times >= trigger_at:
        return "trigger"
    return "notice" if times >= notice_at else "none"


def found_again(found_on: date, likes: Likes, policy: LedgerPolicy) -> Recurrence | None:
    """Return the recurrence that a problem found on *found_on* is, or None: the nearest closing counts."""
    months = policy.recurrence_months.on(found_on)
    stood = [one for one in likes.closed if one.was_closed(found_on)]
    near = [one for one in stood if within_period(one.closed_on, found_on, months)]
    if not near:
        return None
    earlier = max(near, key=lambda one: (one.closed_on, one.problem_id))
    return _recurrence("found_again", found_on, earlier.problem_id, likes, policy, counts=True)


def reopened(on: date, earlier: Earlier, likes: Likes, policy: LedgerPolicy) -> Recurrence:
    """Return the recurrence of a closed problem that is reopened; after the period it does not count."""
    counts = within_period(earlier.closed_on, on, policy.recurrence_months.on(on))
    one = _recurrence("reopened", on, earlier.problem_id, likes, policy, counts=counts)
    return replace(one, closed_on=earlier.closed_on)


def _recurrence(
    how: Literal["reopened", "found_again"],
    on: date,
    earlier_id: str,
    likes: Likes,
    policy: LedgerPolicy,
    *,
    counts: bool,
) -> Recurrence:
    if not counts:
        return Recurrence(how, on, earlier_id, times=0, counts=False)
    times = times_within(likes.recurred_on, on, policy.recurrence_months.on(on))
    consequence = consequence_of(
        times, notice_at=policy.notice_at.on(on), trigger_at=policy.trigger_at.on(on)
    )
    return Recurrence(how, on, earlier_id, times, counts=True, consequence=consequence)
