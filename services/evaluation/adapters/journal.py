"""The journal in SQL: appended to by readers of events, read by scores and pages."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Select, case, func, select

from services.evaluation.adapters.tables import journal
from services.evaluation.domain.fact import Fact
from shared.contracts.envelope import Envelope
from shared.contracts.registry import MODELS
from shared.kernel.clock import day_of, end_of
from shared.messaging.bulk import insert_new
from shared.persistence.engine import reading

_STREAMED = {"yield_per": 5_000}


def _row(event: Envelope, at: datetime) -> dict[str, Any]:
    area_code = str(event.data.get("area_code") or "")[:12]
    return {
        "event_id": event.id,
        "type": event.type,
        "fact": event.fact,
        "household_id": str(event.data.get("household_id") or "")[:64],
        "area_code": area_code,
        "town": area_code[:9] if len(area_code) >= 9 else "",  # noqa: PLR2004  (digits of a town's code)
        "occurred_on": _occurred_on(event),
        "recorded_at": at,
        "causationid": event.causationid,
        "correlationid": event.correlationid,
        "envelope": event.to_json(),
    }


def _occurred_on(event: Envelope) -> date:
    """Return when it was true; of a type not known here, the day it was sent when it says nothing better."""
    for text in (event.data.get("occurred_on"), event.businessdate):
        try:
            return date.fromisoformat(str(text))
        except ValueError:
            continue
    return day_of(event.time)


class SqlJournal:
    """The journal inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, events: Sequence[Envelope], *, at: datetime) -> list[Envelope]:
        """Add *events*, learned *at*; return those that were not there yet, each once."""
        unique = {event.id: event for event in events}
        new = insert_new(self._connection, journal, [_row(event, at) for event in unique.values()])
        return [event for event in unique.values() if event.id in new]

    def every(self) -> Iterator[Envelope]:
        """Yield every event, by id."""
        query = select(journal.c.envelope).order_by(journal.c.event_id)
        for (envelope,) in self._connection.execute(query, execution_options=_STREAMED):
            yield Envelope.from_attributes(orjson.loads(envelope))

    def find(self, event_id: str) -> Envelope | None:
        """Return one event, None when it is not there."""
        query = select(journal.c.envelope).where(journal.c.event_id == event_id)
        envelope = self._connection.execute(query).scalar_one_or_none()
        return None if envelope is None else Envelope.from_attributes(orjson.loads(envelope))


def _types(names: Iterable[str]) -> list[str]:
    """Return the published types of the facts *names*: a body of an unknown version cannot be read."""
    wanted = set(names)
    return sorted(type_ for type_ in MODELS if type_.rsplit(".", 1)[0] in wanted)


def _known(columns: Sequence[Any], names: Iterable[str], as_of: date, known_at: date) -> Select[Any]:
    return select(*columns).where(
        journal.c.type.in_(_types(names)),
        journal.c.occurred_on <= as_of,
        journal.c.recorded_at < end_of(known_at),
    )


_COPIED = ("text", "timestamptz", "text", "text", "text", "date", "text")


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """Yield the rows; from PostgreSQL as one copy, so that the server goes on while they are read here."""
    if connection.dialect.name != "postgresql":
        yield from connection.execute(query, execution_options=_STREAMED)
        return
    statement = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    driver: Any = connection.connection.driver_connection
    words = str(statement).replace("%%", "%")  # doubled for a driver that puts parameters in
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY ({words}) TO STDOUT (FORMAT BINARY)") as copy,
    ):
        copy.set_types(_COPIED)
        yield from copy.rows()


class JournalFacts:
    """The journal as scoring reads it, a connection per question."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def size(self) -> int:
        """Return how many events the journal holds."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(journal)).scalar_one()

    def recorded(
        self, names: Iterable[str], *, since: datetime | None, known: Container[str]
    ) -> Iterator[tuple[str, datetime, Fact | None]]:
        """Yield what was recorded from *since* on and is not *known* yet; see the port."""
        columns = journal.c
        counted = columns.type.in_(_types(names))
        picked = (
            columns.event_id,
            columns.recorded_at,
            columns.fact,
            columns.household_id,
            columns.town,
            columns.occurred_on,
            case((counted, columns.envelope)).label("envelope"),  # the others are long and not looked at
        )
        query = select(*picked) if since is None else select(*picked).where(columns.recorded_at >= since)
        with reading(self._engine) as connection:
            # A few hundred texts stand in millions of rows: each is kept once.
            known_texts: dict[str, str] = {}
            once = known_texts.setdefault
            for event_id, at, name, household_id, town, day, envelope in _rows(connection, query):
                if event_id in known:
                    continue
                if envelope is None:
                    yield event_id, at, None
                    continue
                data = orjson.loads(envelope)["data"]
                words = once(name, name), once(household_id, household_id), once(town, town)
                yield event_id, at, Fact(event_id, *words, day, data)

    def envelopes(self, names: Iterable[str], *, as_of: date, known_at: date) -> Iterator[tuple[str, date]]:
        """Yield, by id, the envelope JSON of those facts and the day each was recorded."""
        query = _known((journal.c.envelope, journal.c.recorded_at), names, as_of, known_at)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(journal.c.event_id), execution_options=_STREAMED)
            for envelope, recorded_at in rows:
                yield envelope, day_of(recorded_at)
