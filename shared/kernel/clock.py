"""Time comes from here: instants are aware UTC, days are the county's (UTC+8)."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

Clock = Callable[[], datetime]

COUNTY_ZONE = timezone(timedelta(hours=8), "UTC+8")
"""China has one zone without summer time; a fixed offset needs no zone database."""


def system_clock() -> datetime:
    """Return the machine's time: the only place that reads it."""
    return datetime.now(UTC)


def day_of(instant: datetime) -> date:
    """Return the county's calendar day of *instant*."""
    return instant.astimezone(COUNTY_ZONE).date()


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant at which the county's clocks show *hour* on *day*."""
    # Part by part: a day that keeps book of what it is asked must hear of it.
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COUNTY_ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the first instant after *day*, exclusive bound of "known on that day"."""
    return at_hour(day + timedelta(days=1), 0)


class SetClock:
    """A clock that somebody sets: simulations and tests."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def __call__(self) -> datetime:
        return self._instant

    def set(self, instant: datetime) -> None:
        """Move to *instant*; never backwards."""
        self._instant = max(self._instant, instant)


class BusinessClock:
    """The machine's clock plus an offset kept in *path*, shared by every process.

    The embedded county lives in its own year: the file holds
    ``{"offset_seconds": n}`` and is read again whenever it changed. Without a
    file it is the machine's clock.
    """

    def __init__(self, path: Path, machine: Clock = system_clock) -> None:
        self._path = path
        self._machine = machine
        self._seen: float | None = None
        self._offset = timedelta()

    def __call__(self) -> datetime:
        self._refresh()
        return self._machine() + self._offset

    def move_to(self, instant: datetime) -> None:
        """Let the business time be *instant* now, and run on from there."""
        offset = (instant - self._machine()).total_seconds()
        temporary = self._path.with_suffix(".new")
        temporary.write_text(json.dumps({"offset_seconds": offset}))
        temporary.replace(self._path)

    def _refresh(self) -> None:
        try:
            changed = self._path.stat().st_mtime
        except FileNotFoundError:
            self._offset = timedelta()
            return
        if changed != self._seen:
            seconds = json.loads(self._path.read_text())["offset_seconds"]
            self._offset = timedelta(seconds=seconds)
            self._seen = changed
