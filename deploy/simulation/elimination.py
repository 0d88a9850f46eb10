"""Half a year after the help: the risk is eliminated, or the household stays monitored."""

from datetime import date
from functools import partial

from deploy.simulation.registry import record_ledger
from deploy.simulation.world import COUNTY_OFFICE, TOWN, VILLAGE, Home, World
from services.monitoring.domain.elimination_errors import CriterionNotMetError, NoLabourError
from services.monitoring.service_layer import elimination as steps

_TRY_AGAIN = 30


def plan_elimination(world: World, home: Home, case_id: str, day: date) -> None:
    """Propose the elimination; too early, and it is tried again a month later; without labour, never."""
    monitoring = world.county.monitoring
    record_ledger(world, home, day)
    command = steps.ProposeElimination(case_id=case_id, way="01", on=day, by=VILLAGE)
    try:
        elimination_id = steps.propose_elimination(command, monitoring.uow(), monitoring.case_policy)
    except CriterionNotMetError:
        world.agenda.after(day, _TRY_AGAIN, partial(plan_elimination, world, home, case_id))
        return
    except NoLabourError:
        return
    world.agenda.after(day, 1, partial(_visit, world, home, elimination_id))


def _visit(world: World, home: Home, elimination_id: str, day: date) -> None:
    uow = world.county.monitoring.uow
    visited = steps.RecordEliminationVisit(
        elimination_id=elimination_id,
        rigid_spending_solved=True,
        risks_removed=True,
        income_stable=True,
        signed=True,
        on=day,
        by=VILLAGE,
    )
    steps.record_elimination_visit(visited, uow())
    vote = steps.RecordEliminationVote(
        elimination_id=elimination_id, agree=21, disagree=1, on=day, by=VILLAGE
    )
    steps.record_elimination_vote(vote, uow())
    notice = steps.StartEliminationNotice(elimination_id=elimination_id, on=day, by=VILLAGE)
    steps.start_elimination_notice(notice, uow(), world.county.monitoring.case_policy)
    world.agenda.after(day, 5, partial(_review, world, home, elimination_id))


def _review(world: World, home: Home, elimination_id: str, day: date) -> None:
    uow = world.county.monitoring.uow
    ended = steps.EndEliminationNotice(elimination_id=elimination_id, on=day, by=VILLAGE)
    steps.end_elimination_notice(ended, uow())
    passed = steps.ReviewElimination(elimination_id=elimination_id, passed=True, on=day, by=TOWN)
    steps.review_elimination(passed, uow())
    world.agenda.after(day, 2, partial(_decide, world, home, elimination_id))


def _decide(world: World, home: Home, elimination_id: str, day: date) -> None:
    monitoring = world.county.monitoring
    command = steps.DecideElimination(
        elimination_id=elimination_id,
        approve=True,
        note="收入以上年同期台账为准，经核实稳定",
        on=day,
        by=COUNTY_OFFICE,
    )
    try:
        steps.decide_elimination(command, monitoring.uow(), monitoring.case_policy)
    except CriterionNotMetError:
        keep = steps.DecideElimination(
            elimination_id=elimination_id,
            approve=False,
            note="标准尚未全部达到，继续监测",
            on=day,
            by=COUNTY_OFFICE,
        )
        steps.decide_elimination(keep, monitoring.uow(), monitoring.case_policy)
        return
    home.monitored = False
    home.case_id = None
