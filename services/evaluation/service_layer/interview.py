"""Record an interview or a reminder (约谈提醒)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.interview import AboutKind, Interview, InterviewKind
from services.evaluation.domain.supervision_errors import DayOutOfOrderError
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInterview:
    """*responsible* may name a person: it stays in this office. *held_on* is not after today."""

    unit: str
    kind: InterviewKind
    held_on: date
    matter: str = field(repr=False)
    responsible: str = field(default="", repr=False)
    about_kind: AboutKind = ""
    about_id: str = ""
    due_on: date | None = None


def record_interview(command: RecordInterview, uow: UnitOfWork, units: Collection[str]) -> str:
    """Keep the record and return its id; raises UnknownUnitError or DayOutOfOrderError."""
    if command.unit not in units:
        raise UnknownUnitError(unit=command.unit[:64])
    with uow:
        if command.held_on > day_of(uow.clock()):
            raise DayOutOfOrderError(day=command.held_on.isoformat())
        interview = Interview.record(
            interview_id=uow.ids(),
            kind=command.kind,
            unit=command.unit,
            held_on=command.held_on,
            matter=command.matter,
            responsible=command.responsible,
            about_kind=command.about_kind,
            about_id=command.about_id,
            due_on=command.due_on,
        )
        uow.interviews.add(interview)
        uow.commit()
    return interview.id
