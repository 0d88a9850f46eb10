"""The SELECTs behind causation trees: all events of a chain, asked for by one of its names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, or_, select

from services.evaluation.adapters.read_models import JournalEntry, entry_of
from services.evaluation.adapters.tables import journal
from services.evaluation.domain.errors import UnknownEventError, UnknownHouseholdError
from services.evaluation.domain.fact import Fact
from shared.persistence.engine import reading

MOST = 5_000
"""Events of a tree; what is longer is told to be."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ReadChain:
    """The events of one or several chains, first recorded first. *more* says that there were more."""

    entries: Sequence[JournalEntry]
    marked: frozenset[str]
    more: bool = False


class ChainReads:
    """Chains in the journal of one database."""

    def __init__(self, engine: Engine, *, most: int = MOST) -> None:
        self._engine = engine
        self._most = most

    def of_event(self, event_id: str) -> ReadChain:
        """Return the whole chain that an event belongs to, that event marked; raises UnknownEventError."""
        found = self._entries(journal.c.event_id == event_id[:64])
        if not found:
            raise UnknownEventError(event_id=event_id[:64])
        return self._chains([found[0].envelope.correlationid or event_id], {event_id})

    def of_correlation(self, correlation_id: str) -> ReadChain:
        """Return the chain of that name; raises UnknownEventError when the journal has none."""
        read = self._chains([correlation_id[:64]], ())
        if not read.entries:
            raise UnknownEventError(event_id=correlation_id[:64])
        return read

    def of_household(self, household_id: str, day: date | None = None) -> ReadChain:
        """Return the chains of what happened to a household on *day*, by default the last anything did.

        Raises UnknownHouseholdError also when nothing happened on that day.
        """
        mine = journal.c.household_id == household_id[:64]
        if day is None:
            day = self._last_day(mine)
        begun = self._entries(mine, journal.c.occurred_on == day) if day else []
        if not begun:
            raise UnknownHouseholdError(household=household_id[:64])
        return self._chains(
            {entry.envelope.correlationid or entry.id for entry in begun}, {entry.id for entry in begun}
        )

    def _chains(self, correlations: Iterable[str], marked: Iterable[str]) -> ReadChain:
        wanted = sorted(set(correlations))
        found: dict[str, JournalEntry] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            of_them = or_(journal.c.correlationid.in_(some), journal.c.event_id.in_(some))
            found |= {entry.id: entry for entry in self._entries(of_them)}
        ordered = sorted(found.values(), key=lambda entry: (entry.recorded_at, entry.id))
        asked = frozenset(marked)
        # What was asked for is there however long the chain is.
        kept = [*ordered[: self._most], *(one for one in ordered[self._most :] if one.id in asked)]
        return ReadChain(kept, asked, more=len(ordered) > len(kept))

    def _last_day(self, mine: ColumnElement[bool]) -> date | None:
        newest = select(journal.c.occurred_on).where(mine).order_by(journal.c.occurred_on.desc()).limit(1)
        with reading(self._engine) as connection:
            return connection.execute(newest).scalar()

    def _entries(self, *conditions: ColumnElement[bool]) -> list[JournalEntry]:
        query: Any = select(journal).where(*conditions).order_by(journal.c.recorded_at, journal.c.event_id)
        with reading(self._engine) as connection:
            return [entry_of(row) for row in connection.execute(query.limit(self._most + 1))]


def facts_of(entries: Iterable[JournalEntry]) -> list[Fact]:
    """Return *entries* as scoring takes them; an event of an unreadable day is left out."""
    facts = []
    for one in entries:
        try:
            day = date.fromisoformat(one.occurred_on)
        except ValueError:
            continue
        facts.append(Fact(one.id, one.fact, one.household_id, one.town, day, one.envelope.data))
    return facts
