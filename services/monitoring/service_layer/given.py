"""What a command gives and every command checks: the day, the version seen, the codes."""

import re
from collections.abc import Callable
from datetime import date

from services.monitoring.domain.errors import (
    InvalidDayError,
    InvalidNumberError,
    ReasonMissingError,
    TextTooLongError,
)
from shared.contracts.codes import codes
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import Clock, day_of
from shared.kernel.errors import StaleVersionError
from shared.observability.personal_data import looks_personal

LEAST_REASON, MOST_REASON = 4, 200
MOST_NUMBER = 20
_NUMBER = re.compile("[0-9A-Za-z-]+")
_ID_LENGTH, _OLDEST = 18, 1900


def not_after_today(day: date, clock: Clock) -> date:
    """Return *day*; refuses one that has not come yet by the county's clock."""
    if day > day_of(clock()):
        raise InvalidDayError(day=day.isoformat())
    return day


def expect_version(aggregate: Aggregate, seen: int | None) -> None:
    """Refuse to act on something that has changed since the person saw it; None asks nothing."""
    if seen is not None and seen != aggregate.version:
        raise StaleVersionError


def number_in(
    value: str,
    words: tuple[str, str],
    id_number_valid: Callable[[str], bool] = looks_personal,
    *,
    most: int = MOST_NUMBER,
) -> str:
    """Return a number of a household, a person or a helper; refuses what would tell of somebody.

    These numbers are published: an ID number or a telephone number must not become one.
    """
    personal = looks_personal(value)
    if len(value) == _ID_LENGTH:
        # One digit of an ID number typed wrong still tells when somebody was born.
        personal = id_number_valid(value) or _has_birthday(value)
    if personal or len(value) > most or not _NUMBER.fullmatch(value):
        raise InvalidNumberError(field_zh=words[0], field_en=words[1], most=most)
    return value


def _has_birthday(value: str) -> bool:
    try:
        return date.fromisoformat(f"{value[6:10]}-{value[10:12]}-{value[12:14]}").year >= _OLDEST
    except ValueError:
        return False


def text_in(value: str, words: tuple[str, str], *, most: int, least: int = 0) -> str:
    """Return *value*; refuses what is longer than its column, or missing."""
    if not least <= len(value) <= most:
        raise TextTooLongError(field_zh=words[0], field_en=words[1], most=most)
    return value


def reason_given(reason: str) -> str:
    """Return *reason* trimmed; refuses one too short to say anything."""
    trimmed = reason.strip()
    if len(trimmed) < LEAST_REASON:
        raise ReasonMissingError(least=LEAST_REASON)
    return text_in(trimmed, ("理由", "reason"), most=MOST_REASON)


def code_in(key: str, value: str) -> str:
    """Return *value* if the code list *key* has it; raises UnknownCodeError."""
    return codes().check(key, value)
