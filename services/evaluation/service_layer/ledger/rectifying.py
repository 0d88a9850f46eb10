"""The responsible unit's part of the ledger: plan, progress, passing up, asking for close-out."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.parts import Plan, Progress
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.reporting.file_kind import ENDINGS, kind_of
from services.evaluation.service_layer.ports import UnitOfWork

LARGEST_EVIDENCE = 10 * (1 << 20)
"""Bytes of one file."""


@dataclass(frozen=True, slots=True)
class SendUp:
    """The unit cannot put it right: the next level takes it."""

    problem_id: str
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRectification:
    """Measures, target, standard of completion and stages."""

    problem_id: str
    plan: Plan
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class RecordProgress:
    """What was done by *on*; *evidence* says where the proof is, *reached* the stages, by position from 0."""

    problem_id: str
    on: date
    text: str
    evidence: str = ""
    files: tuple[str, ...] = ()
    reached: frozenset[int] = frozenset()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class AskCloseOut:
    """*mechanism* is the rule or mechanism on file (长效机制); a systemic problem needs one."""

    problem_id: str
    completed_on: date
    mechanism: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """A file that proves what was recorded last; PDF, picture, workbook or text document."""

    problem_id: str
    name: str
    content: bytes = field(repr=False)
    seen: int | None = None


def attach_evidence(command: AttachEvidence, uow: UnitOfWork, acting: Acting) -> str:
    """Keep the file with the problem and return its key; raises FileTooLargeError or FileKindRefusedError."""
    kind = kind_of(command.name, command.content, most_bytes=LARGEST_EVIDENCE)
    sha256 = hashlib.sha256(command.content).hexdigest()
    key = f"{sha256}.{ENDINGS[kind]}"
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.attach(key, acting)
        uow.reporting.files.put(sha256, kind, command.content)
        uow.problems.save(problem)
        uow.commit()
    return key


def send_up(command: SendUp, uow: UnitOfWork, acting: Acting) -> None:
    """Pass the problem up a level."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.send_up(command.reason, acting)
        uow.problems.save(problem)
        uow.commit()


def plan_rectification(command: PlanRectification, uow: UnitOfWork, acting: Acting) -> None:
    """Say how the problem is put right."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.make_plan(command.plan, acting)
        uow.problems.save(problem)
        uow.commit()


def record_progress(command: RecordProgress, uow: UnitOfWork, acting: Acting) -> None:
    """Record what was done."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        progress = Progress(command.on, command.text, acting.by, command.evidence, command.files)
        problem.record_progress(progress, command.reached, acting)
        uow.problems.save(problem)
        uow.commit()


def ask_close_out(command: AskCloseOut, uow: UnitOfWork, policy: LedgerPolicy, acting: Acting) -> None:
    """Ask that the problem be closed."""
    with uow:
        problem = uow.problems.get(command.problem_id)
        problem.expect_version(command.seen)
        problem.ask_close_out(command.completed_on, command.mechanism, policy, acting)
        uow.problems.save(problem)
        uow.commit()
