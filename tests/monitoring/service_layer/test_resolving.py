from datetime import date

from services.monitoring.domain.case_facts import Acting
from services.monitoring.service_layer.resolving import resolve_changes
from tests.monitoring.service_layer.housing.test_alert import damage

RESOLVED = "monitoring.household_change_resolved.v1"


def test_only_what_is_named_and_had_happened(service, household, outbox):
    """Changes of another kind of damage, or of a later day, stay open."""
    first = damage(service, household, "C", date(2022, 6, 15))
    damage(service, household, "D", date(2022, 6, 15))
    damage(service, household, "C", date(2022, 6, 28))
    with service.uow() as uow:
        resolve_changes(household, "house_damage", Acting(date(2022, 6, 20)), uow, frozenset({"C"}))
        uow.commit()
    assert [first.change_id] == [told["change_id"] for told in outbox(RESOLVED)]
