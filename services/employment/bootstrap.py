"""Builds the employment service out of its settings: engine, clock, policy, reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from services.employment.adapters.figures import count_figures
from services.employment.adapters.policy import load_policy
from services.employment.adapters.tables import messages
from services.employment.adapters.unit_of_work import EmploymentUnitOfWork
from services.employment.domain.policy import EmploymentPolicy
from services.employment.service_layer.labourer import record_households
from services.employment.service_layer.measure import request_measures, withdraw_measures
from services.employment.service_layer.placement import end_expired_placements
from services.employment.service_layer.publishing import publish
from services.employment.settings import Settings
from shared.kernel.clock import BusinessClock, Clock, day_of, system_clock
from shared.kernel.ids import Ids, random_ids
from shared.messaging.intake import Reader
from shared.observability.asked import Figure
from shared.observability.sweeping import Parts, sweep_parts
from shared.persistence.engine import open_engine, reading
from shared.persistence.migrate import upgrade
from shared.persistence.unit_of_work import InTransaction


@dataclass(frozen=True, slots=True)
class Employment:
    """The running service; see :class:`shared.persistence.running.Service`."""

    settings: Settings
    engine: Engine
    clock: Clock
    ids: Ids
    policy: EmploymentPolicy
    reader: Reader[EmploymentUnitOfWork]
    name: str = "employment"

    def uow(self, with_it: InTransaction | None = None) -> EmploymentUnitOfWork:
        """Return a new unit of work; *with_it* is committed with it."""
        return EmploymentUnitOfWork(
            self.engine, messages, publish=publish, clock=self.clock, ids=self.ids, with_it=with_it
        )

    def upgrade_database(self) -> None:
        """Bring the database to the newest migration."""
        upgrade(self.engine, self.settings.migrations_dir)

    def parts_of_sweep(self) -> Parts:
        """Return what falls due by the clock alone, part by part."""
        return {"placements": lambda: end_expired_placements(self.uow())}

    def sweep(self) -> int:
        """End placements whose agreement has run out; return how many."""
        return sweep_parts(self.parts_of_sweep())

    def figures(self) -> Sequence[Figure]:
        """Count jobs, placements and measures."""
        with reading(self.engine) as connection:
            return count_figures(connection, day_of(self.clock()))


def bootstrap(
    settings: Settings | None = None, *, clock: Clock | None = None, ids: Ids = random_ids
) -> Employment:
    """Return the service; nothing is opened before this is called."""
    settings = settings or Settings()
    if clock is None:
        clock = BusinessClock(settings.clock_file) if settings.clock_file else system_clock
    return Employment(
        settings=settings,
        engine=open_engine(settings.database_url),
        clock=clock,
        ids=ids,
        policy=load_policy(settings.policy_dir),
        reader=Reader(
            "employment",
            ("monitoring",),
            {
                "monitoring.household_recorded.v1": record_households,
                "monitoring.measure_requested.v1": request_measures,
                "monitoring.measure_recorded.v1": withdraw_measures,
            },
        ),
    )
