"""Re-checks, closing, look-back visits and reopening."""

from dataclasses import dataclass

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.recurrence import Likes
from services.evaluation.domain.ledger.state import Stage
from services.evaluation.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Recheck:
    """The result of one stage; *note* is the reason when it is sent back."""

    problem_id: str
    stage: Stage
    passed: bool
    note: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ReopenProblem:
    problem_id: str
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class LookBack:
    """*held*: the problem has stayed away; otherwise it is reopened."""

    problem_id: str
    held: bool
    note: str = ""
    seen: int | None = None


def recheck(command: Recheck, uow: UnitOfWork, acting: Acting) -> None:
    """Pass a stage (the last one closes the problem) or send it back."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        if command.passed:
            problem.approve(command.stage, command.note, acting)
        else:
            problem.send_back(command.stage, command.note, acting)
        uow.problems.save(problem)
        uow.commit()


def reopen_problem(command: ReopenProblem, uow: UnitOfWork, policy: LedgerPolicy, acting: Acting) -> None:
    """Reopen what has come back."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.reopen(command.reason, _likes(problem, uow), policy, acting)
        uow.problems.save(problem)
        uow.commit()


def look_back(command: LookBack, uow: UnitOfWork, policy: LedgerPolicy, acting: Acting) -> None:
    """Record a visit after close-out."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.look_back(command.held, command.note, _likes(problem, uow), policy, acting)
        uow.problems.save(problem)
        uow.commit()


def _likes(problem: Problem, uow: UnitOfWork) -> Likes:
    return uow.problems.likes(problem, problem.unit, problem.category, problem.cause)
