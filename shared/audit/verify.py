"""Recomputing a whole chain, and naming the first entry at which it is not what it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, select

from shared.audit.chain import NOTHING_BEFORE, Head, digest_of, head_of
from shared.audit.tables import entries

Kind = Literal["changed", "removed", "inserted", "reordered", "truncated", "rewritten", "head"]
_BEFORE_ALL = -(2**63)
_AT_ONCE = 1000
_SHIFTED = 100
"""How far an entry may have moved for us to recognise it by its own seal."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head somebody keeps elsewhere, on paper or in another county: the chain must still have it."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing wrong: what, at which entry, and up to which where it concerns several."""

    kind: Kind
    seq: int
    until: int


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries were recomputed, the last of them, and what was found, if anything."""

    count: int
    last: Head
    finding: Finding | None


def verify(engine: Engine, anchor: Anchor | None = None) -> Verified:
    """Recompute the chain in one consistent reading, some thousand entries in memory at once.

    A tail that was cut off together with the head is seen with an *anchor* alone, and so is a
    chain that was written anew from some entry on.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        return _verify(connection, anchor)


def _verify(connection: Connection, anchor: Anchor | None) -> Verified:
    kept, last = head_of(connection), Head(0, NOTHING_BEFORE)
    at_anchor = NOTHING_BEFORE if anchor is not None and anchor.seq == 0 else None
    for row in _rows(connection):
        finding = _fault(connection, row, last)
        if finding is not None:
            return Verified(last.seq, last, finding)
        last = Head(row["seq"], row["hash"])
        if anchor is not None and anchor.seq == last.seq:
            at_anchor = last.hash
    return Verified(last.seq, last, _fault_at_the_end(last, kept, anchor, at_anchor))


def _fault_at_the_end(last: Head, kept: Head, anchor: Anchor | None, at_anchor: str | None) -> Finding | None:
    promised = max(kept.seq, anchor.seq if anchor is not None else 0)
    if last.seq < promised:
        return Finding("truncated", last.seq + 1, promised)
    if anchor is not None and at_anchor != anchor.hash:
        return Finding("rewritten", 1, anchor.seq)
    if last.seq > kept.seq:
        return Finding("inserted", kept.seq + 1, last.seq)
    return None if last == kept else Finding("head", last.seq, last.seq)


def _rows(connection: Connection) -> Iterator[Mapping[Any, Any]]:
    """Yield the entries in their order; by ranges, so that memory and locks stay small."""
    after = _BEFORE_ALL
    while True:
        query = select(entries).where(entries.c.seq > after).order_by(entries.c.seq).limit(_AT_ONCE)
        rows = connection.execute(query).mappings().all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1]["seq"]


def _fault(connection: Connection, row: Mapping[str, Any], last: Head) -> Finding | None:
    seq = last.seq + 1
    if row["seq"] < 1:  # a chain begins with 1
        return Finding("inserted", row["seq"], row["seq"])
    if row["seq"] > seq:
        return Finding("removed", seq, row["seq"] - 1)
    if digest_of(row) != row["hash"]:
        return _of_unsealed(connection, row, last)
    if row["previous"] != last.hash:
        # It is as it was sealed, but after another entry: the one before was changed and sealed again.
        return Finding("changed", last.seq, last.seq) if last.seq else Finding("changed", seq, seq)
    return None


def _of_unsealed(connection: Connection, row: Mapping[str, Any], last: Head) -> Finding:
    """Say what became of an entry whose seal is not right: perhaps it only stands in another's place."""
    seq = row["seq"]
    number = _own_number(row)
    if number is None:
        following = connection.execute(select(entries.c.previous).where(entries.c.seq == seq + 1)).scalar()
        pushed_on = following == last.hash
        return Finding("inserted" if pushed_on else "changed", seq, seq)
    if number < seq:
        # What belongs here stands further on, or was pushed on by the one before.
        return Finding("inserted", number, seq - 1)
    elsewhere = select(func.count()).where(entries.c.hash == row["previous"], entries.c.seq != last.seq)
    if connection.execute(elsewhere).scalar_one():
        return Finding("reordered", seq, number)
    return Finding("removed", seq, number - 1)


def _own_number(row: Mapping[str, Any]) -> int | None:
    """Return the number under which *row* was sealed, when it is near the one it has now."""
    near = range(1, _SHIFTED + 1)
    candidates = (number for shift in near for number in (row["seq"] + shift, row["seq"] - shift))
    return next((n for n in candidates if n > 0 and digest_of({**row, "seq": n}) == row["hash"]), None)
