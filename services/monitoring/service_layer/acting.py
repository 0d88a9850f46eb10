"""What every step's command carries: which day, who, what is noted, and which version was read."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.case_errors import StepInFutureError
from services.monitoring.domain.case_facts import Acting
from shared.kernel.clock import Clock, day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCommand:
    """*on* is the day it happened in the village (today when left out); *by* the account's id.

    *version* is the version the person saw, when a page sends it: if somebody
    saved since, ``StaleVersionError`` is raised and nothing is done.
    """

    on: date | None = None
    by: str = ""
    note: str = ""
    version: int | None = None


def acting_of(command: StepCommand, clock: Clock) -> Acting:
    """Return who acts when; refuses a day that has not come yet."""
    today = day_of(clock())
    on = command.on or today
    if on > today:
        raise StepInFutureError(today=today.isoformat())
    return Acting(on, command.by, command.note)
