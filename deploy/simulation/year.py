"""The year, day by day: what is due is done, what was told arrives, and the next day begins."""

from collections.abc import Callable
from datetime import date, timedelta

from deploy.embedded.county import County
from deploy.embedded.courier import Courier
from deploy.simulation.agenda import Agenda
from deploy.simulation.assessment import YearsAssessment
from deploy.simulation.assistance import plan_assistance
from deploy.simulation.credit import Credit
from deploy.simulation.dispatch import Dispatch
from deploy.simulation.environment import plan_environment
from deploy.simulation.estate import Estate
from deploy.simulation.field_work import FieldWork
from deploy.simulation.governance import plan_governance
from deploy.simulation.help import follow_measures
from deploy.simulation.housing import plan_housing
from deploy.simulation.inspection import Inspections
from deploy.simulation.insurance import plan_insurance
from deploy.simulation.lists import plan_lists
from deploy.simulation.orders import Orders
from deploy.simulation.people import DAY_ONE
from deploy.simulation.procedure import follow_clues
from deploy.simulation.projects import plan_projects
from deploy.simulation.records import plan_records
from deploy.simulation.rectification import Rectification
from deploy.simulation.registry import record_incomes, register_everybody
from deploy.simulation.reporting import plan_reports
from deploy.simulation.resettlement import plan_resettlement
from deploy.simulation.schooling import plan_schooling
from deploy.simulation.screening import plan_screening
from deploy.simulation.unit_reports import UnitReports
from deploy.simulation.village import plan_fate, plan_visits
from deploy.simulation.water import plan_water
from deploy.simulation.work import Work
from deploy.simulation.world import World
from shared.kernel.clock import SetClock, at_hour

_INCOMES_ON = (date(2022, 1, 10), date(2022, 11, 20))
_MORNING = 9


def play(
    county: County,
    courier: Courier,
    *,
    clock: SetClock,
    seed: str,
    households: int,
    until: date,
    on_day: Callable[[date], object] = lambda _day: None,
) -> None:
    """Play the county from 1 January 2022 through *until*; *on_day* is called after each day.

    A year played only to a day is the beginning of the year played on: what
    happens depends on the seed and on what happened before, never on *until*.
    """
    world = World(county, courier, clock, Agenda(until), seed, until)
    _begin(world, households)
    day = DAY_ONE
    while day <= until:
        clock.set(at_hour(day, _MORNING))
        _live(world, day)
        on_day(day)
        day += timedelta(days=1)


def _begin(world: World, households: int) -> None:
    register_everybody(world, households, DAY_ONE)
    world.courier.deliver()
    follow_clues(world)
    follow_measures(world)
    for day in _INCOMES_ON:
        world.agenda.on(day, lambda today: record_incomes(world, today))
    plan_visits(world)
    plan_fate(world)
    Work(world).plan()
    Credit(world).plan()
    plan_projects(world)
    Estate(world).plan()
    plan_housing(world)
    plan_water(world)
    plan_environment(world)
    plan_schooling(world)
    plan_insurance(world)
    plan_assistance(world)
    plan_resettlement(world)
    plan_governance(world)
    plan_lists(world)
    plan_records(world)
    plan_reports(world)
    plan_screening(world)
    _supervise(world)


def _supervise(world: World) -> None:
    """Put down what the supervision office and the units under it do; it depends on units, not households."""
    for part in (UnitReports, Rectification, Orders, Inspections, Dispatch, FieldWork, YearsAssessment):
        part(world).plan()


def _live(world: World, day: date) -> None:
    """Do what is due; what it causes may be due today too."""
    for service in world.county.services:
        service.sweep()
    world.courier.deliver()
    while world.agenda.run(day):
        world.courier.deliver()
