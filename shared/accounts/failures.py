"""Failed sign-ins: who guesses is locked out, and cannot lock out the owner with it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from shared.accounts.account import SignInLockedError
from shared.accounts.tables import failures
from shared.audit import Trace
from shared.kernel.clock import Clock

FAILURES_BEFORE_LOCK = 5
FAILURES_FROM_EVERYWHERE = 50
"""Of one login, from all places together: whoever guesses from many addresses gets no more than this."""
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an attempt to sign in comes from: a network address, or a browser.

    *known*: this very browser has been signed in as this login before. It is
    counted by itself alone, so nobody else's failures keep it out.
    """

    name: str = ""
    known: bool = False
    trace: Trace = field(default_factory=Trace)
    """For the attempt's entry in the audit trail."""


class Failures:
    """Counts attempts by login and source, and by login; *engine* writes, *clock* is the machine's."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def count(self, login: str, source: Source) -> None:
        """Count one attempt more; raises SignInLockedError, and then counts nothing."""
        now = self._clock()
        with self._engine.begin() as connection:
            connection.execute(sa.delete(failures).where(failures.c.last_at <= now - LOCKED_FOR))
            for digest, most in _counters(login, source):
                counted = connection.execute(_counting(self._engine.dialect.name, digest, now, most))
                if counted.scalar_one_or_none() is None:
                    locked = sa.select(failures.c.last_at).where(failures.c.login_digest == digest)
                    last_at = connection.execute(locked).scalar_one()
                    raise SignInLockedError(minutes=_minutes_left(last_at, now))

    def forgive(self, login: str, source: Source) -> None:
        """Forget the failures from *source*; of those from elsewhere only this attempt is taken back."""
        (own, _), *wide = _counters(login, source)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(failures).where(failures.c.login_digest == own))
            for digest, _ in wide:
                one_less = sa.update(failures).where(failures.c.login_digest == digest)
                connection.execute(one_less.values(count=failures.c.count - 1))


def _counters(login: str, source: Source) -> list[tuple[str, int]]:
    kind = "browser" if source.known else "address"
    own = (_digest(f"{login}\0{kind}\0{source.name}"), FAILURES_BEFORE_LOCK)
    return [own] if source.known else [own, (_digest(login), FAILURES_FROM_EVERYWHERE)]


def _counting(dialect: str, digest: str, now: datetime, most: int) -> sa.Executable:
    """Return one statement, for attempts in parallel; it gives the new count, or no row while locked."""
    insert: Callable[[sa.Table], postgresql.Insert | sqlite.Insert]
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    first = insert(failures).values(login_digest=digest, count=1, last_at=now)
    return first.on_conflict_do_update(
        index_elements=["login_digest"],
        set_={"count": failures.c.count + 1, "last_at": now},
        where=failures.c.count < most,
    ).returning(failures.c.count)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _minutes_left(last_at: datetime, now: datetime) -> int:
    aware = last_at if last_at.tzinfo else last_at.replace(tzinfo=UTC)
    return max(1, -((now - aware - LOCKED_FOR) // timedelta(minutes=1)))
