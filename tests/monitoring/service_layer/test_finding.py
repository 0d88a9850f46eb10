import pytest

from services.monitoring.service_layer.finding import (
    RecordRelapse,
    RecordSampleCheck,
    record_relapse,
    record_sample_check,
)
from shared.contracts.codes import UnknownCodeError
from tests.monitoring.kit import DAY


@pytest.mark.parametrize("finding", ["", "missed"])
def test_sample_check_is_told(service, household, outbox, finding):
    """A check is told of whether all was right or not."""
    record_sample_check(RecordSampleCheck(household_id=household, on=DAY, finding=finding), service.uow())
    assert [finding] == [told["finding"] for told in outbox("monitoring.sample_checked.v1")]


def test_relapse_is_told(service, household, outbox):
    """A relapse is told of with its cause and village."""
    record_relapse(RecordRelapse(household_id=household, cause="100A27006", on=DAY), service.uow())
    (told,) = outbox("monitoring.household_relapsed.v1")
    assert ("100A27006", "610327109203") == (told["cause"], told["area_code"])


def test_unknown_finding_is_refused(service, household, outbox):
    """A finding outside the list is refused and not told."""
    with pytest.raises(UnknownCodeError):
        record_sample_check(RecordSampleCheck(household_id=household, on=DAY, finding="bad"), service.uow())

    assert [] == outbox("monitoring.sample_checked.v1")
