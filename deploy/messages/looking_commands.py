"""Looking at messages: how they stand, what was set aside, why, and one of them."""

import csv
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from sqlalchemy.exc import OperationalError

from deploy.messages.given import (
    UNREACHABLE,
    Code,
    Given,
    Kind,
    OneId,
    Since,
    Subject,
    Text,
    Type,
    Until,
    given,
    search_of,
    shown,
    unreachable,
)
from shared.kernel.errors import InvalidInputError
from shared.messaging.set_aside import Grouping, SetAside

if TYPE_CHECKING:
    from shared.persistence.running import Service

State = Annotated[str, typer.Option(help="waiting, resolved or all")]


class NoSuchGroupingError(InvalidInputError):
    """Raised for a way of grouping that there is not."""

    code = "no_such_grouping"
    zh = "不能按 {by} 分组；可用 cause、type、reader"
    en = "There is no grouping by {by}; there are cause, type, reader"


def add_looking_commands(messages: typer.Typer) -> None:
    """Add what changes nothing."""
    messages.command()(status)
    messages.command("list")(list_set_aside)
    messages.command()(groups)
    messages.command()(show)
    messages.command()(export)


def status(context: typer.Context) -> None:
    """Show how the messages of each service stand; exit 4 when a database or the broker cannot be asked."""
    options = given(context)
    documents, lines, failed = [], [], False
    for service in options.opened():
        try:
            document = _state(service)
        except OperationalError as error:
            lines.append(unreachable(service, error))
            failed = True
            continue
        failed |= document["queue"] == "away"
        documents.append(document)
        lines += _state_lines(document)
    options.say(documents, lines)
    raise typer.Exit(UNREACHABLE if failed else 0)


def _state(service: "Service") -> dict[str, Any]:
    from shared.messaging.state import state_of
    from shared.persistence.engine import reading

    with reading(service.engine) as connection:
        state = state_of(connection, service.reader.name)
    return {"service": service.name, **asdict(state), "queue": _queue(service)}


def _queue(service: "Service") -> dict[str, int] | str:
    """Return how full the reader's queue is; ``unknown`` of a broker inside another process."""
    from shared.broker.link import BrokerAwayError
    from shared.broker.queues import queue_depths

    url = service.settings.broker_url
    if url.startswith("memory://"):
        return "unknown"
    try:
        depth = queue_depths(url, [service.reader.name])[service.reader.name]
    except BrokerAwayError:
        return "away"
    return "none" if depth is None else asdict(depth)


def _state_lines(document: dict[str, Any]) -> list[str]:
    pause = document["pause"]
    waits = ("outbox_waiting", "delayed", "set_aside")
    out, late, aside = (f"{document[name]:>8}" for name in waits)
    lines = [
        document["service"],
        f"  待发送 outbox     {out}   最早 oldest {shown(document['outbox_oldest'])}",
        f"  队列 queue        {_queue_words(document['queue'])}",
        f"  最近接收 inbox    {shown(document['inbox_last'])}",
        f"  自动重试 delayed  {late}   下次 next {shown(document['next_try'])}",
        f"  待处理 set aside  {aside}   最早 oldest {shown(document['set_aside_oldest'])}",
    ]
    if pause:
        lines.append(
            f"  已暂停 PAUSED since {shown(pause['since'])} by {pause['paused_by']}: {pause['reason']}"
        )
    return lines


def _queue_words(queue: dict[str, int] | str) -> str:
    if isinstance(queue, dict):
        return " ".join(f"{name} {number}" for name, number in queue.items())
    return {"unknown": "—", "none": "没有队列 none", "away": "连不上 not reachable"}[queue]


