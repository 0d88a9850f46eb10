"""Doing something about messages: rehearse, take in again, correct, resolve, reopen, expire."""

import sys
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.messages.given import (
    STILL_AT_FAULT,
    ChoiceNeededError,
    Code,
    Ids,
    Kind,
    OneId,
    Reason,
    Since,
    Subject,
    Text,
    Type,
    Until,
    given,
    reason_of,
    search_of,
)

if TYPE_CHECKING:
    from shared.messaging.redrive import Progress
    from shared.messaging.set_aside import Search
    from shared.persistence.running import Service

Everything = Annotated[bool, typer.Option("--all", help="everything that waits")]


def add_acting_commands(messages: typer.Typer) -> None:
    """Add what changes something; each needs ``--service`` and leaves an entry in the audit trail."""
    messages.command("dry-run")(rehearse)
    messages.command("redrive")(take_in_again)
    messages.command("correct")(put_right)
    messages.command("resolve")(settle)
    messages.command("reopen")(let_wait_again)
    messages.command("expire")(clear_old)


def rehearse(  # noqa: PLR0913, PLR0917  (typer passes each option by itself)
    context: typer.Context,
    event_ids: Ids = None,
    kind: Kind = "",
    code: Code = "",
    type_: Type = "",
    subject: Subject = "",
    text: Text = "",
    since: Since = None,
    until: Until = None,
    everything: Everything = False,  # noqa: FBT002
) -> None:
    """Say what taking events in again would change; nothing is kept. Exit 3: some would fail again."""
    from shared.messaging.dry_run import dry_run

    options = given(context)
    search = search_of(
        kind=kind, code=code, type_=type_, subject=subject, text=text, since=since, until=until
    )
    service = options.one()
    chosen = _chosen(service, event_ids, search, everything=everything)
    run = dry_run(service.uow, service.reader, chosen, at=service.clock())
    counted = Counter(one.fate for one in run.events)
    lines = [f"{fate:<14}{number}" for fate, number in sorted(counted.items())]
    faults = Counter((one.kind, one.code, one.reason) for one in run.events if one.fate == "at_fault")
    lines += [
        f"  {kind}/{code} × {number}  {reason}" for (kind, code, reason), number in faults.most_common(20)
    ]
    lines += [f"表 table {one.table}: +{one.inserted} ~{one.updated} -{one.deleted}" for one in run.changes]
    told = Counter(one.type for one in run.told)
    lines += [f"发出 tells {type_} × {number}" for type_, number in sorted(told.items())]
    options.say(asdict(run), [*lines, "什么都没有保存 nothing was kept"])
    raise typer.Exit(STILL_AT_FAULT if counted["at_fault"] else 0)


def take_in_again(  # noqa: PLR0913, PLR0917  (typer passes each option by itself)
    context: typer.Context,
    event_ids: Ids = None,
    kind: Kind = "",
    code: Code = "",
    type_: Type = "",
    subject: Subject = "",
    text: Text = "",
    since: Since = None,
    until: Until = None,
    everything: Everything = False,  # noqa: FBT002
) -> None:
    """Take events in again whose cause is gone. Exit 3: some failed again and go on waiting."""
    from shared.messaging.redrive import redrive

    options = given(context)
    search = search_of(
        kind=kind, code=code, type_=type_, subject=subject, text=text, since=since, until=until
    )
    service = options.one()
    chosen = _chosen(service, event_ids, search, everything=everything)

    def tell(progress: "Progress") -> None:
        typer.echo(f"{progress.done}/{progress.total}  失败 failed {progress.failed}", err=True)

    taken = redrive(service.uow(), service.reader, chosen, at=service.clock(), by=options.by, progress=tell)
    done, failed = taken.admitted + taken.repeated, len(taken.set_aside)
    about = chosen[0] if len(chosen) == 1 else ""
    options.enter(service, options.deed("messages.redrive", about, taken_in=done, still_waiting=failed))
    counts = {"taken_in": done, "still_waiting": failed, "told": taken.told}
    options.say(counts, [f"已接收 taken in {done}  仍待处理 still waiting {failed}  发出 told {taken.told}"])
    raise typer.Exit(STILL_AT_FAULT if failed else 0)


