"""Public-service posts in SQL."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select

from services.employment.adapters.tables import post as table
from services.employment.domain.errors import PostNotFoundError
from services.employment.domain.post import Post, PostKind
from shared.kernel.aggregate import Aggregate
from shared.persistence.versioned import add_version, save_version


class SqlPosts:
    """See the port ``Posts``."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, post: Post) -> None:
        add_version(self._connection, table, _row(post))
        post.version = 1
        self._collect(post)

    def get(self, post_id: str) -> Post:
        query = select(table).where(table.c.id == post_id).with_for_update()
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise PostNotFoundError(post_id=post_id[:64])
        return post_of(row)

    def save(self, post: Post) -> None:
        save_version(self._connection, table, _row(post), read=post.version)
        post.version += 1
        self._collect(post)


def post_of(row: Row[Any]) -> Post:
    """Return the post of a row of its table."""
    return Post(
        id=row.id,
        version=row.version,
        area_code=row.area_code,
        kind=PostKind(row.kind),
        monthly_pay_fen=row.monthly_pay_fen,
        vacancies=row.vacancies,
        funding=row.funding,
        offered_on=row.offered_on,
        remarks=tuple(row.remarks),
        closed_on=row.closed_on,
    )


def _row(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "area_code": post.area_code,
        "kind": post.kind,
        "monthly_pay_fen": post.monthly_pay_fen,
        "vacancies": post.vacancies,
        "funding": post.funding,
        "offered_on": post.offered_on,
        "remarks": list(post.remarks),
        "closed_on": post.closed_on,
    }
