"""The repositories that conditions are judged by, on a connection that only reads."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.finance.adapters.borrower import SqlBorrowers
from services.finance.adapters.loan import SqlLoans
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class SqlBooks:
    """See the port ``Books``."""

    borrowers: SqlBorrowers
    loans: SqlLoans


def open_books(connection: Connection) -> SqlBooks:
    """Return the books as *connection* sees them; nothing can be saved through them."""
    return SqlBooks(SqlBorrowers(connection), SqlLoans(connection, _refuse_to_save))


def _refuse_to_save(_aggregate: Aggregate) -> None:
    raise TypeError("these books are for reading")
