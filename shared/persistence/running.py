"""What a running service offers to whoever hosts it: a worker, a site, the embedded county."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Engine

from shared.kernel.clock import Clock
from shared.messaging.intake import Reader
from shared.observability.asked import Figure
from shared.observability.sweeping import Parts
from shared.persistence.unit_of_work import InTransaction, SqlUnitOfWork
from shared.settings import ServiceSettings


class Service(Protocol):
    """One department's service, as ``bootstrap`` returns it."""

    @property
    def name(self) -> str: ...
    @property
    def settings(self) -> ServiceSettings: ...
    @property
    def engine(self) -> Engine: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def reader(self) -> Reader[Any]: ...

    def uow(self, with_it: InTransaction | None = None) -> SqlUnitOfWork:
        """Return a new unit of work; *with_it* is committed with it."""
        ...

    def upgrade_database(self) -> None:
        """Bring the database to the newest migration."""
        ...

    def parts_of_sweep(self) -> Parts:
        """Return what falls due by the clock alone (timers, overdue loans), part by part.

        Each is safe to call at any time and by several workers at once, and has its own transaction.
        """
        ...

    def sweep(self) -> int:
        """Do every part; return how much was done. A part that fails keeps no other from its turn."""
        ...

    def figures(self) -> Sequence[Figure]:
        """Count what people want to see as a curve; a few statements, never per household."""
        ...
