"""Where toilets, their problems, public toilets, sewage facilities and inspections are kept."""

from sqlalchemy import Connection

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.process import Processes, Records
from services.monitoring.adapters.tables_environment import (
    cleaning_inspections,
    public_toilets,
    sewage_facilities,
    site_checks,
    toilet_problems,
    toilets,
)
from services.monitoring.domain.environment.cleaning import CleaningInspection
from services.monitoring.domain.environment.public_toilet import PublicToilet, PublicToiletNotFoundError
from services.monitoring.domain.environment.sewage import (
    SewageFacility,
    SewageFacilityNotFoundError,
    SiteCheck,
)
from services.monitoring.domain.environment.toilet import RebuiltToilet, ToiletNotFoundError
from services.monitoring.domain.environment.toilet_problem import ToiletProblem, ToiletProblemNotFoundError
from shared.kernel.clock import Clock


class Environment:
    """Everything of toilets, sewage and clean villages, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self.toilets = Records(connection, collect, toilets, RebuiltToilet, ToiletNotFoundError)
        self.problems = Processes(
            connection,
            collect,
            clock,
            toilet_problems,
            ToiletProblem,
            ToiletProblemNotFoundError,
            _open_toilet,
        )
        self.public_toilets = Processes(
            connection, collect, clock, public_toilets, PublicToilet, PublicToiletNotFoundError
        )
        self.facilities = Records(
            connection, collect, sewage_facilities, SewageFacility, SewageFacilityNotFoundError
        )
        self.checks = Records(connection, collect, site_checks, SiteCheck)
        self.inspections = Records(connection, collect, cleaning_inspections, CleaningInspection)


def _open_toilet(one: ToiletProblem) -> dict[str, str | None]:
    return {"open_toilet": one.toilet_id if one.is_open else None}
