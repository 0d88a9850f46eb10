from datetime import date

import pytest

from services.monitoring.service_layer.quality.village import RecordVillage, record_village
from shared.areas import UnknownAreaError
from shared.kernel.errors import StaleVersionError
from tests.monitoring.domain.quality.records import village

FOUND, FIXED = "monitoring.data_error_found.v1", "monitoring.data_error_fixed.v1"
TODAY = date(2022, 7, 1)


def enter(service, version=0, **given):
    command = RecordVillage(view=village(**given), year=2022, on=TODAY, version=version)
    return record_village(command, service.uow(), service.quality)


def test_entering_runs_the_village_rules(service, outbox):
    """A gap is found at once and belongs to no household; filling it in corrects the error."""
    assert 1 == enter(service, bus=None)
    assert [("L-14", "")] == [(e["rule"], e["household_id"]) for e in outbox(FOUND)]
    assert 0 == enter(service, version=1)
    assert ["corrected"] == [e["how"] for e in outbox(FIXED)]


def test_older_form_is_refused(service):
    """A form that does not know of the record entered since is refused."""
    enter(service)
    with pytest.raises(StaleVersionError):
        enter(service)


def test_only_a_village(service):
    """A town has no such record."""
    with pytest.raises(UnknownAreaError):
        record_village(
            RecordVillage(view=type(village())(area_code="610327999999"), year=2022, on=TODAY),
            service.uow(),
            service.quality,
        )
