"""What commands of dispatch and field work are given: checked before anything is done."""

from collections.abc import Collection
from datetime import date

from services.evaluation.domain.dispatch.errors import FutureDayError
from services.evaluation.domain.errors import UnknownUnitError
from shared.kernel.clock import Clock, day_of


def unit_in(unit: str, units: Collection[str]) -> str:
    """Return *unit*; raises UnknownUnitError for one that is not assessed."""
    if unit not in units:
        raise UnknownUnitError(unit=unit)
    return unit


def past_day(day: date, clock: Clock) -> date:
    """Return *day*; raises FutureDayError for one that has not come."""
    if day > day_of(clock()):
        raise FutureDayError(day=day.isoformat())
    return day
