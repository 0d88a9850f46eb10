"""Figures of supervision: hours, days and counts that no paper of the county was seen for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared.kernel.clock import at_hour, day_of
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True)
class SupervisionPolicy:
    """The dated figures of ``policy/supervision.yaml``; see there for what each rests on."""

    order_reply_days: DatedFigure[int]
    order_reply_hour: DatedFigure[int]
    order_near_hours: DatedFigure[int]
    order_trigger_days: DatedFigure[int]
    recurrence_trigger_times: DatedFigure[int]
    sample_villages: DatedFigure[int]
    sample_registered: DatedFigure[int]
    sample_others: DatedFigure[int]
    subjects: DatedFigure[tuple[Mapping[str, Any], ...]]
    outcomes: DatedFigure[tuple[Mapping[str, Any], ...]]

    def default_deadline(self, now: datetime) -> datetime:
        """Return when an order of *now* is due unless somebody sets another: the next day at the hour."""
        today = day_of(now)
        days, hour = self.order_reply_days.on(today), self.order_reply_hour.on(today)
        return at_hour(today + timedelta(days=days), hour)

    def recurrence_proposes(self, times: int, on: date) -> bool:
        """Say whether the *times*-th recurrence of a problem is a trigger."""
        return times >= self.recurrence_trigger_times.on(on)

    def overdue_days(self, due_at: datetime, now: datetime) -> int:
        """Return the whole days that have passed since *due_at*; nought before."""
        return max((now - due_at) // timedelta(days=1), 0)
