"""The audit trail on the command line: verify, anchor, list, export."""

import csv
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.audit.verify import Anchor
from shared.kernel.errors import InvalidInputError

audit = typer.Typer(name="audit", help="审计记录 · the audit trail.", no_args_is_help=True)

AT_FAULT = 1
"""Exit code of ``audit verify`` when something was found; 2 is a refusal, as of every command."""

Name = Annotated[
    str, typer.Argument(metavar="SERVICE", help="accounts, monitoring, employment, finance or evaluation.")
]
DataDir = Annotated[
    Path | None, typer.Option(help="Of an embedded county; without it, by the settings of the environment.")
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="YYYY-MM-DD, by the county's days.")]

_FOUND = {
    "changed": ("第 {seq} 条被改动", "entry {seq} was changed"),
    "removed": ("第 {seq} 至 {until} 条被删除", "entries {seq} to {until} were removed"),
    "inserted": ("第 {seq} 至 {until} 条是插入的", "entries {seq} to {until} were inserted"),
    "reordered": ("第 {seq} 与 {until} 条被调换", "entries {seq} and {until} changed places"),
    "truncated": ("末尾第 {seq} 至 {until} 条被截去", "the tail, entries {seq} to {until}, was cut off"),
    "rewritten": (
        "第 {until} 条与存档的锚点不符：此前的记录被整体重写",
        "entry {until} is not the anchor's: the chain was written anew before it",
    ),
    "head": ("链头与最后一条（{seq}）不符", "the head is not that of the last entry, {seq}"),
}


class AnchorUnreadableError(InvalidInputError):
    """Raised when a file is no anchor, or another database's."""

    code = "anchor_unreadable"
    zh = "{file} 不是 {name} 的锚点文件"
    en = "{file} is not an anchor of {name}"


@audit.command()
def verify(
    name: Name,
    data_dir: DataDir = None,
    anchor: Annotated[Path | None, typer.Option(exists=True, help="What audit anchor has written.")] = None,
) -> None:
    """Recompute the whole chain; name the first entry changed, removed, inserted or put elsewhere."""
    from deploy.places import opened_at
    from shared.audit.verify import verify as verified

    kept = None if anchor is None else _anchor_of(anchor, name)
    with opened_at(name, data_dir) as database:
        found = verified(database.engine, kept)
    if found.finding is None:
        seal = f"  {found.last.hash}" if found.count else ""
        typer.echo(f"{name}  完整 whole  {found.count} 条 entries{seal}")
        return
    place = {"seq": found.finding.seq, "until": found.finding.until}
    zh, en = (words.format(**place) for words in _FOUND[found.finding.kind])
    typer.echo(f"{name}  {zh}\n{name}  {en}", err=True)
    raise typer.Exit(AT_FAULT)


@audit.command("anchor")
def take_anchor(
    name: Name,
    data_dir: DataDir = None,
    to: Annotated[Path | None, typer.Option(help="A file to write; without it, it is shown.")] = None,
) -> None:
    """Give the head of the chain, to be kept elsewhere: on paper, at another county."""
    from deploy.places import opened_at
    from shared.audit import head_of
    from shared.kernel.clock import system_clock
    from shared.persistence.engine import reading

    with opened_at(name, data_dir) as database, reading(database.engine) as connection:
        head = head_of(connection)
    said = {"service": name, "seq": head.seq, "hash": head.hash, "at": f"{system_clock():%Y-%m-%dT%H:%M:%SZ}"}
    text = json.dumps(said)
    if to is not None:
        to.write_text(text + "\n", encoding="ascii")
    typer.echo(text)


@audit.command("list")
def list_entries(
    name: Name,
    data_dir: DataDir = None,
    account: Annotated[str, typer.Option(help="Id of the account.")] = "",
    action: Annotated[str, typer.Option(help="Such as case.verify; case. for all of cases.")] = "",
    about: Annotated[str, typer.Option("--object", help="Id of what it was about.")] = "",
    since: Day = None,
    until: Day = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 50,
) -> None:
    """List the newest entries, the last first."""
    from deploy.places import opened_at
    from shared.audit.finding import Wanted, newest
    from shared.kernel.clock import COUNTY_ZONE
    from shared.persistence.engine import reading

    wanted = Wanted(account, action, about, since=_start(since), before=_end(until))
    with opened_at(name, data_dir) as database, reading(database.engine) as connection:
        entries, total = newest(connection, wanted, limit=limit)
    for one in entries:
        when = f"{one.at.astimezone(COUNTY_ZONE):%Y-%m-%d %H:%M:%S}"
        whom, about = f"{one.role}/{one.unit}/{one.account_id}", f"{one.object_kind}:{one.object_id}"
        typer.echo(f"{one.seq:>8}  {when}  {one.action}  {one.outcome}  {about}  {whom}  {one.origin}")
    typer.echo(f"共 {total} 条 in all")


@audit.command("export")
def export_entries(
    name: Name,
    file: Annotated[
        Path, typer.Argument(dir_okay=False, help="Ends in .csv or .jsonl; - for standard output.")
    ],
    data_dir: DataDir = None,
    action: Annotated[str, typer.Option()] = "",
    since: Day = None,
    until: Day = None,
) -> None:
    """Write all entries, oldest first, with their digests."""
    from contextlib import nullcontext

    from deploy.places import opened_at
    from shared.audit.finding import Wanted, every
    from shared.persistence.engine import reading

    wanted = Wanted(action=action, since=_start(since), before=_end(until))
    place = nullcontext(sys.stdout) if str(file) == "-" else file.open("w", encoding="utf-8", newline="")
    with opened_at(name, data_dir) as database, reading(database.engine) as connection, place as out:
        table = csv.writer(out) if file.suffix == ".csv" else None
        for number, one in enumerate(every(connection, wanted)):
            row = {field: getattr(one, field) for field in one.__dataclass_fields__}
            row["at"] = one.at.isoformat(timespec="microseconds").replace("+00:00", "Z")
            if table is None:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                continue
            if not number:
                table.writerow(row)
            table.writerow([*(json.dumps(v) if isinstance(v, dict) else v for v in row.values())])


def _anchor_of(file: Path, name: str) -> Anchor:

    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["service"] != name:
            raise AnchorUnreadableError(file=file.name, name=name)
        return Anchor(int(said["seq"]), str(said["hash"]))
    except (ValueError, KeyError, TypeError):
        raise AnchorUnreadableError(file=file.name, name=name) from None


def _start(day: datetime | None) -> datetime | None:
    from shared.kernel.clock import at_hour

    return None if day is None else at_hour(day.date(), 0)


def _end(day: datetime | None) -> datetime | None:
    from shared.kernel.clock import end_of

    return None if day is None else end_of(day.date())
