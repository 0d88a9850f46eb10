"""Where housing alerts, looks and the list of rebuilding are kept."""

from dataclasses import asdict

from sqlalchemy import Connection

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.process import Processes
from services.monitoring.adapters.tables_housing import house_alerts, house_looks, rebuilds
from services.monitoring.domain.housing.alert import HouseAlert, HouseAlertNotFoundError, HouseLook
from services.monitoring.domain.housing.rebuild import Rebuild, RebuildNotFoundError
from shared.kernel.clock import Clock


class Housing:
    """Everything of safe housing, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self._connection = connection
        self.alerts = Processes(
            connection, collect, clock, house_alerts, HouseAlert, HouseAlertNotFoundError, _open_household
        )
        self.rebuilds = Processes(
            connection, collect, clock, rebuilds, Rebuild, RebuildNotFoundError, _open_household
        )

    def open_alert(self, household_id: str) -> HouseAlert | None:
        """Return the household's alert that is not closed, or None."""
        return next(iter(self.alerts.where("open_household", [household_id])), None)

    def open_rebuild(self, household_id: str) -> Rebuild | None:
        """Return the household's house on the list that is not lived in yet, or None."""
        return next(iter(self.rebuilds.where("open_household", [household_id])), None)

    def add_look(self, look: HouseLook) -> None:
        self._connection.execute(house_looks.insert().values(**asdict(look)))


def _open_household(one: HouseAlert | Rebuild) -> dict[str, str | None]:
    return {"open_household": one.household_id if one.is_open else None}
