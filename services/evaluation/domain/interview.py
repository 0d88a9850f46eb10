"""An interview or a reminder (约谈提醒): that a unit's leaders were spoken to, and what must follow."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from services.evaluation.domain.supervision_errors import DayOutOfOrderError, WithoutWordsError
from shared.kernel.aggregate import Aggregate

InterviewKind = Literal["reminder", "interview"]
AboutKind = Literal["", "order", "problem", "trigger", "inspection"]


@dataclass(frozen=True, slots=True)
class InterviewRecorded:
    interview: "Interview"


@dataclass(kw_only=True)
class Interview(Aggregate):
    """One talk; *matter*, *responsible* (整改责任人) and *due_on* (整改时限) are those of the paper form.

    A person's name may stand in *responsible*: it stays in this office and in no event.
    """

    id: str
    kind: InterviewKind
    unit: str
    held_on: date
    about_kind: AboutKind
    about_id: str
    due_on: date | None
    matter: str = field(repr=False)
    responsible: str = field(default="", repr=False)

    @classmethod
    def record(  # noqa: PLR0913  (what a record says)
        cls,
        *,
        interview_id: str,
        kind: InterviewKind,
        unit: str,
        held_on: date,
        matter: str,
        responsible: str = "",
        about_kind: AboutKind = "",
        about_id: str = "",
        due_on: date | None = None,
    ) -> Self:
        """Return the record; refuses an empty matter and a day to put it right before the talk."""
        if not matter.strip():
            raise WithoutWordsError
        if due_on is not None and due_on < held_on:
            raise DayOutOfOrderError(day=due_on.isoformat())
        interview = cls(
            id=interview_id,
            kind=kind,
            unit=unit,
            held_on=held_on,
            matter=matter.strip(),
            responsible=responsible.strip(),
            about_kind=about_kind,
            about_id=about_id,
            due_on=due_on,
        )
        interview.raise_fact(InterviewRecorded(interview))
        return interview
