"""Events on their way: why one goes where, what became of it, and a live tap."""

import os
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.messages.given import UNREACHABLE, given, shown
from shared.contracts.registry import PUBLISHERS

if TYPE_CHECKING:
    from deploy.messages.fate import Fate
    from deploy.messages.way import Destination, Way


def add_wire_commands(messages: typer.Typer) -> None:
    """Add ``why`` and ``tap``."""
    messages.command()(why)
    messages.command()(tap)


def why(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="TYPE|EVENT_ID")],
) -> None:
    """Say where events of a type go and why; of an event's id also what became of it in each service."""
    from deploy.messages.fate import fates, type_of
    from deploy.messages.way import destination

    options = given(context)
    services = options.opened(PUBLISHERS)
    is_type = what.split(".", 1)[0] in PUBLISHERS or "." in what
    found = [] if is_type else fates(what, services)
    type_ = what if is_type else type_of(found)
    going = destination(type_, services) if type_ else None
    document = {"destination": asdict(going) if going else None, "fates": [asdict(one) for one in found]}
    options.say(document, [*(_way_lines(going) if going else []), *_fate_lines(found)])


def _way_lines(going: "Destination") -> Iterable[str]:
    yield going.type + ("" if going.known else "   （合同中没有这个类型 not in the contracts）")
    yield f"发布 publisher   {going.publisher}"
    yield f"交换机 exchange  {going.exchange} (topic)"
    yield f"路由键 key       {going.routing_key}，几条一起时 in batches {going.batch_key}"
    for way in going.ways:
        yield from _reader_lines(way)


def _reader_lines(way: "Way") -> Iterable[str]:
    if not way.binding:
        yield f"✗ {way.reader:<12}不绑定该部门的消息 its queue is not bound to this publisher"
        return
    yield f"→ {way.reader:<12}{way.queue}  绑定 binding {way.binding}"
    if not way.handled:
        yield "    收到后确认，不做任何处理 acknowledged, nothing is done with it"
    for one in way.handled:
        yield f"    {one.name}: {one.says}"
    if way.fields:
        yield f"    用到 uses {', '.join(way.fields)}"


_TAKEN = {"corrected": "不再接收，由更正件代替 replaced by its correction"}


def _fate_lines(found: "Iterable[Fate]") -> Iterable[str]:
    for one in found:
        if not one.asked:
            yield f"? {one.service:<12}数据库无法查询 its database could not be asked"
            continue
        for words, instant in (
            ("写入发件箱 told", one.told_at),
            ("已发送 published", one.published_at),
            ("确认送达 settled", one.settled_at),
            (_TAKEN.get(one.ended, "已接收 taken in"), one.taken_in_at),
            ("入账 journaled", one.journaled_at),
            (f"等待重试（已试 {one.tries} 次）tried again at", one.delayed_until),
            (f"转入待处理 set aside {one.set_aside} {one.ended}".rstrip(), one.set_aside_at),
        ):
            if instant is not None:
                yield f"· {one.service:<12}{shown(instant)}  {words}"
        if one.told_at and not one.published_at:
            yield f"· {one.service:<12}还在发件箱里 still waits in the outbox"


def tap(
    context: typer.Context,
    pattern: Annotated[str, typer.Option("--type", help="e.g. 'monitoring.*' or '*.measure_*'")] = "*",
    publisher: Annotated[str, typer.Option(help="only what this service tells")] = "",
    count: Annotated[int, typer.Option(min=0, help="stop after so many events")] = 0,
    seconds: Annotated[float, typer.Option(min=0, help="stop after so long")] = 0,
    bodies: Annotated[bool, typer.Option(help="the data too, personal values removed")] = False,  # noqa: FBT002
    broker_url: Annotated[
        str,
        typer.Option(
            help="the broker (else SHOUXIAN_BROKER_URL, else that of the service)", show_default=False
        ),
    ] = "",
) -> None:
    """Print events as they pass the exchange; takes nothing from anybody. Exit 4: the broker is away."""
    from deploy.messages.tap import Wanted
    from deploy.messages.tap import tap as listen
    from shared.broker.link import BrokerAwayError
    from shared.settings import setting_of

    options = given(context)
    url = broker_url or setting_of("SHOUXIAN_BROKER_URL") or options.opened()[0].settings.broker_url
    typer.echo(f"旁听中 listening, pid {os.getpid()}，Ctrl-C 结束 stops", err=True)
    try:
        said = listen(url, Wanted(pattern, publisher, count, seconds), typer.echo, bodies=bodies)
    except BrokerAwayError as error:
        typer.echo(f"消息服务器连不上 the broker is not reachable: {error}", err=True)
        raise typer.Exit(UNREACHABLE) from None
    except KeyboardInterrupt:
        return
    typer.echo(f"{said} 条 events", err=True)
