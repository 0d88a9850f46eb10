"""The operator's page of a site: what waits to leave, and what could not be taken in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import MetaData, func, select

from shared.messaging.intake import Reader
from shared.messaging.redrive import redrive_matching
from shared.messaging.resolving import NotSetAsideError
from shared.messaging.set_aside import SetAside, count_all, find_all, find_one, masked_body
from shared.messaging.tables import message_tables
from shared.persistence.engine import reading
from shared.persistence.unit_of_work import InTransaction
from shared.web.asking import Act, Ask, Crumb, Done, View, WebService
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

_OUTBOX = message_tables(MetaData()).outbox


class Operated(WebService, Protocol):
    """What the page needs of a service."""

    @property
    def reader(self) -> Reader[Any]: ...
    def uow(self, with_it: InTransaction | None = None) -> Any: ...  # noqa: ANN401  (each service has its own)


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many events have not been published, and since when the oldest has waited."""

    count: int
    oldest: datetime | None


def operations() -> Section:
    """Return the section; its site has ``operations.read`` and ``operations.retry`` in permissions.yaml."""
    section = Section("operations", prefix="/operations")
    section.page("", "operations.read", "operations.html")(_show_waiting)
    section.page("/{event_id}", "operations.read", "set_aside.html")(_show_one)
    section.action("/retry", "operations.retry", Words("重新处理全部", "Take all in again"))(_retry)
    return section


def _show_waiting(ask: Ask[Operated]) -> View:
    """List what waits to leave and what was set aside."""
    with reading(ask.service.engine) as connection:
        unpublished = _OUTBOX.c.published_at.is_(None)
        query = select(func.count(), func.min(_OUTBOX.c.created_at)).where(unpublished)
        leaving = Leaving(*connection.execute(query).one())
        total = count_all(connection)
        shown = find_all(connection, limit=ask.paging.size, offset=ask.paging.offset)
    listing = Listing(_COLUMNS, shown, total, ask.paging)
    return View(Words("消息处理", "Messages"), {"leaving": leaving}, listing)


def _show_one(ask: Ask[Operated], event_id: str) -> View:
    """Show one event that was set aside, personal data masked."""
    with reading(ask.service.engine) as connection:
        found = find_one(connection, event_id)
    if found is None or found.resolved_at is not None:
        raise NotSetAsideError
    crumbs = (
        Crumb(Words("消息处理", "Messages"), "/operations"),
        Crumb(Words("待处理消息", "Event set aside")),
    )
    data: Mapping[str, Any] = {"event": found, "body": masked_body(found)}
    return View(Words("待处理消息", "Event set aside"), data, crumbs=crumbs)


def _retry(act: Act[Operated, Any], _form: object) -> Done:
    """Take everything that waits in once more; what is still at fault goes on waiting."""
    taken = redrive_matching(act.service.uow(), act.service.reader, at=act.service.clock())
    done, left = taken.admitted + taken.repeated, len(taken.set_aside)
    zh, en = f"已处理 {done} 条，仍有 {left} 条待处理", f"{done} taken in, {left} still waiting"
    return Done("/operations", zh, en, {"taken_in": done, "still_waiting": left})


_COLUMNS: tuple[Column[SetAside], ...] = (
    Column("时间", "since", lambda event: event.at),
    Column(
        "类型", "type", lambda event: event.type or "—", link=lambda event: f"/operations/{event.event_id}"
    ),
    Column("性质", "kind", lambda event: event.kind),
    Column("原因", "reason", lambda event: event.reason),
    Column("次数", "times", lambda event: event.times, "number"),
)
