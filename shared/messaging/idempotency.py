"""A request that is carried out once: its key is committed with the command it asked for."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from shared.kernel.errors import ConflictError, InvalidInputError
from shared.kernel.ids import random_ids

TABLE_NAME = "idempotency"


class RequestRunningError(ConflictError):
    """Raised when the same request is being carried out at this moment."""

    code = "idempotency_key_running"
    zh = "同一请求正在办理，请稍候再查看结果"
    en = "The same request is being carried out; look again in a moment"


class KeyReusedError(InvalidInputError):
    """Raised when a key comes back with another request than the one it was used for."""

    code = "idempotency_key_reused"
    zh = "同一请求编号已用于另一项内容，请重新打开页面再提交"
    en = "This idempotency key was used for a different request"


def idempotency_table(metadata: sa.MetaData) -> sa.Table:
    """Return the table of requests done once, for a service's own ``tables.py``."""
    return sa.Table(
        TABLE_NAME,
        metadata,
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("location", sa.Text),
        sa.Column("body", sa.Text),
        sa.Column("attempt", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Index("ix_idempotency_at", "at"),
    )


_ROWS = idempotency_table(sa.MetaData())


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered the first time: a status, where to look, and the JSON text of the body."""

    status: int
    location: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A key that was committed with its command; *answer* is missing until the first answer was built."""

    fingerprint: str
    at: datetime
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """One person's request under the key the caller chose.

    *fingerprint* is the SHA-256 of what was asked for, so that the key cannot be
    used for something else. A unit of work calls :meth:`claim` when it begins;
    *attempt* tells its own earlier transaction from somebody else's.
    """

    account_id: str
    key: str
    fingerprint: str
    at: datetime
    attempt: str = field(default_factory=random_ids, init=False)

    @property
    def row_key(self) -> str:
        """The key is the caller's own: two people may choose the same one."""
        return f"{self.account_id}:{self.key}"

    def claim(self, connection: sa.Connection) -> None:
        """Write the key in the command's transaction.

        Raises RequestRunningError when another attempt has committed the same
        key; one still at work is waited for. A second transaction of one attempt
        claims nothing anew.
        """
        values = {
            "key": self.row_key,
            "fingerprint": self.fingerprint,
            "attempt": self.attempt,
            "at": self.at,
        }
        if connection.execute(_insert_unless_there(connection, values)).rowcount == 1:
            return
        holder = connection.execute(sa.select(_ROWS.c.attempt).where(_ROWS.c.key == self.row_key))
        if holder.scalar_one_or_none() != self.attempt:
            raise RequestRunningError


def _insert_unless_there(connection: sa.Connection, values: dict[str, object]) -> sa.Insert:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(_ROWS).values(values).on_conflict_do_nothing()
    return sqlite.insert(_ROWS).values(values).on_conflict_do_nothing()


def claimed_before(connection: sa.Connection, request: IdempotentRequest) -> Claimed | None:
    """Return what is kept under the request's key, or None when it was never committed.

    Raises KeyReusedError when the key was used for another request.
    """
    row = connection.execute(sa.select(_ROWS).where(_ROWS.c.key == request.row_key)).one_or_none()
    if row is None:
        return None
    if row.fingerprint != request.fingerprint:
        raise KeyReusedError
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    answer = None if row.status is None else Answer(row.status, row.location, row.body)
    return Claimed(row.fingerprint, at, answer)


def save_answer(connection: sa.Connection, request: IdempotentRequest, answer: Answer) -> None:
    """Keep *answer* for the next time the same request comes."""
    connection.execute(
        sa.update(_ROWS)
        .where(_ROWS.c.key == request.row_key)
        .values(status=answer.status, location=answer.location, body=answer.body)
    )


def forget_before(connection: sa.Connection, instant: datetime) -> int:
    """Delete keys claimed before *instant*; return how many. A key forgotten could be done twice."""
    return connection.execute(sa.delete(_ROWS).where(_ROWS.c.at < instant)).rowcount
