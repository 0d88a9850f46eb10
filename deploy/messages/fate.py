"""What became of one event: in the outbox of who told it, in every inbox, and in the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from services.evaluation.adapters.tables import journal
from shared.kernel.errors import NotFoundError
from shared.messaging.set_aside import find_one
from shared.messaging.tables import message_tables
from shared.persistence.engine import reading
from shared.persistence.running import Service

_TABLES = message_tables(MetaData())


class NoTraceError(NotFoundError):
    """Raised when no database that could be asked has ever heard of the event."""

    code = "no_trace"
    zh = "各部门数据库中都没有事件 {event_id}（未能查询：{not_asked}）"
    en = "No database knows the event {event_id} (not asked: {not_asked})"


@dataclass(frozen=True, slots=True)
class Fate:
    """What one service knows of an event; what is None has not happened there.

    *asked* is false when its database could not be asked: then nothing is known.
    *set_aside* is why it is or was set aside (kind/code), *ended* how that ended.
    """

    service: str
    asked: bool
    type: str = ""
    told_at: datetime | None = None
    published_at: datetime | None = None
    settled_at: datetime | None = None
    taken_in_at: datetime | None = None
    delayed_until: datetime | None = None
    tries: int = 0
    set_aside_at: datetime | None = None
    set_aside: str = ""
    ended: str = ""
    journaled_at: datetime | None = None

    @property
    def known(self) -> bool:
        """Whether this service has any trace of it."""
        return any((self.told_at, self.taken_in_at, self.delayed_until, self.set_aside_at, self.journaled_at))


def fates(event_id: str, services: Iterable[Service]) -> list[Fate]:
    """Return what each of *services* knows; raises NoTraceError when none that was asked knows anything."""
    found = [_fate(service, event_id) for service in services]
    if not any(fate.known for fate in found):
        silent = "、".join(fate.service for fate in found if not fate.asked) or "—"
        raise NoTraceError(event_id=event_id[:64], not_asked=silent)
    return found


def type_of(found: Iterable[Fate]) -> str:
    """Return the event's type; empty for garbage."""
    return next((fate.type for fate in found if fate.type), "")


def is_there(service: Service) -> bool:
    """Say whether there is a database to ask; opening a SQLite file that is not there would make one."""
    address = make_url(service.settings.database_url)
    if address.get_backend_name() != "sqlite":
        return True
    from pathlib import Path

    return Path(address.database or "").is_file()


def _fate(service: Service, event_id: str) -> Fate:
    if not is_there(service):
        return Fate(service.name, asked=False)
    try:
        with reading(service.engine) as connection:
            return _asked(connection, service.name, event_id)
    except OperationalError:  # away, or not migrated yet: then the others still answer
        return Fate(service.name, asked=False)


def _asked(connection: Connection, name: str, event_id: str) -> Fate:
    told = _row(connection, _TABLES.outbox, "id", event_id)
    taken = _row(connection, _TABLES.inbox, "event_id", event_id)
    late = _row(connection, _TABLES.delayed_event, "event_id", event_id)
    aside = find_one(connection, event_id)
    noted = _row(connection, journal, "event_id", event_id) if name == "evaluation" else None
    type_ = next((row.type for row in (told, taken, late, aside, noted) if row is not None), "")
    return Fate(
        name,
        asked=True,
        type=type_,
        told_at=told and told.created_at,
        published_at=told and told.published_at,
        settled_at=told and told.settled_at,
        taken_in_at=taken and taken.at,
        delayed_until=late and late.next_at,
        tries=late.tries if late else 0,
        set_aside_at=aside.at if aside else None,
        set_aside=f"{aside.kind}/{aside.code}" if aside else "",
        ended=(aside.resolution or "") if aside else "",
        journaled_at=noted and noted.recorded_at,
    )


def _row(connection: Connection, table: Table, key: str, event_id: str) -> Any:  # noqa: ANN401  (a row, or None)
    return connection.execute(select(table).where(table.c[key] == event_id)).one_or_none()
