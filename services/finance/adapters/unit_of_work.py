"""The repositories, the outbox and the inbox of finance in one transaction."""

from services.finance.adapters.borrower import SqlBorrowers
from services.finance.adapters.loan import SqlLoans
from services.finance.adapters.measure import SqlMeasures
from services.finance.service_layer.publishing import fixed_id
from shared.contracts.envelope import Envelope, EventData
from shared.persistence.unit_of_work import SqlUnitOfWork


class FinanceUnitOfWork(SqlUnitOfWork):
    """See the port ``UnitOfWork``."""

    borrowers: SqlBorrowers
    loans: SqlLoans
    measures: SqlMeasures

    def open_repositories(self) -> None:
        self.borrowers = SqlBorrowers(self.connection)
        self.loans = SqlLoans(self.connection, self.collect)
        self.measures = SqlMeasures(self.connection, self.collect)

    def publish(self, event: EventData, *, cause: Envelope | None = None) -> Envelope:
        """As the base does, but an event that the clock alone causes keeps its own id."""
        fixed = fixed_id(event)
        if fixed is None:
            return super().publish(event, cause=cause)
        ids, self.ids = self.ids, lambda: fixed
        try:
            return super().publish(event, cause=cause)
        finally:
            self.ids = ids
