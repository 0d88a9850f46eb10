"""Bringing a restored database up to what the county knows: what came to it, and what it had told itself."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import orjson
from sqlalchemy import Connection, Engine, MetaData, insert, select

from services.evaluation.adapters.tables import journal
from shared.audit import append
from shared.audit.by_hand import deed_by_hand
from shared.contracts.envelope import Envelope
from shared.messaging.replay import Replayed, outbox_events, replay
from shared.messaging.tables import message_tables
from shared.persistence.engine import WRITING, reading
from shared.persistence.running import Service

_TABLES = message_tables(MetaData())
_AT_ONCE = 500
_STREAMED = {"yield_per": 1_000}


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What was brought back, and which of the service's own facts the county has heard were lost.

    *rebuilt* own facts followed from events that were taken in again, and were told again under their
    old ids. *lost* ones were somebody's doing: what they entered is gone and must be entered again.
    Of *only_ids* nothing is left but id and type, in the inbox of a service that took them in.
    """

    replayed: Replayed
    rebuilt: int
    lost: tuple[Envelope, ...]
    only_ids: tuple[tuple[str, str], ...]


def catch_up(
    service: Service,
    others: Sequence[Engine],
    evaluation: Engine | None,
    progress: Callable[[Replayed], object] = lambda _done: None,
) -> CaughtUp:
    """Take in what was told to *service* since its backup, out of the *others*' outboxes and the journal.

    *evaluation* holds the journal; None when it is evaluation itself that was lost. May be broken off and
    begun again. The service's sites and workers are stopped. Then write down what was lost, and ``adopt``.
    """
    before = [] if evaluation is None else _unknown(service, evaluation)
    replayed = Replayed()
    for source in (*others, *([] if evaluation is None else [evaluation])):
        with source.connect() as connection:
            _open_long(connection)
            events = _journal(connection) if source is evaluation else outbox_events(connection)
            part = replay(events, service.uow(), service.reader, at=service.clock(), progress=progress)
        for one in fields(Replayed):
            setattr(replayed, one.name, getattr(replayed, one.name) + getattr(part, one.name))
    lost = [] if evaluation is None else _unknown(service, evaluation)
    heard = {event.id for event in lost}
    only_ids = tuple(pair for pair in _heard_elsewhere(service, others) if pair[0] not in heard)
    return CaughtUp(replayed, len(before) - len(lost), tuple(lost), only_ids)


def adopt(service: Service, found: CaughtUp) -> None:
    """Put the lost facts back into the outbox, under their ids, and enter the catching-up in the audit trail.

    The relay sends them once more: whoever has them drops them by their ids, and whoever missed one in
    the moment the database was lost gets it. To be called when the list of them is safely written.
    """
    rows = [
        {
            "id": event.id,
            "type": event.type,
            "subject": event.subject,
            "envelope": event.to_json(),
            "created_at": event.time,
        }
        for event in found.lost
    ]
    done = found.replayed
    with service.engine.execution_options(**WRITING).begin() as connection:
        if rows:
            connection.execute(insert(_TABLES.outbox), rows)
        deed = deed_by_hand(
            "backup.catch_up",
            taken=done.taken,
            set_aside=done.set_aside,
            rebuilt=found.rebuilt,
            lost=len(rows),
        )
        append(connection, deed)


def write_lost(found: CaughtUp, file: Path) -> None:
    """Write what people must look at as CSV: day, type, subject and ids, nobody's name."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(["业务日期 day", "类型 type", "对象 subject", "事件 event", "需办 to do"])
        for event in found.lost:
            table.writerow([event.businessdate, event.type, event.subject, event.id, "重新录入 enter again"])
        for event_id, type_ in found.only_ids:
            table.writerow(["", type_, "", event_id, "仅存编号，须查 only the id is left: look into it"])


def _unknown(service: Service, evaluation: Engine) -> list[Envelope]:
    """Return the service's own events that the journal has and its outbox has not, by time."""
    found: list[Envelope] = []
    with evaluation.connect() as heard, reading(service.engine) as own:
        _open_long(heard)
        query = select(journal.c.event_id).where(
            journal.c.type.startswith(f"{service.name}.", autoescape=True)
        )
        for ids in heard.execute(query.order_by(journal.c.event_id)).scalars().partitions(_AT_ONCE):
            kept = select(_TABLES.outbox.c.id).where(_TABLES.outbox.c.id.in_(ids))
            missing = sorted(set(ids) - set(own.execute(kept).scalars()))
            bodies = select(journal.c.envelope).where(journal.c.event_id.in_(missing))
            found += [_envelope(text) for text in heard.execute(bodies).scalars()]
    return sorted(found, key=lambda event: (event.time, event.id))


def _heard_elsewhere(service: Service, others: Sequence[Engine]) -> Iterator[tuple[str, str]]:
    """Yield id and type of own events that another service has taken in and the outbox does not have."""
    inbox, outbox = _TABLES.inbox, _TABLES.outbox
    heard: dict[str, str] = {}
    mine = inbox.c.type.startswith(f"{service.name}.", autoescape=True)
    for other in others:
        with reading(other) as connection:
            rows = connection.execute(select(inbox.c.event_id, inbox.c.type).where(mine))
            heard |= {row.event_id: row.type for row in rows}
    with reading(service.engine) as connection:
        ids = sorted(heard)
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            known = set(connection.execute(select(outbox.c.id).where(outbox.c.id.in_(part))).scalars())
            yield from ((one, heard[one]) for one in part if one not in known)


def _journal(connection: Connection) -> Iterator[Envelope]:
    """Yield the whole journal: for what a lost neighbour's outbox no longer has."""
    query = select(journal.c.envelope).order_by(journal.c.recorded_at, journal.c.event_id)
    for (text,) in connection.execute(query, execution_options=_STREAMED):
        yield _envelope(text)


def _envelope(text: str) -> Envelope:
    return Envelope.from_attributes(orjson.loads(text))


def _open_long(connection: Connection) -> None:
    """Let a reading stand open for as long as the other side takes to take it in."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
