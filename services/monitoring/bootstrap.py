"""Builds the monitoring service out of its settings: engine, clock, policies, reader."""

from dataclasses import dataclass

from sqlalchemy import Engine

from services.monitoring.adapters.tables import messages
from services.monitoring.adapters.unit_of_work import MonitoringUnitOfWork
from services.monitoring.service_layer.publishing import publish
from services.monitoring.settings import Settings
from shared.kernel.clock import BusinessClock, Clock, system_clock
from shared.kernel.ids import Ids, random_ids
from shared.messaging.intake import Handler, Reader
from shared.persistence.engine import open_engine
from shared.persistence.migrate import upgrade
from shared.persistence.unit_of_work import InTransaction


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The running service; see :class:`shared.persistence.running.Service`."""

    settings: Settings
    engine: Engine
    clock: Clock
    ids: Ids
    reader: Reader[MonitoringUnitOfWork]
    name: str = "monitoring"

    def uow(self, with_it: InTransaction | None = None) -> MonitoringUnitOfWork:
        """Return a new unit of work; *with_it* is committed with it."""
        return MonitoringUnitOfWork(
            self.engine, messages, publish=publish, clock=self.clock, ids=self.ids, with_it=with_it
        )

    def upgrade_database(self) -> None:
        """Bring the database to the newest migration."""
        upgrade(self.engine, self.settings.migrations_dir)

    def sweep(self) -> int:
        """Do what falls due by the clock alone; return how much was done."""
        return 0


def bootstrap(
    settings: Settings | None = None, *, clock: Clock | None = None, ids: Ids = random_ids
) -> Monitoring:
    """Return the service; nothing is opened before this is called."""
    settings = settings or Settings()
    if clock is None:
        clock = BusinessClock(settings.clock_file) if settings.clock_file else system_clock
    handlers: dict[str, Handler[MonitoringUnitOfWork]] = {}
    return Monitoring(
        settings=settings,
        engine=open_engine(settings.database_url),
        clock=clock,
        ids=ids,
        reader=Reader("monitoring", ("employment", "finance", "evaluation"), handlers),
    )