def put_right(
    context: typer.Context,
    event_id: OneId,
    file: Annotated[Path, typer.Option(help="the corrected event (see `show --document`); - reads it here")],
    reason: Reason = "",
) -> None:
    """Take in a corrected event instead of the one set aside; hidden values stay as they were."""
    from shared.audit import Sealed
    from shared.messaging.correct import correct
    from shared.messaging.masking import body_of
    from shared.messaging.resolving import NotSetAsideError
    from shared.messaging.set_aside import find_one
    from shared.persistence.engine import reading

    options, why = given(context), reason_of(reason)
    service = options.one()
    document = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    with reading(service.engine) as connection:
        found = find_one(connection, event_id)
    if found is None:
        raise NotSetAsideError
    uow = service.uow(Sealed(options.deed("messages.correct", event_id)))
    body = body_of(document, found.body)
    new = correct(uow, service.reader, event_id, body, by=options.by, note=why, at=service.clock())
    options.say({"id": new, "corrects": event_id}, [f"已更正并接收 corrected and taken in: {new}"])


def settle(  # noqa: PLR0913, PLR0917  (typer passes each option by itself)
    context: typer.Context,
    event_ids: Ids = None,
    kind: Kind = "",
    code: Code = "",
    type_: Type = "",
    subject: Subject = "",
    text: Text = "",
    since: Since = None,
    until: Until = None,
    reason: Reason = "",
) -> None:
    """Note that events are dealt with by other means: they are not taken in."""
    from shared.audit import Sealed
    from shared.messaging.resolving import NotSetAsideError, resolve

    options, why = given(context), reason_of(reason)
    search = search_of(
        kind=kind, code=code, type_=type_, subject=subject, text=text, since=since, until=until
    )
    service = options.one()
    chosen = _chosen(service, event_ids, search, everything=False)
    about = chosen[0] if len(chosen) == 1 else ""
    with service.uow(Sealed(options.deed("messages.resolve", about, count=len(chosen)))) as uow:
        done = resolve(uow.connection, chosen, by=options.by, reason=why, at=service.clock())
        if not done:
            raise NotSetAsideError
        uow.commit()
    options.say({"resolved": done}, [f"已办结 resolved {len(done)}"])


def let_wait_again(context: typer.Context, event_id: OneId, reason: Reason = "") -> None:
    """Let an event wait again that somebody resolved by hand."""
    from shared.audit import Sealed
    from shared.messaging.resolving import reopen

    options, why = given(context), reason_of(reason)
    service = options.one()
    with service.uow(Sealed(options.deed("messages.reopen", event_id))) as uow:
        reopen(uow.connection, event_id, by=options.by, reason=why)
        uow.commit()
    options.say({"reopened": event_id}, [f"已重新列为待处理 waits again: {event_id}"])


def clear_old(
    context: typer.Context,
    days: Annotated[int | None, typer.Option("--older", min=1, help="days; else as the policy says")] = None,
    waiting: Annotated[bool, typer.Option(help="give up what still waits that long, too")] = False,  # noqa: FBT002
    reason: Reason = "",
) -> None:
    """Remove the bodies of what was dealt with long ago; --waiting gives up the rest and needs a --reason."""
    from shared.audit import Sealed
    from shared.messaging.resolving import expire

    options = given(context)
    why = reason_of(reason) if waiting else ""
    service, older = options.one(), timedelta(days=days) if days else None
    with service.uow(Sealed(options.deed("messages.expire", waiting=int(waiting)))) as uow:
        done = expire(
            uow.connection, at=service.clock(), by=options.by, older=older, waiting=waiting, reason=why
        )
        uow.commit()
    options.say(asdict(done), [f"清除内容 bodies removed {done.cleared}  放弃 given up {done.ended}"])


def _chosen(
    service: "Service", event_ids: list[str] | None, search: "Search", *, everything: bool
) -> list[str]:
    """Return the events named, else what the search finds waiting; raises ChoiceNeededError."""
    from shared.messaging.set_aside import WAITING, ids_of
    from shared.persistence.engine import reading

    if event_ids:
        return event_ids
    if search == WAITING and not everything:
        raise ChoiceNeededError
    with reading(service.engine) as connection:
        return ids_of(connection, search)
