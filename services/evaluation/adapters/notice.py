"""Notices of criticism in SQL."""

from collections.abc import Callable

from sqlalchemy import Connection, insert

from services.evaluation.adapters.tables import notice as table
from services.evaluation.domain.notice import Notice
from shared.kernel.aggregate import Aggregate


class SqlNotices:
    """The notices inside one transaction; one that was issued stays as it is."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, notice: Notice) -> None:
        """Keep a notice and tell of it."""
        row = {
            "id": notice.id,
            "unit": notice.unit,
            "level": notice.level,
            "issued_on": notice.issued_on,
            "reason": notice.reason,
            "document_no": notice.document_no,
            "about_kind": notice.about_kind,
            "about_id": notice.about_id,
        }
        self._connection.execute(insert(table).values(row))
        self._collect(notice)
