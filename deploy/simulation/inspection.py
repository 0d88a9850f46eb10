"""The county's own look: the sample check, and the quarter's notice of criticism."""

from datetime import date
from functools import partial

from deploy.simulation.chance import rates
from deploy.simulation.world import COUNTY_OFFICE, Home, World
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
from services.monitoring.service_layer.finding import RecordSampleCheck, record_sample_check
from shared.areas import areas

_SAMPLE_DAYS = (date(2022, 6, 15), date(2022, 11, 8))
_NOTICE_DAYS = (date(2022, 4, 8), date(2022, 7, 8), date(2022, 10, 10))
_OTHERS_ONE_IN = 100


def plan_inspection(world: World) -> None:
    """Put the two sample checks and the three notices on the calendar."""
    for day in _SAMPLE_DAYS:
        world.agenda.on(day, partial(_check_sample, world))
    for day in _NOTICE_DAYS:
        world.agenda.on(day, partial(_issue_notice, world))


def _check_sample(world: World, day: date) -> None:
    for home in world.homes.values():
        chance = world.chance("sample", home.family.number, str(day))
        drawn = (
            chance.happens(rates()["procedure"]["sample"])
            if home.monitored
            else chance.number(1, _OTHERS_ONE_IN) == 1
        )
        if drawn:
            _check(
                world, home, day, finding="missed" if not home.monitored and chance.number(0, 24) == 0 else ""
            )


def _check(world: World, home: Home, day: date, *, finding: str) -> None:
    command = RecordSampleCheck(household_id=home.household_id, on=day, finding=finding, by=COUNTY_OFFICE)
    record_sample_check(command, world.county.monitoring.uow())


def _issue_notice(world: World, day: date) -> None:
    town = world.chance("notice", str(day)).one_of(areas().towns())
    evaluation = world.county.evaluation
    command = IssueNotice(unit=town.code, level="county", reason="部分帮扶措施落实超期")
    issue_notice(command, evaluation.uow(), [unit.id for unit in evaluation.units()])
