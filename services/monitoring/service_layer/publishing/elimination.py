"""What the county is told of eliminations."""

from collections.abc import Iterable

from services.monitoring.domain import case_facts, elimination
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring import v1


@publish.register
def _(fact: elimination.Eliminated) -> Iterable[EventData]:
    yield v1.RiskEliminated(
        occurred_on=fact.on,
        household_id=fact.household_id,
        area_code=fact.area_code,
        case_id=fact.case_id,
        way=fact.way,
        assessed=fact.assessed,
        publicised=fact.publicised,
        signed=fact.signed,
    )


@publish.register
def _(fact: case_facts.RolledBack) -> Iterable[EventData]:
    yield v1.EliminationRolledBack(
        occurred_on=fact.on,
        household_id=fact.case.household_id,
        area_code=fact.case.area_code,
        case_id=fact.case.case_id,
        reason=fact.reason,
    )
