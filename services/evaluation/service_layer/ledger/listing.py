"""A list of fed-back problems is sent in, looked at, and imported as a whole or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.ledger.problem_list import ListedProblem, ProblemList
from services.evaluation.domain.ledger.state import Source
from services.evaluation.service_layer.ledger.entering import EnterProblem, put_into_ledger
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.ids import derived_id


@dataclass(frozen=True, slots=True)
class SendProblemList:
    """A file as it was read. *found_on* is the day of the feedback, *document_no* its number."""

    name: str
    sha256: str
    source: Source
    document_no: str
    found_on: date
    lines: Sequence[ListedProblem]


@dataclass(frozen=True, slots=True)
class ImportProblemList:
    list_id: str


@dataclass(frozen=True, slots=True)
class DiscardProblemList:
    list_id: str


def send_problem_list(command: SendProblemList, uow: UnitOfWork, acting: Acting) -> str:
    """Keep the list to be looked at and return its id; nothing is in the ledger yet."""
    with uow:
        made = ProblemList(
            id=uow.ids(),
            name=command.name,
            sha256=command.sha256,
            source=command.source,
            document_no=command.document_no,
            found_on=command.found_on,
            sent_on=acting.on,
            sent_by=acting.by,
            lines=tuple(command.lines),
        )
        uow.problem_lists.add(made)
        uow.commit()
    return made.id


def import_problem_list(
    command: ImportProblemList, uow: UnitOfWork, policy: LedgerPolicy, acting: Acting
) -> int:
    """Enter every good line of the list in one transaction and return how many."""
    with uow:
        one = uow.problem_lists.get(command.list_id)
        lines = one.take_in()
        for line in lines:
            entered = EnterProblem(
                unit=line.unit,
                source=Source(one.source),
                category=line.category,
                text=line.text,
                found_on=one.found_on,
                area_code=line.area_code,
                document_no=one.document_no,
                cause=line.cause,
                systemic=line.systemic,
                problem_id=derived_id(one.id, str(line.line)),
            )
            put_into_ledger(entered, uow, policy, acting)
        uow.problem_lists.save(one)
        uow.commit()
    return len(lines)


def discard_problem_list(command: DiscardProblemList, uow: UnitOfWork) -> None:
    """Throw a list away that was not imported."""
    with uow:
        one = uow.problem_lists.get(command.list_id)
        one.discard()
        uow.problem_lists.save(one)
        uow.commit()
