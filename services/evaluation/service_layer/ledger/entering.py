"""The supervision office's part of the ledger: problems are entered, confirmed or rejected, handed over."""

from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.parts import Responsible
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.state import Level, Source
from services.evaluation.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope


@dataclass(frozen=True, slots=True)
class EnterProblem:
    """What was found. *unit*: town code or official name; *problem_id* when a cause gives it, else a new one.

    *text* stays in this office: no event carries it. *found_on* is the day of the finding
    or of the feedback.
    """

    unit: str
    source: Source
    category: str
    text: str
    found_on: date
    area_code: str = ""
    household_id: str = ""
    document_no: str = ""
    cause: str = ""
    systemic: bool = False
    problem_id: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmProblem:
    """It is true, of this unit, category and cause."""

    problem_id: str
    unit: str
    category: str
    cause: str
    systemic: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class RejectProblem:
    problem_id: str
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class FixOnTheSpot:
    problem_id: str
    what: str
    evidence: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class HandOverProblem:
    """The level that can put it right, who answers, and the day by which it is closed."""

    problem_id: str
    level: Level
    due_on: date
    lead_unit: str = ""
    supervising_unit: str = ""
    leader: str = ""
    person: str = ""
    seen: int | None = None


def enter_problem(
    command: EnterProblem,
    uow: UnitOfWork,
    policy: LedgerPolicy,
    acting: Acting,
    *,
    cause: Envelope | None = None,
) -> str:
    """Enter a problem and return its id; with *cause* its events are consequences of that event.

    Raises UnknownLedgerUnitError, UnknownLedgerCodeError or LedgerDayError.
    """
    with uow:
        problem_id = put_into_ledger(command, uow, policy, acting, cause=cause)
        uow.commit()
    return problem_id


def put_into_ledger(
    command: EnterProblem,
    uow: UnitOfWork,
    policy: LedgerPolicy,
    acting: Acting,
    *,
    cause: Envelope | None = None,
) -> str:
    """Do what ``enter_problem`` does in the caller's transaction; an id that is known changes nothing."""
    problem_id = command.problem_id or uow.ids()
    if command.problem_id and uow.problems.knows(problem_id):
        return problem_id
    problem = Problem(
        id=problem_id,
        number=uow.problems.next_number(acting.on.year),
        unit=command.unit,
        source=command.source,
        category=command.category,
        text=command.text,
        found_on=command.found_on,
        registered_on=acting.on,
        area_code=command.area_code,
        household_id=command.household_id,
        document_no=command.document_no,
        cause=command.cause,
        systemic=command.systemic,
    )
    problem.register(policy, acting)
    if cause is None:
        uow.problems.add(problem)
    else:
        with uow.caused_by(cause):
            uow.problems.add(problem)
    return problem_id


def confirm_problem(command: ConfirmProblem, uow: UnitOfWork, policy: LedgerPolicy, acting: Acting) -> None:
    """Find the problem true; it may turn out that it has come back."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.confirm(
            command.unit,
            command.category,
            command.cause,
            systemic=command.systemic,
            likes=uow.problems.likes(problem, command.unit, command.category, command.cause),
            policy=policy,
            acting=acting,
        )
        uow.problems.save(problem)
        uow.commit()


def reject_problem(command: RejectProblem, uow: UnitOfWork, acting: Acting) -> None:
    """Find the problem untrue."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.reject(command.reason, acting)
        uow.problems.save(problem)
        uow.commit()


def fix_on_the_spot(command: FixOnTheSpot, uow: UnitOfWork, acting: Acting) -> None:
    """Close what was put right at once."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.fix_on_the_spot(command.what, command.evidence, acting)
        uow.problems.save(problem)
        uow.commit()


def hand_over_problem(
    command: HandOverProblem, uow: UnitOfWork, policy: LedgerPolicy, acting: Acting
) -> None:
    """Hand the problem to its unit; a lead unit must be one that is assessed, a supervising one need not."""
    if command.lead_unit:
        policy.require_unit(command.lead_unit)
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        responsible = Responsible(command.lead_unit, command.supervising_unit, command.leader, command.person)
        problem.hand_over(command.level, responsible, command.due_on, acting)
        uow.problems.save(problem)
        uow.commit()
