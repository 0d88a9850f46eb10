"""What the ledger remembers of a step until the problem is saved; publishing turns it into events."""

from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.ledger.parts import Consequence, Recurring
from services.evaluation.domain.ledger.state import Level, Source, Stage


@dataclass(frozen=True, slots=True)
class About:
    """What every event of a problem says: which, for which unit, where."""

    problem_id: str
    unit: str
    area_code: str
    on: date


@dataclass(frozen=True, slots=True)
class Registered:
    about: About
    source: Source
    category: str
    special: bool
    entry_due: bool
    """Whether it was fed back, so that the unit owes the four lists within days."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    about: About
    category: str
    cause: str
    systemic: bool
    special: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    about: About


@dataclass(frozen=True, slots=True)
class HandedOver:
    about: About
    level: Level
    lead_unit: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Planned:
    """All four lists of the problem are there."""

    about: About


@dataclass(frozen=True, slots=True)
class CloseOutAsked:
    about: About
    mechanism: bool


@dataclass(frozen=True, slots=True)
class Checked:
    about: About
    stage: Stage
    passed: bool
    round: int


@dataclass(frozen=True, slots=True)
class Closed:
    about: About
    due_on: date | None
    on_the_spot: bool


@dataclass(frozen=True, slots=True)
class Recurred:
    about: About
    how: Recurring
    earlier_id: str
    times: int
    counts: bool
    consequence: Consequence


@dataclass(frozen=True, slots=True)
class LookedBack:
    about: About
    held: bool
