"""The day a command gives: never after today."""

from datetime import date

from services.monitoring.domain.errors import InvalidDayError
from shared.kernel.clock import Clock, day_of


def not_after_today(day: date, clock: Clock) -> date:
    """Return *day*; refuses one that has not come yet by the county's clock."""
    if day > day_of(clock()):
        raise InvalidDayError(day=day.isoformat())
    return day
