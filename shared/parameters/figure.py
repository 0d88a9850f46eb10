"""A policy figure and its history: what was in force on a day, by which paper, confirmed or not."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from shared.kernel.errors import ConflictError, Language

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class FigureNotInForceError(ConflictError):
    """Raised instead of a guess when no value is in force on the day asked for.

    A refusal, so that an event that needs the figure is set aside and can be
    tried again once the department has entered the missing value.
    """

    code = "figure_not_in_force"
    zh = "{day} 没有可用的政策参数“{label_zh}”（{figure}）"
    en = "On {day} no value of the policy figure “{label_en}” ({figure}) is in force"


@dataclass(frozen=True, slots=True)
class Label:
    """What people call a figure, in both languages."""

    zh: str
    en: str

    def text(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class FigureEntry(Generic[T_co]):
    """One value, from *since* until the next entry. *value* is None where the figure was repealed.

    *confirmed* is False when the figure was inferred or its paper was not
    seen: such a value may warn and is shown as unconfirmed, but never refuses a
    citizen by itself.
    """

    since: date
    value: T_co | None
    source: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureInForce(Generic[T_co]):
    """The value in force on a day, and what it rests on."""

    value: T_co
    source: str
    confirmed: bool
    since: date


@dataclass(frozen=True, slots=True)
class DatedFigure(Generic[T_co]):
    """Every value a figure has had. *unit* says what one is: ``fen per year``, ``days``, ``share``.

    Entries are in the order of their days, one per day; anything else is a
    ``ValueError``, as is a figure without entries.
    """

    key: str
    label: Label
    unit: str
    entries: tuple[FigureEntry[T_co], ...]

    def __post_init__(self) -> None:
        days = [entry.since for entry in self.entries]
        if not days or days != sorted(set(days)):
            msg = f"{self.key}: entries must be given, one per day, earliest first"
            raise ValueError(msg)

    def on(self, day: date) -> T_co:
        """Return the value in force on *day*; raises ``FigureNotInForceError`` rather than guess."""
        return self.entry_on(day).value

    def entry_on(self, day: date) -> FigureInForce[T_co]:
        """Return value, source, confirmation and start of what is in force on *day*, or raise as ``on``."""
        entry = self._latest(day)
        if entry is None or entry.value is None:
            raise FigureNotInForceError(
                figure=self.key, label_zh=self.label.zh, label_en=self.label.en, day=day.isoformat()
            )
        return FigureInForce(entry.value, entry.source, entry.confirmed, entry.since)

    def in_force_on(self, day: date) -> bool:
        """Return whether ``on`` would answer for *day*."""
        entry = self._latest(day)
        return entry is not None and entry.value is not None

    def _latest(self, day: date) -> FigureEntry[T_co] | None:
        before = bisect_right(self.entries, day, key=lambda entry: entry.since)
        return self.entries[before - 1] if before else None
