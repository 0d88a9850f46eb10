"""One event that was set aside: why, what it says (personal data hidden), and what was done about it."""

import json

from sqlalchemy import MetaData, select

from shared.messaging.fault import GARBAGE
from shared.messaging.masking import document_of
from shared.messaging.resolving import NotSetAsideError
from shared.messaging.set_aside import SetAside, find_one
from shared.messaging.tables import message_tables
from shared.persistence.engine import reading
from shared.web.asking import Ask, Crumb, View
from shared.web.i18n import Words
from shared.web.operations.operated import ENDINGS, HOME, Operated, kind_badge
from shared.web.section import Section

_INBOX = message_tables(MetaData()).inbox
SET_ASIDE = Words("待处理消息", "Event set aside")


def add_set_aside(section: Section) -> None:
    """Add the page of one event."""
    section.page("/{event_id}", "operations.read", "operations/set_aside.html")(_show_one)


def _show_one(ask: Ask[Operated], event_id: str) -> View:
    """Show one event that was set aside, whether it waits or not, personal data hidden."""
    with reading(ask.service.engine) as connection:
        found = find_one(connection, event_id)
        taken = select(_INBOX.c.at).where(_INBOX.c.event_id == event_id)
        taken_in_at = connection.execute(taken).scalar()
    if found is None:
        raise NotSetAsideError
    document = document_of(found.body)
    data = {
        "event": _about(found),
        "kind": kind_badge(found.kind),
        "ending": ENDINGS.get(found.resolution or ""),
        "waits": found.resolved_at is None,
        "is_event": found.kind != GARBAGE,
        "can_reopen": found.resolution == "resolved" and not found.body_sha256,
        "body": document,
        "correlation": _correlation(found),
        "taken_in_at": taken_in_at,
    }
    return View(SET_ASIDE, data, crumbs=(HOME, Crumb(SET_ASIDE)))


def _about(found: SetAside) -> dict[str, object]:
    """Return everything but the body, which may hold what nobody needs to see."""
    return {name: getattr(found, name) for name in (*SetAside.__slots__, "since") if name != "body"}


def _correlation(found: SetAside) -> str:
    try:
        event = json.loads(found.body)
    except ValueError:
        return ""
    return str(event.get("correlationid", "")) if isinstance(event, dict) else ""
