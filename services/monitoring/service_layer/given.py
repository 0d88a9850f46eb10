"""What a command gives and every command checks: the day, the version seen, the codes."""

from datetime import date

from services.monitoring.domain.errors import InvalidDayError, ReasonMissingError
from shared.contracts.codes import codes
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock, day_of
from shared.kernel.errors import StaleVersionError

LEAST_REASON = 4


def not_after_today(day: date, clock: Clock) -> date:
    """Return *day*; refuses one that has not come yet by the county's clock."""
    if day > day_of(clock()):
        raise InvalidDayError(day=day.isoformat())
    return day


def expect_version(aggregate: Aggregate, seen: int | None) -> None:
    """Refuse to act on something that has changed since the person saw it; None asks nothing."""
    if seen is not None and seen != aggregate.version:
        raise StaleVersionError


def reason_given(reason: str) -> str:
    """Return *reason* trimmed; refuses one too short to say anything."""
    trimmed = reason.strip()
    if len(trimmed) < LEAST_REASON:
        raise ReasonMissingError(least=LEAST_REASON)
    return trimmed


def code_in(key: str, value: str) -> str:
    """Return *value* if the code list *key* has it; raises UnknownCodeError."""
    return codes().check(key, value)
