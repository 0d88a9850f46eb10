"""The operator's first page: how the messages stand, why events wait, and the list of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlencode

from shared.messaging.delayed import Delayed, count_delayed, delayed_events
from shared.messaging.set_aside import Group, Grouping, Search, SetAside, count_all, find_all, groups, within
from shared.messaging.state import MessageState, state_of
from shared.persistence.engine import reading
from shared.web.asking import Ask, Crumb, View
from shared.web.i18n import Words
from shared.web.operations.operated import (
    ENDINGS,
    HOME,
    KINDS,
    MESSAGES,
    STATES,
    NotASearchError,
    Operated,
    age_words,
    kind_badge,
    search_for,
)
from shared.web.paging import EXPORTS, Badge, Column, Listing
from shared.web.section import Section

_BY: Mapping[str, Words] = {
    "cause": Words("按原因", "by cause"),
    "type": Words("按消息类型", "by type"),
    "reader": Words("按接收方", "by reader"),
}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Events that wait for one reason, of one type, or of one reader. *query* finds them."""

    name: str
    kind: Badge | None
    code: str
    count: int
    oldest: datetime
    newest: datetime
    query: str


def add_overview(section: Section) -> None:
    """Add the first page, the groups and what is tried again by itself."""
    section.page("", "operations.read", "operations/overview.html")(_show_overview)
    section.page("/groups", "operations.read", "operations/groups.html")(_show_groups)
    section.page("/delayed", "operations.read", "operations/delayed.html")(_show_delayed)


def _show_overview(  # noqa: PLR0913, PLR0917  (the fields of the search, as FastAPI reads them)
    ask: Ask[Operated],
    state: str = "",
    kind: str = "",
    code: str = "",
    type: str = "",  # noqa: A002  (the name in the address)
    reader: str = "",
    subject: str = "",
    text: str = "",
    since: str = "",
    until: str = "",
) -> View:
    """List what could not be taken in, with how the messages of this service stand."""
    given = {
        "state": state,
        "kind": kind,
        "code": code,
        "type": type,
        "reader": reader,
        "subject": subject,
        "text": text,
        "since": since,
        "until": until,
    }
    search = search_for(given)
    with reading(ask.service.engine) as connection:
        stands = state_of(connection, ask.service.reader.name)
        total = count_all(connection, search)
        found = [
            _listed(one)
            for one in find_all(connection, search, limit=ask.paging.size, offset=ask.paging.offset)
        ]
        causes = [_row(one, "cause", search) for one in groups(connection, "cause", search)]
    asked = {name: value for name, value in given.items() if value}
    data = {
        "stands": stands,
        "leaving": {"count": stands.outbox_waiting, "oldest": stands.outbox_oldest},
        "ages": _ages(stands, ask.service.clock()),
        "reader": ask.service.reader.name,
        "publishers": ask.service.reader.publishers,
        "causes": causes,
        "given": given,
        "search": urlencode(asked),
        "narrowed": bool(set(asked) - {"state"}),
        "waiting": search.state == "waiting",
        "states": [(name, words.pick(ask.language)) for name, words in STATES.items()],
        "kinds": [(name, badge.words.pick(ask.language)) for name, badge in KINDS.items()],
    }
    columns = _EXPORTED if ask.request.query_params.get("format") in EXPORTS else _COLUMNS
    return View(MESSAGES, data, Listing(columns, found, total, ask.paging))


def _ages(stands: MessageState, now: datetime) -> Mapping[str, Words | None]:
    return {
        "outbox": age_words(stands.outbox_oldest, now),
        "inbox": age_words(stands.inbox_last, now),
        "set_aside": age_words(stands.set_aside_oldest, now),
        "pause": age_words(stands.pause.since if stands.pause else None, now),
    }


def _show_groups(ask: Ask[Operated], by: str = "cause") -> View:
    """Count what waits by cause, by type or by reader."""
    grouping: Grouping | None = next((one for one in get_args(Grouping) if one == by), None)
    if grouping is None:
        raise NotASearchError(text=by[:20])
    with reading(ask.service.engine) as connection:
        found = [_row(one, grouping, Search()) for one in groups(connection, grouping)]
    title = Words("待处理消息分组", "Groups of what waits")
    data = {"by": by, "ways": [(name, words) for name, words in _BY.items()], "groups": found}
    return View(title, data, crumbs=(HOME, Crumb(title)))


def _show_delayed(ask: Ask[Operated]) -> View:
    """List what failed and will be tried again by itself."""
    with reading(ask.service.engine) as connection:
        total = count_delayed(connection)
        found = delayed_events(connection, limit=ask.paging.size, offset=ask.paging.offset)
    title = Words("等待自动重试", "Tried again by itself")
    rows = [_without_body(one) for one in found]
    return View(title, {}, Listing(_DELAYED, rows, total, ask.paging), crumbs=(HOME, Crumb(title)))


@dataclass(frozen=True, slots=True)
class _DelayedRow:
    event_id: str
    type: str
    kind: str
    code: str
    reason: str
    tries: int
    first_at: datetime
    next_at: datetime


def _without_body(one: Delayed) -> _DelayedRow:
    return _DelayedRow(**{name: getattr(one, name) for name in _DelayedRow.__slots__})


@dataclass(frozen=True, slots=True)
class _SetAsideRow:
    """What a list tells of an event: never its body."""

    event_id: str
    reader: str
    type: str
    subject: str
    kind: str
    code: str
    reason: str
    since: datetime
    at: datetime
    times: int
    resolution: str
    resolved_at: datetime | None


def _listed(one: SetAside) -> _SetAsideRow:
    values: dict[str, Any] = {name: getattr(one, name) for name in _SetAsideRow.__slots__}
    return _SetAsideRow(**{**values, "resolution": one.resolution or ""})


def _row(group: Group, by: Grouping, search: Search) -> GroupRow:
    inside = within(group, by, search)
    named = {name: getattr(inside, name) for name in ("kind", "code", "type", "reader", "subject", "text")}
    query = urlencode({name: value for name, value in named.items() if value})
    kind = kind_badge(group.kind) if group.kind else None
    return GroupRow(group.name, kind, group.code, group.count, group.oldest, group.newest, query)


_COLUMNS: tuple[Column[_SetAsideRow], ...] = (
    Column("最早", "Since", lambda one: one.since),
    Column("类型", "Type", lambda one: one.type or "—", link=lambda one: f"/operations/{one.event_id}"),
    Column("性质", "Kind", lambda one: kind_badge(one.kind)),
    Column("代码", "Code", lambda one: one.code),
    Column("原因", "Reason", lambda one: one.reason),
    Column("次数", "Times", lambda one: one.times, "number"),
    Column("状态", "State", lambda one: ENDINGS.get(one.resolution)),
)
_EXPORTED: tuple[Column[_SetAsideRow], ...] = (
    *_COLUMNS,
    Column("办结时间", "Dealt with", lambda one: one.resolved_at),
    Column("接收方", "Reader", lambda one: one.reader),
    Column("关于", "Subject", lambda one: one.subject),
    Column("编号", "Id", lambda one: one.event_id),
)
_DELAYED: tuple[Column[_DelayedRow], ...] = (
    Column("下次重试", "Next try", lambda one: one.next_at),
    Column("类型", "Type", lambda one: one.type),
    Column("性质", "Kind", lambda one: kind_badge(one.kind)),
    Column("原因", "Reason", lambda one: one.reason),
    Column("已试次数", "Tried", lambda one: one.tries, "number"),
    Column("首次失败", "First failed", lambda one: one.first_at),
    Column("编号", "Id", lambda one: one.event_id),
)
