import pytest

from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.guarantee_errors import AlreadyOpenError
from services.monitoring.service_layer.assistance.care_wish import (
    EndCare,
    PlaceInCare,
    RecordCareWish,
    end_care,
    place_in_care,
    record_care_wish,
)
from tests.monitoring.guarantee_kit import needy
from tests.monitoring.kit import DAY


def wish(service, home):
    command = RecordCareWish(household_id=home.id, person_id=home.members[0].id, on=DAY)
    return record_care_wish(command, service.uow(), service.assistance)


def test_a_wish_leads_to_a_home(service):
    """One open wish of a person; placed, then ended with a reason; then another may be recorded."""
    home = needy(service)
    id_ = wish(service, home)
    with pytest.raises(AlreadyOpenError):
        wish(service, home)
    place_in_care(PlaceInCare(wish_id=id_, home="县福利院", on=DAY), service.uow())
    with pytest.raises(ReasonMissingError):
        end_care(EndCare(wish_id=id_, on=DAY, note="走"), service.uow())
    end_care(EndCare(wish_id=id_, on=DAY, note="家人接回照料"), service.uow())
    assert id_ != wish(service, home)
