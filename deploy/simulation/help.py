"""Help: the plan is made and asked for, departments answer, what is declined is planned anew."""

from datetime import date
from functools import partial

from deploy.simulation.chance import rates
from deploy.simulation.elimination import plan_elimination
from deploy.simulation.village import visit
from deploy.simulation.world import TOWN, Home, World, unless_somebody_was_quicker
from services.monitoring.domain.measure_errors import NothingToProposeError
from services.monitoring.service_layer import measure as plans
from shared.contracts.envelope import Envelope

_HALF_A_YEAR = 190
_LAST = frozenset({"delivered", "declined", "withdrawn"})
_VISIT_EVERY = 30


def plan_help(world: World, home: Home, case_id: str, day: date) -> None:
    """Propose measures for the household's risks and labour, and ask the departments for them."""
    monitoring = world.county.monitoring
    rules, policy = monitoring.measure_rules, monitoring.case_policy
    plans.plan_measures(plans.PlanMeasures(case_id=case_id, on=day, by=TOWN), monitoring.uow(), rules)
    request = plans.RequestMeasures(case_id=case_id, on=day, by=TOWN)
    plans.request_measures(request, monitoring.uow(), rules, policy)
    world.agenda.after(day, _VISIT_EVERY, partial(_visit_monthly, world, home))
    world.agenda.after(day, _HALF_A_YEAR, partial(plan_elimination, world, home, case_id))


def follow_measures(world: World) -> None:
    """Let units without a service of their own answer, and plan anew what was declined."""

    def hear(event: Envelope) -> None:
        home = world.home_of(event)
        if home is None:
            return
        if event.fact == "monitoring.measure_requested" and event.data["service"] == "monitoring":
            _plan_answer(world, home, event)
        elif event.fact == "monitoring.measure_recorded" and event.data["status"] in _LAST:
            world.answered.add(str(event.data["measure_id"]))
            if event.data["status"] == "declined":
                world.agenda.after(world.today(), 2, partial(_replan, world, event))

    world.courier.listen(hear)


def _visit_monthly(world: World, home: Home, day: date) -> None:
    if home.monitored:
        visit(world, [home], "helper", day)
        world.agenda.after(day, _VISIT_EVERY, partial(_visit_monthly, world, home))


def _plan_answer(world: World, home: Home, event: Envelope) -> None:
    chance = world.chance("unit", home.family.number, str(event.data["category"]), event.businessdate)
    late = chance.happens(rates()["procedure"]["late_official"])
    unit, measure_id = str(event.data["department"]), str(event.data["measure_id"])
    first = event.data.get("replaces") is None
    if first and chance.happens(rates()["procedure"]["declined"]):
        world.agenda.after(world.today(), chance.number(2, 6), partial(_decline, world, measure_id, unit))
        return
    world.agenda.after(world.today(), chance.number(1, 4), partial(_accept, world, measure_id, unit))
    days = chance.number(32, 60) if late else chance.number(6, 25)
    world.agenda.after(world.today(), days, partial(_deliver, world, measure_id, unit))


def _accept(world: World, measure_id: str, unit: str, day: date) -> None:
    if measure_id in world.answered:
        return
    command = plans.RecordAcceptance(measure_id=measure_id, unit=unit, on=day)
    with unless_somebody_was_quicker():
        plans.record_acceptance(command, world.county.monitoring.uow())


def _deliver(world: World, measure_id: str, unit: str, day: date) -> None:
    if measure_id in world.answered:
        return
    command = plans.RecordDelivery(measure_id=measure_id, unit=unit, on=day)
    with unless_somebody_was_quicker():
        plans.record_delivery(command, world.county.monitoring.uow())


def _decline(world: World, measure_id: str, unit: str, day: date) -> None:
    if measure_id in world.answered:
        return
    command = plans.RecordDecline(measure_id=measure_id, unit=unit, reason="conditions_not_met", on=day)
    with unless_somebody_was_quicker():
        plans.record_decline(command, world.county.monitoring.uow())


def _replan(world: World, event: Envelope, day: date) -> None:
    monitoring = world.county.monitoring
    command = plans.ReplanMeasure(
        case_id=str(event.data["case_id"]), measure_id=str(event.data["measure_id"]), on=day, by=TOWN
    )
    try:
        plans.replan_measure(command, monitoring.uow(), monitoring.measure_rules, monitoring.case_policy)
    except NothingToProposeError:
        # The rules know nothing else for this risk; the task stays on the town's list.
        return
