"""The simulated county: its services, its homes, its calendar, and what it has heard."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import date

from deploy.embedded.county import County
from deploy.embedded.courier import Courier
from deploy.simulation.agenda import Agenda
from deploy.simulation.chance import Chance
from deploy.simulation.people import Family, Person
from shared.contracts.envelope import Envelope
from shared.kernel.clock import SetClock, day_of
from shared.kernel.errors import ConflictError

VILLAGE, TOWN, COUNTY_OFFICE = "sim-village", "sim-town", "sim-county"
"""Who acts in the simulation; nobody's account."""


@dataclass(slots=True)
class Home:
    """A family on record. *person_ids* follow the order of the family's people."""

    family: Family
    household_id: str
    person_ids: tuple[str, ...] = ()
    case_id: str | None = None
    monitored: bool = False
    below_line: bool = False
    """Whether the last ledger showed an income a head at or below the year's line."""

    def person(self, person_id: str) -> Person:
        """Return the member with that id."""
        return self.family.people[self.person_ids.index(person_id)]


@dataclass(slots=True)
class World:
    """Everything the acts of the year share. Knows only what commands returned and events told."""

    county: County
    courier: Courier
    clock: SetClock
    agenda: Agenda
    seed: str
    last_day: date
    homes: dict[str, Home] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    """Measures that have their last answer: a register may have delivered what a unit was about to."""

    def chance(self, *about: str) -> Chance:
        """Return the stream of chance of a question of its own."""
        return Chance(self.seed, *about)

    def today(self) -> date:
        """Return the county's day."""
        return day_of(self.clock())

    def home_of(self, event: Envelope) -> Home | None:
        """Return the home an event is about."""
        return self.homes.get(str(event.data.get("household_id", "")))


AT_ONCE = 500
"""How many households a bulk command takes in one transaction."""


def batched(homes: Iterable[Home]) -> Iterator[list[Home]]:
    """Yield *homes* in the portions of one transaction."""
    every = list(homes)
    for first in range(0, len(every), AT_ONCE):
        yield every[first : first + AT_ONCE]


def unless_somebody_was_quicker() -> AbstractContextManager[None]:
    """Leave out what another register has settled on the same day, before it was heard of."""
    return suppress(ConflictError)
