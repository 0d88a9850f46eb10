"""Who of a relocated household is in work, as employment's events tell it (item 16)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WorkSeen:
    """What one event says of one spell of work: that it began, or that it ended, and on which day.

    A spell is known by employment's id of it. Beginning and end come in any order
    and any number of times; kept side by side they always leave the same.
    """

    spell_id: str
    household_id: str
    person_id: str
    started_on: date | None = None
    ended_on: date | None = None
    place: str = ""
    """The area code of where it is; empty in what tells only of the end."""
