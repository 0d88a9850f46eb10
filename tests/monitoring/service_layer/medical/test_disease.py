from datetime import date

import pytest

from services.monitoring.domain.guarantee_errors import AlreadyOpenError
from services.monitoring.service_layer.medical.disease import (
    EndDisease,
    ListDisease,
    ListDiseases,
    RecordService,
    SignContract,
    end_disease,
    list_disease,
    list_diseases,
    record_service,
    sign_contract,
)
from tests.monitoring.guarantee_kit import needy, read_household
from tests.monitoring.kit import DAY

LISTED, SERVED = "monitoring.disease_listed.v1", "monitoring.disease_served.v1"


def put(service, home, number=0, **given):
    told = {"household_id": home.id, "person_id": home.members[number].id, "kind": "chronic"}
    told |= {"disease": "hypertension", "on": DAY, "proof": "clinic"}
    return list_disease(ListDisease(**told | given), service.uow(), service.medical.disease)


def from_registry(service, kind):
    return list_diseases(ListDiseases(kind=kind, on=DAY), service.uow(), service.medical.disease)


def test_the_registry_tells_of_the_ill(service, outbox):
    """Who is recorded as chronically ill is listed once, with the day of the first service."""
    home = needy(service)
    assert (1, 0, 0) == (
        from_registry(service, "chronic"),
        from_registry(service, "chronic"),
        from_registry(service, "serious"),
    )
    (told,) = outbox(LISTED)
    assert (home.members[1].id, "2022-07-15", False) == (
        told["person_id"],
        told["due_on"],
        told["limit_confirmed"],
    )


def test_listing_a_disease_is_the_registrys_health_too(service):
    """The health recorded of the member follows the list; the same disease is listed once."""
    home = needy(service)
    put(service, home, 3)
    assert ("002",) == read_household(service, home.id).members[3].health
    with pytest.raises(AlreadyOpenError):
        put(service, home, 3)
    assert put(service, home, 3, disease="diabetes")


def test_a_chronic_patient_is_signed_and_visited(service, outbox):
    """Each visit is told with the day of the next."""
    id_ = put(service, needy(service))
    sign_contract(SignContract(disease_id=id_, contract_no="Q-1", doctor="D-1", on=DAY), service.uow())
    record_service(RecordService(disease_id=id_, on=DAY), service.uow(), service.medical.disease)
    assert [("chronic", "2022-09-15")] == [(one["kind"], one["next_due_on"]) for one in outbox(SERVED)]


def test_a_serious_disease_is_treated(service, outbox):
    """A treatment needs no contract and leaves nothing due."""
    id_ = put(service, needy(service), kind="serious", disease="cancer")
    record_service(RecordService(disease_id=id_, on=DAY), service.uow(), service.medical.disease)
    assert [("serious", None)] == [(one["kind"], one.get("next_due_on")) for one in outbox(SERVED)]


def test_off_the_list(service):
    """Once ended the disease may be listed again."""
    home = needy(service)
    id_ = put(service, home)
    end_disease(EndDisease(disease_id=id_, reason="mistaken", on=date(2022, 6, 20)), service.uow())
    assert id_ != put(service, home)
