import pytest

from services.monitoring.domain.environment.sewage import (
    CheckNoteMissingError,
    FacilityNumberTakenError,
    SewageFacilityNotFoundError,
)
from services.monitoring.service_layer.environment.sewage import (
    CheckPublicToilet,
    CheckSewageFacility,
    RecordSewageFacility,
    check_public_toilet,
    check_sewage_facilities,
    record_sewage_facilities,
)
from tests.monitoring.kit import DAY, VILLAGE
from tests.monitoring.service_layer.environment.test_public_toilet import plan

TOLD = "monitoring.sewage_facility_checked.v1"


def facility(number="WS01"):
    return RecordSewageFacility(facility_no=number, name="示例污水站", area_code=VILLAGE, kind="station")


def test_a_month_of_checks(service, outbox):
    """Every facility is checked in one transaction; one that stands still is told so."""
    ids = record_sewage_facilities([facility(f"WS{one:02d}") for one in range(30)], DAY, service.uow())
    checks = [CheckSewageFacility(facility_id=one, running=True, on=DAY) for one in ids[1:]]
    still = CheckSewageFacility(facility_id=ids[0], running=False, on=DAY, note="风机停运")
    check_sewage_facilities([*checks, still], service.uow())
    assert (30, [ids[0]]) == (
        len(outbox(TOLD)),
        [told["facility_id"] for told in outbox(TOLD) if not told["running"]],
    )


def test_batches_are_all_or_none(service, outbox):
    """A double number, an unknown facility, a silent finding: nothing of the batch is kept."""
    with pytest.raises(FacilityNumberTakenError):
        record_sewage_facilities([facility(), facility()], DAY, service.uow())
    (id_,) = record_sewage_facilities([facility()], DAY, service.uow())
    fine = CheckSewageFacility(facility_id=id_, running=True, on=DAY)
    for wrong, refusal in (
        (CheckSewageFacility(facility_id="nobody", running=True, on=DAY), SewageFacilityNotFoundError),
        (CheckSewageFacility(facility_id=id_, running=False, on=DAY), CheckNoteMissingError),
    ):
        with pytest.raises(refusal):
            check_sewage_facilities([fine, wrong], service.uow())
    assert [] == outbox(TOLD)


def test_check_of_a_public_toilet_stays_here(service, outbox):
    """How a public toilet was found is kept and told to nobody."""
    command = CheckPublicToilet(public_toilet_id=plan(service), fine=True, on=DAY)
    check_public_toilet(command, service.uow())
    assert [] == outbox(TOLD)
    with service.uow() as uow:
        assert 1 == len(uow.environment.checks.where("site_kind", ["public_toilet"]))
