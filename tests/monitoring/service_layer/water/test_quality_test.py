from datetime import date

import pytest

from services.monitoring.domain.process import StepNotPossibleError
from services.monitoring.domain.water.works import WaterWorksNotFoundError
from services.monitoring.service_layer.water.quality_test import (
    FixWaterTest,
    RecordWaterTest,
    fix_water_test,
    record_water_tests,
)
from services.monitoring.service_layer.water.works import record_water_works
from tests.monitoring.kit import DAY
from tests.monitoring.service_layer.water.test_works import works

TOLD = "monitoring.water_tested.v1"
LATER = date(2022, 6, 25)


@pytest.fixture(name="works_id")
def _works_id(service):
    (id_,) = record_water_works([works()], DAY, service.uow())
    return id_


def record(service, works_id, *, passed, on=DAY, **given):
    items = "" if passed else "菌落总数"
    command = RecordWaterTest(works_id=works_id, passed=passed, on=on, failed_items=items, **given)
    (id_,) = record_water_tests([command], service.uow(), service.water_policy)
    return id_


def test_failed_fixed_and_repeated(service, works_id, outbox):
    """A failure has thirty days, is fixed, and closed by the test that repeats it."""
    failed = record(service, works_id, passed=False)
    fix_water_test(FixWaterTest(test_id=failed, on=LATER, note="更换消毒设备"), service.uow())
    again = record(service, works_id, passed=True, on=LATER, retest_of=failed)
    told = outbox(TOLD)
    assert [(False, None, "2022-07-15"), (True, failed, None)] == [
        (one["passed"], one.get("retest_of"), one.get("due_on")) for one in told
    ]
    with service.uow() as uow:
        assert ("closed", "passed") == (uow.water.tests.get(failed).state, uow.water.tests.get(again).state)


def test_retest_before_the_fix_is_refused(service, works_id, outbox):
    """Repeating a failed test that nobody fixed is refused, and the new test is not kept."""
    failed = record(service, works_id, passed=False)
    with pytest.raises(StepNotPossibleError):
        record(service, works_id, passed=True, retest_of=failed)
    assert 1 == len(outbox(TOLD))


def test_a_year_of_tests_at_once(service, outbox):
    """A laboratory's list of many works is one transaction; an unknown works refuses all of it."""
    ids = record_water_works([works(f"GC{number}") for number in range(120)], DAY, service.uow())
    commands = [RecordWaterTest(works_id=one, passed=True, on=DAY) for one in ids]
    record_water_tests(commands, service.uow(), service.water_policy)
    assert 120 == len(outbox(TOLD))
    with pytest.raises(WaterWorksNotFoundError):
        record_water_tests(
            [*commands, RecordWaterTest(works_id="nobody", passed=True, on=DAY)],
            service.uow(),
            service.water_policy,
        )
    assert 120 == len(outbox(TOLD))
