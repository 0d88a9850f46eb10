"""Commands on tests of water."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.water.policy import WaterPolicy
from services.monitoring.domain.water.quality_test import WaterTest
from services.monitoring.domain.water.works import WaterWorks
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.given import expect_version, not_after_today, text_in
from services.monitoring.service_layer.ports import UnitOfWork

_ITEMS, _LABORATORY = ("不合格项目", "what failed"), ("检测机构", "laboratory")
_MOST_ITEMS, _MOST_LABORATORY = 200, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWaterTest:
    """A result of the laboratory. *failed_items* names what failed, and only then anything.

    *retest_of* is the first failed test, which must have been fixed.
    """

    works_id: str
    passed: bool
    on: date
    failed_items: str = ""
    laboratory: str = ""
    retest_of: str | None = None
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixWaterTest(StepCommand):
    """The cause of a failed test is removed; *note* says how."""

    test_id: str


def record_water_tests(
    commands: Sequence[RecordWaterTest], uow: UnitOfWork, policy: WaterPolicy
) -> list[str]:
    """Record results, all or none, and return the ids of the tests in the order given."""
    with uow:
        works = {one.id: one for one in uow.water.works.where("id", {one.works_id for one in commands})}
        ids = [_record(one, works.get(one.works_id), uow, policy) for one in commands]
        uow.commit()
    return ids


def fix_water_test(command: FixWaterTest, uow: UnitOfWork) -> None:
    """Note that the cause is removed."""
    with uow:
        test = uow.water.tests.get(command.test_id)
        expect_version(test, command.version)
        test.fix(acting_of(command, uow.clock))
        uow.water.tests.save(test)
        uow.commit()


def _record(command: RecordWaterTest, works: WaterWorks | None, uow: UnitOfWork, policy: WaterPolicy) -> str:
    works = works or uow.water.works.get(command.works_id)
    acting = Acting(not_after_today(command.on, uow.clock), command.by, command.note.strip())
    test = WaterTest.make(
        passed=command.passed,
        failed_items=text_in(command.failed_items, _ITEMS, most=_MOST_ITEMS),
        acting=acting,
        policy=policy,
        id=uow.ids(),
        works_id=works.id,
        area_code=works.area_code,
        laboratory=text_in(command.laboratory, _LABORATORY, most=_MOST_LABORATORY),
        retest_of=command.retest_of,
    )
    if command.retest_of is not None:
        first = uow.water.tests.get(command.retest_of)
        first.repeated_by(test, acting)
        uow.water.tests.save(first)
    uow.water.tests.add(test)
    return test.id
