"""The repositories, the outbox and the inbox of employment in one transaction."""

from services.employment.adapters.job import SqlJobs
from services.employment.adapters.labourer import SqlLabourers
from services.employment.adapters.measure import SqlMeasures
from services.employment.adapters.placement import SqlPlacements
from services.employment.adapters.post import SqlPosts
from services.employment.service_layer.publishing import fixed_id
from shared.contracts.envelope import Envelope, EventData
from shared.persistence.unit_of_work import SqlUnitOfWork


class EmploymentUnitOfWork(SqlUnitOfWork):
    """See the port ``UnitOfWork``."""

    labourers: SqlLabourers
    jobs: SqlJobs
    posts: SqlPosts
    placements: SqlPlacements
    measures: SqlMeasures

    def open_repositories(self) -> None:
        self.labourers = SqlLabourers(self.connection)
        self.jobs = SqlJobs(self.connection, self.collect)
        self.posts = SqlPosts(self.connection, self.collect)
        self.placements = SqlPlacements(self.connection, self.collect)
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
