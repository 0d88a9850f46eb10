"""The quarter's notice of criticism."""

from datetime import date
from functools import partial

from deploy.simulation.world import World
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
from shared.areas import areas

_NOTICE_DAYS = (date(2022, 4, 8), date(2022, 7, 8), date(2022, 10, 10))


def plan_notices(world: World) -> None:
    """Put the three notices on the calendar."""
    for day in _NOTICE_DAYS:
        world.agenda.on(day, partial(_issue_notice, world))


def _issue_notice(world: World, day: date) -> None:
    town = world.chance("notice", str(day)).one_of(areas().towns())
    evaluation = world.county.evaluation
    command = IssueNotice(unit=town.code, level="county", reason="部分帮扶措施落实超期")
    issue_notice(command, evaluation.uow(), [unit.id for unit in evaluation.units()])