def list_set_aside(  # noqa: PLR0913, PLR0917  (typer passes each option by itself)
    context: typer.Context,
    state: State = "waiting",
    kind: Kind = "",
    code: Code = "",
    type_: Type = "",
    subject: Subject = "",
    text: Text = "",
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
) -> None:
    """List what was set aside, the longest waiting first; never the bodies."""
    from shared.messaging.set_aside import count_all, find_all
    from shared.persistence.engine import reading

    options = given(context)
    search = search_of(
        state=state, kind=kind, code=code, type_=type_, subject=subject, text=text, since=since, until=until
    )
    documents, lines = [], []
    for service in options.opened():
        with reading(service.engine) as connection:
            total = count_all(connection, search)
            found = find_all(connection, search, limit=limit)
        documents += [{"service": service.name, **_about(one)} for one in found]
        lines.append(f"{service.name}  {total}")
        lines += [_line(one) for one in found]
    options.say(documents, lines)


def _about(one: SetAside) -> dict[str, Any]:
    return {name: getattr(one, name) for name in SetAside.__slots__ if name != "body"}


def _line(one: SetAside) -> str:
    ended = f"  {one.resolution}" if one.resolution else ""
    return (
        f"  {shown(one.since)}  {one.kind}/{one.code}  {one.type or '—'}  {one.event_id}{ended}  {one.reason}"
    )


def groups(
    context: typer.Context, by: Annotated[str, typer.Option(help="cause, type or reader")] = "cause"
) -> None:
    """Count what waits by cause, type or reader."""
    from shared.messaging.set_aside import groups as grouped
    from shared.persistence.engine import reading

    options = given(context)
    grouping: Grouping | None = next((one for one in get_args(Grouping) if one == by), None)
    if grouping is None:
        raise NoSuchGroupingError(by=by[:20])
    documents, lines = [], []
    for service in options.opened():
        with reading(service.engine) as connection:
            found = grouped(connection, grouping)
        documents += [{"service": service.name, **asdict(one)} for one in found]
        for one in found:
            between = f"{shown(one.oldest)} … {shown(one.newest)}"
            lines.append(f"{service.name:<12}{one.count:>8}  {one.name or '—':<40}  {between}")
    options.say(documents, lines or ["没有待处理消息 nothing is waiting"])


def show(
    context: typer.Context,
    event_id: OneId,
    document: Annotated[bool, typer.Option(help="only the body, to be edited for `correct`")] = False,  # noqa: FBT002
) -> None:
    """Show one event that was set aside, personal values hidden."""
    from shared.messaging.masking import document_of
    from shared.messaging.resolving import NotSetAsideError

    options = given(context)
    found = _found(options, event_id)
    if not found:
        raise NotSetAsideError
    if document:
        typer.echo(document_of(found[0][1].body))
        return
    documents, lines = [], []
    for service, one in found:
        about = {"service": service, **_about(one)}
        body = document_of(one.body)
        documents.append({**about, "body": body})
        lines += [
            f"{name:<14}{shown(value) if hasattr(value, 'isoformat') else value}"
            for name, value in about.items()
            if value not in (None, "")
        ]
        lines.append(body)
    options.say(documents, lines)


def _found(options: Given, event_id: str) -> list[tuple[str, SetAside]]:
    from shared.messaging.set_aside import find_one
    from shared.persistence.engine import reading

    found = []
    for service in options.opened():
        with reading(service.engine) as connection:
            one = find_one(connection, event_id)
        if one is not None:
            found.append((service.name, one))
    return found


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="a CSV file; what is there is replaced")],
    state: State = "all",
) -> None:
    """Write everything that was set aside, without the bodies, to a CSV file that Excel opens."""
    from shared.messaging.set_aside import EXPORTED, export_rows
    from shared.persistence.engine import reading

    options = given(context)
    search, total = search_of(state=state), 0
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, ["service", *EXPORTED])
        writer.writeheader()
        for service in options.opened():
            with reading(service.engine) as connection:
                for row in export_rows(connection, search):
                    writer.writerow(
                        {"service": service.name, **{name: _cell(text) for name, text in row.items()}}
                    )
                    total += 1
    options.say({"rows": total}, [f"{total} 行 rows  {file.name}"])


def _cell(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text
