"""Commands on problem toilets; a survey's findings and a round of checks are taken many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.environment.policy import EnvironmentPolicy
from services.monitoring.domain.environment.toilet import ToiletNotFoundError
from services.monitoring.domain.environment.toilet_problem import (
    ProblemStep,
    ToiletProblem,
    ToiletProblemOpenError,
    Way,
)
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class FindToiletProblem:
    """A toilet has a problem: *kind* of ``toilet_problem``, *tags* of ``toilet_problem_tag``."""

    toilet_id: str
    kind: str
    tags: tuple[str, ...] = ()
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRectification(StepCommand):
    """How it is rectified: by a deadline with *plan* and *route*, and perhaps its own day. *cost* in fen."""

    problem_id: str
    way: Way
    plan: str = field(default="", repr=False)
    route: str = field(default="", repr=False)
    cost: Fen = 0
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetToiletAside(StepCommand):
    """It must be rebuilt, or the household is unwilling; *note* explains."""

    problem_id: str
    step: Literal[ProblemStep.NEED_REBUILD, ProblemStep.NOTE_UNWILLING]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckToilets(StepCommand):
    """The village's, the town's or the county's check found these right; all or none is taken."""

    problem_ids: tuple[str, ...]
    step: Literal[ProblemStep.VILLAGE_CHECK, ProblemStep.TOWN_CHECK, ProblemStep.COUNTY_CHECK]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendToiletBack(StepCommand):
    """A check did not find it right; *note* says what."""

    problem_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenToilet(StepCommand):
    """An inspection found that a closed problem is not rectified; *note* says what."""

    problem_id: str


def find_toilet_problems(
    commands: Sequence[FindToiletProblem], uow: UnitOfWork, policy: EnvironmentPolicy
) -> list[str]:
    """Record problems, all or none, and return their ids in the order given."""
    for one in commands:
        code_in("toilet_problem", one.kind)
        for tag in one.tags:
            code_in("toilet_problem_tag", tag)
    with uow:
        ids = [one.toilet_id for one in commands]
        toilets = {toilet.id: toilet for toilet in uow.environment.toilets.where("id", ids)}
        if len(set(ids)) < len(ids) or uow.environment.problems.where("open_toilet", ids):
            raise ToiletProblemOpenError
        if len(toilets) < len(ids):
            raise ToiletNotFoundError
        areas = uow.households.areas_of({toilet.household_id for toilet in toilets.values()})
        problems = [
            ToiletProblem.find(
                Acting(not_after_today(one.on, uow.clock), one.by, one.note.strip()),
                policy,
                id=uow.ids(),
                toilet_id=one.toilet_id,
                household_id=toilets[one.toilet_id].household_id,
                area_code=areas[toilets[one.toilet_id].household_id],
                kind=one.kind,
                tags=tuple(dict.fromkeys(one.tags)),
            )
            for one in commands
        ]
        uow.environment.problems.add_all(problems)
        uow.commit()
    return [one.id for one in problems]


def order_rectification(command: OrderRectification, uow: UnitOfWork, policy: EnvironmentPolicy) -> None:
    """Say how a problem is rectified."""
    with uow:
        problem = _problem(command, command.problem_id, uow)
        problem.order(
            command.way,
            acting_of(command, uow.clock),
            policy,
            plan=command.plan.strip(),
            route=command.route.strip(),
            cost=command.cost,
            due_on=command.due_on,
        )
        uow.environment.problems.save(problem)
        uow.commit()


def set_toilet_aside(command: SetToiletAside, uow: UnitOfWork) -> None:
    """Note that it must be rebuilt, or that the household is unwilling."""
    with uow:
        problem = _problem(command, command.problem_id, uow)
        problem.set_aside(command.step, acting_of(command, uow.clock))
        uow.environment.problems.save(problem)
        uow.commit()


def check_toilets(command: CheckToilets, uow: UnitOfWork) -> None:
    """Take one check of several problems; the county's closes them and the toilets are usable again."""
    with uow:
        acting = acting_of(command, uow.clock)
        for problem_id in command.problem_ids:
            problem = _problem(command, problem_id, uow)
            problem.check(command.step, acting)
            uow.environment.problems.save(problem)
            if not problem.is_open:
                _usable_again(problem, acting, uow)
        uow.commit()


def send_toilet_back(command: SendToiletBack, uow: UnitOfWork, policy: EnvironmentPolicy) -> None:
    """Return a problem for rectification."""
    with uow:
        problem = _problem(command, command.problem_id, uow)
        problem.send_back(acting_of(command, uow.clock), policy)
        uow.environment.problems.save(problem)
        uow.commit()


def reopen_toilet(command: ReopenToilet, uow: UnitOfWork, policy: EnvironmentPolicy) -> None:
    """Open a closed problem again; refused while the toilet has another open one."""
    with uow:
        problem = _problem(command, command.problem_id, uow)
        if any(
            other.id != problem.id
            for other in uow.environment.problems.where("open_toilet", [problem.toilet_id])
        ):
            raise ToiletProblemOpenError
        problem.reopen(acting_of(command, uow.clock), policy)
        uow.environment.problems.save(problem)
        uow.commit()


def _usable_again(problem: ToiletProblem, acting: Acting, uow: UnitOfWork) -> None:
    toilet = uow.environment.toilets.get(problem.toilet_id)
    if not toilet.usable:
        toilet.correct({"usable": True}, on=max(acting.on, toilet.recorded_on))
        uow.environment.toilets.save(toilet)


def _problem(command: StepCommand, problem_id: str, uow: UnitOfWork) -> ToiletProblem:
    problem = uow.environment.problems.get(problem_id)
    expect_version(problem, command.version)
    problem.area_code = uow.households.areas_of({problem.household_id})[problem.household_id]
    return problem
