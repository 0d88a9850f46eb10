"""Commands on households without safe water."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.water.policy import WaterPolicy
from services.monitoring.domain.water.problem import CRITERION_OF_CHANGE, Criterion, WaterProblem
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.resolving import resolve_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class FindWaterProblem:
    """Somebody finds a household without safe water; *criterion* is a code of ``water_criterion``."""

    household_id: str
    criterion: Criterion
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeWater(StepCommand):
    """What is being done about it; *note* says what."""

    problem_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseWaterProblem(StepCommand):
    """The water is safe; the recorded change is put right with it."""

    problem_id: str


def find_water_problem(command: FindWaterProblem, uow: UnitOfWork, policy: WaterPolicy) -> str:
    """Record a problem and return its id; a household keeps the one it has of the same criterion."""
    code_in("water_criterion", command.criterion)
    with uow:
        household = uow.households.get(command.household_id)
        acting = Acting(not_after_today(command.on, uow.clock), command.by, command.note.strip())
        problem_id = open_problem(household.id, household.area_code, command.criterion, acting, uow, policy)
        uow.commit()
    return problem_id


def open_problem(
    household_id: str,
    area_code: str,
    criterion: Criterion,
    acting: Acting,
    uow: UnitOfWork,
    policy: WaterPolicy,
    *,
    cause: str = "",
) -> str:
    """Return the household's open problem of *criterion*, or a new one."""
    for known in uow.water.open_problems({household_id}):
        if known.criterion == criterion:
            return known.id
    problem = WaterProblem.find(
        acting,
        policy,
        id=uow.ids(),
        household_id=household_id,
        area_code=area_code,
        criterion=criterion,
        cause=cause,
    )
    uow.water.problems.add(problem)
    return problem.id


def arrange_water(command: ArrangeWater, uow: UnitOfWork) -> None:
    """Note what is being done."""
    with uow:
        problem = _problem(command, command.problem_id, uow)
        problem.arrange(acting_of(command, uow.clock))
        uow.water.problems.save(problem)
        uow.commit()


def close_water_problem(command: CloseWaterProblem, uow: UnitOfWork) -> None:
    """Note that the water is safe, and put right the changes that told of it."""
    with uow:
        problem = _problem(command, command.problem_id, uow)
        acting = acting_of(command, uow.clock)
        problem.close(acting)
        uow.water.problems.save(problem)
        details = frozenset(
            detail for detail, criterion in CRITERION_OF_CHANGE.items() if criterion == problem.criterion
        )
        with uow.caused_by(uow.last_told()):
            resolve_changes(problem.household_id, "water", acting, uow, details)
        uow.commit()


def _problem(command: StepCommand, problem_id: str, uow: UnitOfWork) -> WaterProblem:
    problem = uow.water.problems.get(problem_id)
    expect_version(problem, command.version)
    problem.area_code = uow.households.areas_of({problem.household_id})[problem.household_id]
    return problem
