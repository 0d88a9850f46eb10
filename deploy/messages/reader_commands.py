"""What concerns a whole reader: pause it, resume it, give it what it may have missed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.messages.given import STILL_AT_FAULT, Given, Reason, given, reason_of, shown
from shared.kernel.clock import at_hour
from shared.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from shared.contracts.envelope import Envelope
    from shared.messaging.replay import Replayed
    from shared.persistence.running import Service


class NoSuchSourceError(InvalidInputError):
    """Raised for a place that events cannot be had from."""

    code = "no_such_source"
    zh = "不能从 {source} 重放；可用 journal（考核日志）、outbox（各部门发件箱）"
    en = "Nothing can be replayed from {source}; there are journal and outbox"


def add_reader_commands(messages: typer.Typer) -> None:
    """Add ``pause``, ``resume`` and ``replay``."""
    messages.command()(pause)
    messages.command()(resume)
    messages.command()(replay)


def pause(context: typer.Context, reason: Reason = "") -> None:
    """Let a service take nothing in until it is resumed; its queue keeps everything."""
    from shared.audit import Sealed
    from shared.messaging.pause import pause_reader

    options, why = given(context), reason_of(reason)
    service = options.one()
    name = service.reader.name
    with service.uow(Sealed(options.deed("messages.pause"))) as uow:
        pause_reader(uow.connection, name, by=options.by, reason=why, at=service.clock())
        uow.commit()
    options.say({"paused": name}, [f"已暂停接收 paused: {name}"])


def resume(context: typer.Context) -> None:
    """Let a paused service go on."""
    from shared.audit import Sealed
    from shared.messaging.pause import resume_reader

    options = given(context)
    service = options.one()
    with service.uow(Sealed(options.deed("messages.resume"))) as uow:
        was = resume_reader(uow.connection, service.reader.name)
        uow.commit()
    said = "已恢复接收 resumed" if was else "本来就没有暂停 was not paused"
    options.say({"resumed": service.reader.name, "was_paused": was}, [f"{said}: {service.reader.name}"])


def replay(
    context: typer.Context,
    source: Annotated[
        str, typer.Option("--from", help="journal (evaluation's) or outbox (of those who told)")
    ],
    types: Annotated[list[str] | None, typer.Option("--type", help="only these types")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="told on this day or later")
    ] = None,
    rehearse: Annotated[bool, typer.Option("--dry-run", help="only count what is missing")] = False,  # noqa: FBT002
) -> None:
    """Give a service what it has never taken in; everything it knows has no effect again.

    Exit 3: some of it was set aside or waits for another try.
    """
    from shared.messaging.aftermath import FromBroker
    from shared.messaging.replay import replay as offer

    options = given(context)
    service = options.one()
    begin = at_hour(since.date(), 0) if since else None
    with _events(options, service, source, begin) as events:
        if rehearse:
            _say_missing(options, service, events, types or [], begin)
            return
        after = FromBroker(service.settings.retries)
        wanted = types or []
        done = offer(
            events,
            service.uow(),
            service.reader,
            at=service.clock(),
            types=wanted,
            since=begin,
            after=after,
            progress=_tell,
        )
    options.enter(service, options.deed("messages.replay", source=source, taken=done.taken))
    line = f"查看 looked at {done.offered}  已有 known {done.known}  补收 taken in {done.taken}"
    options.say(asdict(done), [f"{line}  重试 delayed {done.delayed}  待处理 set aside {done.set_aside}"])
    raise typer.Exit(STILL_AT_FAULT if done.delayed or done.set_aside else 0)


def _tell(done: "Replayed") -> None:
    typer.echo(f"{done.offered}  补收 taken in {done.taken}", err=True)


def _say_missing(
    options: Given, service: "Service", events: "Iterator[Envelope]", types: list[str], since: datetime | None
) -> None:
    from shared.messaging.replay import missing_events
    from shared.persistence.engine import reading

    with reading(service.engine) as connection:
        missing = Counter(
            one.type for one in missing_events(connection, service.reader, events, types=types, since=since)
        )
    lines = [f"{number:>8}  {type_}" for type_, number in sorted(missing.items())]
    began = f"自 since {shown(since)}" if since else "全部 all of it"
    options.say(dict(missing), [*lines, f"缺 missing {missing.total()}（{began}）"])


@contextmanager
def _events(
    options: Given, service: "Service", source: str, since: datetime | None
) -> "Iterator[Iterator[Envelope]]":
    """Give the events of *source*, read as they are asked for, on connections of their own."""
    from services.evaluation.adapters.journal import SqlJournal
    from shared.messaging.replay import outbox_events
    from shared.persistence.engine import reading

    with ExitStack() as stack:
        if source == "journal":
            (evaluation,) = options.opened(["evaluation"])
            yield SqlJournal(stack.enter_context(reading(evaluation.engine))).every()
        elif source == "outbox":
            tellers = options.opened(service.reader.publishers)
            connections = [stack.enter_context(reading(one.engine)) for one in tellers]
            yield (event for one in connections for event in outbox_events(one, since=since))
        else:
            raise NoSuchSourceError(source=source[:20])
