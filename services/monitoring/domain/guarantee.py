"""What every guarantee of a person's or a household's need has in common: whose it is, and its steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.guarantee_errors import StepRefusedError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Language


@dataclass(frozen=True, slots=True)
class Way:
    """One step: from which states it may be taken, where it leads (None: it stays), and its name."""

    sources: tuple[str, ...]
    to: str | None
    zh: str
    en: str

    def label(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


Ways = Mapping[str, Way]
States = Mapping[str, tuple[str, str]]
"""Every state with its name in Chinese and English."""


@dataclass(kw_only=True)
class Guarantee(Aggregate):
    """Something a household or one of its members is to get. *area_code* is the village it lives in now."""

    id: str
    household_id: str
    area_code: str


def moved(ways: Ways, states: States, step: str, state: str) -> str:
    """Return the state after *step*; raises StepRefusedError when *state* does not permit it."""
    way = ways[step]
    if state not in way.sources:
        zh, en = states[state]
        raise StepRefusedError(step_zh=way.zh, step_en=way.en, state_zh=zh, state_en=en)
    return state if way.to is None else way.to


def not_before(day: date, first: date) -> date:
    """Return *day*; refuses one before what it follows from."""
    if day < first:
        raise InvalidDayError(day=day.isoformat())
    return day
