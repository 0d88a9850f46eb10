"""The four services of one county, opened on one directory."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.employment.bootstrap import Employment
from services.employment.bootstrap import bootstrap as open_employment
from services.employment.settings import Settings as EmploymentSettings
from services.evaluation.bootstrap import Evaluation
from services.evaluation.bootstrap import bootstrap as open_evaluation
from services.evaluation.settings import Settings as EvaluationSettings
from services.finance.bootstrap import Finance
from services.finance.bootstrap import bootstrap as open_finance
from services.finance.settings import Settings as FinanceSettings
from services.monitoring.bootstrap import Monitoring
from services.monitoring.bootstrap import bootstrap as open_monitoring
from services.monitoring.settings import Settings as MonitoringSettings
from shared.accounts.secret import session_secret
from shared.kernel.clock import BusinessClock, Clock
from shared.kernel.ids import Ids, SeededIds, random_ids
from shared.persistence.running import Service

_SIGNING_KEY = "session.key"


@dataclass(frozen=True, slots=True)
class County:
    """The services of one directory, in the order in which they are upgraded and started."""

    data_dir: Path
    monitoring: Monitoring
    employment: Employment
    finance: Finance
    evaluation: Evaluation

    @property
    def services(self) -> tuple[Service, ...]:
        return (self.monitoring, self.employment, self.finance, self.evaluation)

    def upgrade_databases(self) -> None:
        """Create or migrate every database."""
        for service in self.services:
            service.upgrade_database()

    def close(self) -> None:
        """Give every connection back."""
        for service in self.services:
            service.engine.dispose()


def clock_file(data_dir: Path) -> Path:
    """Return the file of the county's business clock."""
    return data_dir / "clock.json"


def accounts_url(data_dir: Path) -> str:
    """Return the address of the county's accounts."""
    return f"sqlite:///{data_dir / 'accounts.db'}"


def broker_url(data_dir: Path) -> str:
    """Return the address of the county's in-process broker; two counties of one process don't share it."""
    return f"memory://{data_dir.resolve()}"


def open_county(
    data_dir: Path, *, clock: Clock | None = None, seed: str | None = None, unfinished: bool = False
) -> County:
    """Open the county kept in *data_dir*, which must exist.

    Without *clock* it lives by its business clock. With *seed* every identifier
    depends on it alone, which only a simulation wants. *unfinished*: it will be
    thrown away if we die before it is whole, so nothing is forced to the disk.
    """
    now = clock or BusinessClock(clock_file(data_dir))
    ids = _ids_of(seed)
    secret = session_secret(data_dir / _SIGNING_KEY)

    def kept(name: str) -> dict[str, Any]:
        return {
            "database_url": f"sqlite:///{data_dir / name}.db{'?synchronous=off' if unfinished else ''}",
            "accounts_url": accounts_url(data_dir),
            "broker_url": broker_url(data_dir),
            "clock_file": clock_file(data_dir),
            "session_secret": secret,
        }

    return County(
        data_dir=data_dir,
        monitoring=open_monitoring(
            MonitoringSettings(**kept("monitoring")), clock=now, ids=ids("monitoring")
        ),
        employment=open_employment(
            EmploymentSettings(**kept("employment")), clock=now, ids=ids("employment")
        ),
        finance=open_finance(FinanceSettings(**kept("finance")), clock=now, ids=ids("finance")),
        evaluation=open_evaluation(
            EvaluationSettings(**kept("evaluation")), clock=now, ids=ids("evaluation")
        ),
    )


def _ids_of(seed: str | None) -> Callable[[str], Ids]:
    if seed is None:
        return lambda _service: random_ids
    return lambda service: SeededIds(f"{seed}/{service}")
