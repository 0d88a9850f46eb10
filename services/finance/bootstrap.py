"""Builds the finance service out of its settings: engine, clock, policy, reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from services.finance.adapters.figures import count_figures
from services.finance.adapters.policy import load_policy, load_project_policy
from services.finance.adapters.tables import messages
from services.finance.adapters.unit_of_work import FinanceUnitOfWork
from services.finance.domain.policy import CreditPolicy
from services.finance.domain.project_policy import ProjectPolicy
from services.finance.service_layer.borrower import identify_households, record_households
from services.finance.service_layer.loan import find_overdue_loans
from services.finance.service_layer.measure import request_measures, withdraw_measures
from services.finance.service_layer.publishing import publish
from services.finance.service_layer.upkeep import owe_keepers
from services.finance.settings import Settings
from shared.kernel.clock import BusinessClock, Clock, day_of, system_clock
from shared.kernel.ids import Ids, random_ids
from shared.messaging.intake import Reader
from shared.observability.asked import Figure
from shared.observability.sweeping import Parts, sweep_parts
from shared.persistence.engine import open_engine, reading
from shared.persistence.migrate import upgrade
from shared.persistence.unit_of_work import InTransaction


@dataclass(frozen=True, slots=True)
class Finance:
    """The running service; see :class:`shared.persistence.running.Service`."""

    settings: Settings
    engine: Engine
    clock: Clock
    ids: Ids
    policy: CreditPolicy
    project_policy: ProjectPolicy
    reader: Reader[FinanceUnitOfWork]
    name: str = "finance"

    def uow(self, with_it: InTransaction | None = None) -> FinanceUnitOfWork:
        """Return a new unit of work; *with_it* is committed with it."""
        return FinanceUnitOfWork(
            self.engine, messages, publish=publish, clock=self.clock, ids=self.ids, with_it=with_it
        )

    def upgrade_database(self) -> None:
        """Bring the database to the newest migration."""
        upgrade(self.engine, self.settings.migrations_dir)

    def parts_of_sweep(self) -> Parts:
        """Return what falls due by the clock alone, part by part."""
        return {
            "loans": lambda: find_overdue_loans(self.uow()),
            "keepers": lambda: owe_keepers(self.uow(), self.project_policy),
        }

    def sweep(self) -> int:
        """Mark loans unpaid after maturity as overdue, owe keepers last month's pay; return how many."""
        return sweep_parts(self.parts_of_sweep())

    def figures(self) -> Sequence[Figure]:
        """Count loans and measures."""
        with reading(self.engine) as connection:
            return count_figures(connection, day_of(self.clock()))


def bootstrap(
    settings: Settings | None = None, *, clock: Clock | None = None, ids: Ids = random_ids
) -> Finance:
    """Return the service; nothing is opened before this is called."""
    settings = settings or Settings()
    if clock is None:
        clock = BusinessClock(settings.clock_file) if settings.clock_file else system_clock
    return Finance(
        settings=settings,
        engine=open_engine(settings.database_url),
        clock=clock,
        ids=ids,
        policy=load_policy(settings.policy_dir),
        project_policy=load_project_policy(settings.policy_dir),
        reader=Reader(
            "finance",
            ("monitoring",),
            {
                "monitoring.household_recorded.v1": record_households,
                "monitoring.case_identified.v1": identify_households,
                "monitoring.measure_requested.v1": request_measures,
                "monitoring.measure_recorded.v1": withdraw_measures,
            },
        ),
    )
