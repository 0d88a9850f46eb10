"""Changes that are put right as a consequence: a house made safe, a water problem solved."""

from services.monitoring.domain.case_facts import Acting
from services.monitoring.service_layer.ports import UnitOfWork


def resolve_changes(
    household_id: str, kind: str, acting: Acting, uow: UnitOfWork, details: frozenset[str]
) -> None:
    """Put right the household's changes of *kind* (those with one of *details*) as a consequence.

    One that happened after that day is news and stays open. Call it inside ``uow.caused_by``.
    """
    for change in uow.changes.open_of(household_id, kind):
        if change.detail in details and change.happened_on <= acting.on:
            change.area_code = uow.households.areas_of({household_id})[household_id]
            change.resolve(acting.on)
            uow.changes.save(change)
