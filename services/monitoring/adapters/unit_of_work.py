"""The repositories of the monitoring service on one transaction."""

from services.monitoring.adapters.case import Cases
from services.monitoring.adapters.change import Changes
from services.monitoring.adapters.clue import Clues
from services.monitoring.adapters.elimination import Eliminations
from services.monitoring.adapters.finding import Relapses, SampleChecks
from services.monitoring.adapters.household import Households, Unmaskings
from services.monitoring.adapters.income import IncomeLedgers
from services.monitoring.adapters.measure import Plans
from services.monitoring.adapters.timeline import Timeline
from services.monitoring.adapters.visit import Visits
from shared.contracts.envelope import Envelope
from shared.persistence.unit_of_work import SqlUnitOfWork


class MonitoringUnitOfWork(SqlUnitOfWork):
    """``with uow: … uow.commit()``; see :class:`services.monitoring.service_layer.ports.UnitOfWork`."""

    def open_repositories(self) -> None:
        """Build the repositories on this transaction's connection."""
        self.households = Households(self.connection, self.collect)
        self.unmaskings = Unmaskings(self.connection)
        self.ledgers = IncomeLedgers(self.connection, self.collect, self.clock)
        self.visits = Visits(self.connection, self.collect)
        self.changes = Changes(self.connection, self.collect)
        self.clues = Clues(self.connection, self.collect, self.clock)
        self.sample_checks = SampleChecks(self.connection, self.collect)
        self.relapses = Relapses(self.connection, self.collect)
        self.timeline = Timeline(self.connection)
        self.cases = Cases(self.connection, self.collect, self.clock)
        self.plans = Plans(self.connection, self.collect)
        self.eliminations = Eliminations(self.connection, self.collect, self.clock)

    def last_told(self) -> Envelope:
        """Return the event published last in this transaction, to name it as a cause."""
        return self._pending[-1]

    def commit(self) -> None:
        """Keep everything; what is published stands in the timeline of its household at once."""
        self.timeline.add(self._pending, at=self.clock())
        super().commit()
