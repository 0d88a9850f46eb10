"""The SELECTs behind pages and the command line; they return frozen dataclasses, never rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Engine, Row, Select, func, select

from services.evaluation.adapters.read_models_assessment import AssessmentReads
from services.evaluation.adapters.tables import household_card, journal, notice
from services.evaluation.domain.errors import UnknownEventError, UnknownHouseholdError
from shared.contracts.envelope import Envelope
from shared.kernel.clock import at_hour, end_of
from shared.persistence.engine import reading

_AT_ONCE = 500
"""How many ids one statement asks for: SQLite limits its parameters."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One event of the journal, as people see it."""

    envelope: Envelope
    town: str
    recorded_at: datetime

    @property
    def id(self) -> str:
        return self.envelope.id

    @property
    def type(self) -> str:
        return self.envelope.type

    @property
    def fact(self) -> str:
        return self.envelope.fact

    @property
    def occurred_on(self) -> str:
        return str(self.envelope.data.get("occurred_on") or self.envelope.businessdate)

    @property
    def household_id(self) -> str:
        return str(self.envelope.data.get("household_id") or "")

    @property
    def area_code(self) -> str:
        return str(self.envelope.data.get("area_code") or "")


@dataclass(frozen=True, slots=True)
class CardSummary:
    """A household in a list."""

    household_id: str
    area_code: str
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeSummary:
    """A notice in a list."""

    id: str
    unit: str
    level: str
    issued_on: date
    reason: str
    document_no: str = ""
    about_kind: str = ""
    about_id: str = ""


@dataclass(frozen=True, slots=True)
class JournalSearch:
    """What is looked for in the journal; empty fields ask for nothing."""

    fact: str = ""
    household_id: str = ""
    town: str = ""
    first: date | None = None
    last: date | None = None
    recorded_first: date | None = None
    recorded_last: date | None = None


def entry_of(row: Row[Any]) -> JournalEntry:
    """Return a row of the journal as people see it."""
    return JournalEntry(Envelope.from_attributes(orjson.loads(row.envelope)), row.town, row.recorded_at)


class EvaluationReads(AssessmentReads):
    """Everything pages ask of this database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def event(self, event_id: str) -> JournalEntry:
        """Return one event; raises UnknownEventError."""
        found = self._entries(select(journal).where(journal.c.event_id == event_id))
        if not found:
            raise UnknownEventError(event_id=event_id[:64])
        return found[0]

    def events(self, event_ids: Iterable[str]) -> list[JournalEntry]:
        """Return those of *event_ids* that the journal holds, by day and id."""
        wanted = sorted(set(event_ids))
        found: list[JournalEntry] = []
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            found += self._entries(select(journal).where(journal.c.event_id.in_(some)))
        return sorted(found, key=lambda entry: (entry.occurred_on, entry.id))

    def causes(self, entry: JournalEntry) -> list[JournalEntry]:
        """Return what led to *entry*, first cause first; it ends where a cause is not in the journal."""
        chain: list[JournalEntry] = []
        seen = {entry.id}
        wanted = entry.envelope.causationid
        while wanted and wanted not in seen:
            seen.add(wanted)
            found = self._entries(select(journal).where(journal.c.event_id == wanted))
            if not found:
                break
            chain.append(found[0])
            wanted = found[0].envelope.causationid
        return chain[::-1]

    def consequences(self, event_id: str) -> list[JournalEntry]:
        """Return what followed directly from the event."""
        query = select(journal).where(journal.c.causationid == event_id)
        return self._entries(query.order_by(journal.c.occurred_on, journal.c.event_id))

    def timeline(self, household_id: str) -> list[JournalEntry]:
        """Return everything recorded of a household, newest first; raises UnknownHouseholdError."""
        query = select(journal).where(journal.c.household_id == household_id)
        found = self._entries(query.order_by(journal.c.occurred_on.desc(), journal.c.event_id.desc()))
        if not found:
            raise UnknownHouseholdError(household=household_id[:64])
        return found

    def card(self, household_id: str) -> CardSummary:
        """Return a household's card; raises UnknownHouseholdError."""
        with reading(self._engine) as connection:
            query = select(household_card).where(household_card.c.household_id == household_id)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownHouseholdError(household=household_id[:64])
        return CardSummary(*row)

    def cards(self, household_ids: Iterable[str]) -> dict[str, CardSummary]:
        """Return the cards of those households."""
        wanted = sorted(set(household_ids))
        found: dict[str, CardSummary] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                rows = connection.execute(
                    select(household_card).where(household_card.c.household_id.in_(some))
                )
                found.update({row.household_id: CardSummary(*row) for row in rows})
        return found

    def search(self, wanted: JournalSearch, *, limit: int, offset: int = 0) -> list[JournalEntry]:
        """Return matching events, the last that happened first."""
        query = _matching(select(journal), wanted)
        newest_first = query.order_by(journal.c.occurred_on.desc(), journal.c.event_id)
        return self._entries(newest_first.limit(limit).offset(offset))

    def count(self, wanted: JournalSearch) -> int:
        """Return how many events match."""
        with reading(self._engine) as connection:
            number: int = connection.execute(
                _matching(select(func.count()).select_from(journal), wanted)
            ).scalar_one()
        return number

    def facts_counted(self) -> list[tuple[str, int]]:
        """Return every kind of fact in the journal with its number."""
        query = select(journal.c.fact, func.count()).group_by(journal.c.fact).order_by(journal.c.fact)
        with reading(self._engine) as connection:
            return [(fact, number) for fact, number in connection.execute(query)]

    def notices(self) -> list[NoticeSummary]:
        """Return every notice, the newest first."""
        query = select(notice).order_by(notice.c.issued_on.desc(), notice.c.id)
        with reading(self._engine) as connection:
            return [NoticeSummary(*row) for row in connection.execute(query)]

    def _entries(self, query: Select[Any]) -> list[JournalEntry]:
        with reading(self._engine) as connection:
            return [entry_of(row) for row in connection.execute(query)]


def _matching(query: Select[Any], wanted: JournalSearch) -> Select[Any]:
    columns = journal.c
    conditions: Sequence[tuple[object, Any]] = (
        (wanted.fact, columns.fact == wanted.fact),
        (wanted.household_id, columns.household_id == wanted.household_id),
        (wanted.town, columns.town == wanted.town),
        (wanted.first, columns.occurred_on >= wanted.first if wanted.first else None),
        (wanted.last, columns.occurred_on <= wanted.last if wanted.last else None),
        (
            wanted.recorded_first,
            columns.recorded_at >= at_hour(wanted.recorded_first, 0) if wanted.recorded_first else None,
        ),
        (
            wanted.recorded_last,
            columns.recorded_at < end_of(wanted.recorded_last) if wanted.recorded_last else None,
        ),
    )
    return query.where(*(condition for given, condition in conditions if given))
