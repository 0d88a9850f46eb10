"""The repositories of the evaluation service on one transaction."""

from services.evaluation.adapters.assessment import SqlAssessments
from services.evaluation.adapters.household_card import SqlCards
from services.evaluation.adapters.journal import SqlJournal
from services.evaluation.adapters.notice import SqlNotices
from shared.persistence.unit_of_work import SqlUnitOfWork


class EvaluationUnitOfWork(SqlUnitOfWork):
    """``with uow: … uow.commit()``; see :class:`services.evaluation.service_layer.ports.UnitOfWork`."""

    journal: SqlJournal
    cards: SqlCards
    assessments: SqlAssessments
    notices: SqlNotices

    def open_repositories(self) -> None:
        """Build the repositories on this transaction's connection."""
        self.journal = SqlJournal(self.connection)
        self.cards = SqlCards(self.connection)
        self.assessments = SqlAssessments(self.connection, self.collect)
        self.notices = SqlNotices(self.connection, self.collect)

    def commit(self) -> None:
        """Keep everything; what this office publishes stands in its own journal at once."""
        if self._pending:
            self.journal.append(self._pending, at=self.clock())
        super().commit()
