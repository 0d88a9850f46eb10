"""The repositories of the evaluation service on one transaction."""

from services.evaluation.adapters.accountability import SqlTriggers
from services.evaluation.adapters.appeal import SqlAppeals, SqlMarks
from services.evaluation.adapters.assessment import SqlAssessments
from services.evaluation.adapters.dispatch import SqlDispatch
from services.evaluation.adapters.field_work import SqlFieldWork
from services.evaluation.adapters.household_card import SqlCards
from services.evaluation.adapters.inspection import SqlInspections
from services.evaluation.adapters.inspection_sample import SqlInspectionSamples
from services.evaluation.adapters.interview import SqlInterviews
from services.evaluation.adapters.journal import SqlJournal
from services.evaluation.adapters.ledger import SqlProblemLists, SqlProblems
from services.evaluation.adapters.notice import SqlNotices
from services.evaluation.adapters.order import SqlOrders
from services.evaluation.adapters.reporting import SqlReporting
from shared.persistence.unit_of_work import SqlUnitOfWork


class EvaluationUnitOfWork(SqlUnitOfWork):
    """``with uow: … uow.commit()``; see :class:`services.evaluation.service_layer.ports.UnitOfWork`."""

    journal: SqlJournal
    cards: SqlCards
    assessments: SqlAssessments
    appeals: SqlAppeals
    marks: SqlMarks
    notices: SqlNotices
    reporting: SqlReporting
    problems: SqlProblems
    problem_lists: SqlProblemLists
    dispatch: SqlDispatch
    field_work: SqlFieldWork
    triggers: SqlTriggers
    orders: SqlOrders
    inspections: SqlInspections
    inspection_samples: SqlInspectionSamples
    interviews: SqlInterviews

    def open_repositories(self) -> None:
        """Build the repositories on this transaction's connection."""
        self.journal = SqlJournal(self.connection)
        self.cards = SqlCards(self.connection)
        self.assessments = SqlAssessments(self.connection, self.collect)
        self.appeals = SqlAppeals(self.connection, self.collect)
        self.marks = SqlMarks(self.connection, self.collect)
        self.notices = SqlNotices(self.connection, self.collect)
        self.reporting = SqlReporting(self.connection, self.collect)
        self.problems = SqlProblems(self.connection, self.collect)
        self.problem_lists = SqlProblemLists(self.connection, self.collect)
        self.dispatch = SqlDispatch.on(self.connection, self.collect)
        self.field_work = SqlFieldWork.on(self.connection, self.collect)
        self.triggers = SqlTriggers(self.connection, self.collect)
        self.orders = SqlOrders(self.connection, self.collect)
        self.inspections = SqlInspections(self.connection, self.collect)
        self.inspection_samples = SqlInspectionSamples(self.connection, self.collect)
        self.interviews = SqlInterviews(self.connection, self.collect)

    def commit(self) -> None:
        """Keep everything; what this office publishes stands in its own journal at once."""
        if self._pending:
            self.journal.append(self._pending, at=self.clock())
        super().commit()
