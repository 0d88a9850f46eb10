"""Events that could not be taken in: what they are, found and grouped for the officer who looks at them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, MetaData, func, select

from shared.messaging.tables import message_tables
from shared.observability.personal_data import masked

_ROWS = message_tables(MetaData()).set_aside
_ORDER = (_ROWS.c.at, _ROWS.c.event_id)
_EXPORTED_AT_ONCE = 1_000

State = Literal["waiting", "resolved", "all"]
Grouping = Literal["cause", "type", "reader"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """One event as an officer sees it. *body* is what came: it is never logged, and shown masked.

    *resolution* is how it ended: ``retried`` (taken in), ``corrected`` (*replaced_by* was taken in
    instead), ``resolved`` (an officer says so), ``expired``; empty while it waits. *corrects* names
    the event that this one, an officer's, was taken in for. *body_sha256* is there once the body is gone.
    """

    event_id: str
    type: str
    subject: str
    body: str
    kind: str
    code: str
    reason: str
    at: datetime
    times: int
    reader: str
    first_at: datetime | None
    resolved_at: datetime | None
    resolution: str | None
    resolved_by: str | None
    note: str | None
    replaced_by: str | None
    corrects: str | None
    body_sha256: str | None

    @property
    def since(self) -> datetime:
        """When it first failed."""
        return self.first_at or self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which events are looked for; what is not given does not matter.

    *text* is a part of the reason; *since* and *until* (exclusive) bound when it was set aside.
    """

    state: State = "waiting"
    kind: str = ""
    code: str = ""
    type: str = ""
    reader: str = ""
    subject: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Events with one cause, of one type, or of one reader. *kind* and *code* are empty unless by cause."""

    name: str
    kind: str
    code: str
    count: int
    oldest: datetime
    newest: datetime


_COLUMNS = tuple(_ROWS.c[name] for name in SetAside.__slots__)
WAITING = Search()


def find_all(
    connection: Connection, search: Search = WAITING, *, limit: int = 50, offset: int = 0
) -> list[SetAside]:
    """Return what *search* finds, the longest waiting first, at most *limit* from *offset* on."""
    query = select(*_COLUMNS).where(*conditions(search)).order_by(*_ORDER).limit(limit).offset(offset)
    return [SetAside(*row) for row in connection.execute(query)]


def count_all(connection: Connection, search: Search = WAITING) -> int:
    """Return how many events *search* finds."""
    return connection.execute(select(func.count()).select_from(_ROWS).where(*conditions(search))).scalar_one()


def ids_of(connection: Connection, search: Search = WAITING) -> list[str]:
    """Return the ids of what *search* finds, the longest waiting first."""
    query = select(_ROWS.c.event_id).where(*conditions(search)).order_by(*_ORDER)
    return list(connection.execute(query).scalars())


def find_one(connection: Connection, event_id: str) -> SetAside | None:
    """Return one event, whether it waits or not; None when it was never set aside."""
    row = connection.execute(select(*_COLUMNS).where(_ROWS.c.event_id == event_id)).one_or_none()
    return None if row is None else SetAside(*row)


def groups(connection: Connection, by: Grouping = "cause", search: Search = WAITING) -> list[Group]:
    """Return what *search* finds in groups, the largest first."""
    keys = {"cause": (_ROWS.c.kind, _ROWS.c.code), "type": (_ROWS.c.type,), "reader": (_ROWS.c.reader,)}[by]
    many = func.count().label("many")
    query = (
        select(*keys, many, func.min(_ROWS.c.at), func.max(_ROWS.c.at))
        .where(*conditions(search))
        .group_by(*keys)
        .order_by(many.desc(), *keys)
    )
    found = []
    for *key, count, oldest, newest in connection.execute(query):
        kind, code = key if by == "cause" else ("", "")
        name = f"{kind}/{code}" if by == "cause" else key[0]
        found.append(Group(name, kind, code, count, oldest, newest))
    return found


def within(group: Group, by: Grouping, search: Search = WAITING) -> Search:
    """Return the search for what is in *group*, for instance to re-drive it.

    Garbage has no type and old rows no reader: such a group has an empty name and can't be searched for.
    """
    if by == "cause":
        return replace(search, kind=group.kind, code=group.code)
    return replace(search, type=group.name) if by == "type" else replace(search, reader=group.name)


def masked_body(event: SetAside) -> str:
    """Return the body for people: indented, with what looks like personal data removed."""
    try:
        text = json.dumps(json.loads(event.body), ensure_ascii=False, indent=2, sort_keys=True)
    except ValueError:
        text = event.body
    return str(masked(text))


EXPORTED = (
    *("event_id", "reader", "type", "subject", "kind", "code", "reason", "since", "at", "times"),
    *("resolution", "resolved_at", "resolved_by", "note", "replaced_by", "corrects", "body_sha256"),
)
"""The columns of an export: never the body."""


def export_rows(connection: Connection, search: Search = WAITING) -> Iterator[Mapping[str, str]]:
    """Yield what *search* finds as texts by the names of ``EXPORTED``, ready for a CSV writer."""
    offset = 0
    while part := find_all(connection, search, limit=_EXPORTED_AT_ONCE, offset=offset):
        for event in part:
            yield {name: _cell(getattr(event, name)) for name in EXPORTED}
        offset += len(part)


def conditions(search: Search) -> Sequence[ColumnElement[bool]]:
    """Return *search* as conditions on the table of what is set aside."""
    columns = _ROWS.c
    found: list[ColumnElement[bool]] = []
    if search.state != "all":
        resolved = columns.resolved_at.is_not(None)
        found.append(resolved if search.state == "resolved" else ~resolved)
    exact = ("kind", "code", "type", "reader", "subject", "resolution")
    found += [columns[name] == value for name in exact if (value := getattr(search, name))]
    if search.text:
        found.append(columns.reason.contains(search.text, autoescape=True))
    if search.since is not None:
        found.append(columns.at >= search.since)
    if search.until is not None:
        found.append(columns.at < search.until)
    return found


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
