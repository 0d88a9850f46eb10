"""What is sent back to a department to be answered: results of its warnings, differences (6.1, item 4)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.monitoring.domain.comparison.errors import PushAnsweredError
from shared.kernel.aggregate import Aggregate

PushKind = Literal["results", "differences", "check"]


@dataclass(frozen=True, slots=True)
class Sent:
    """Something was pushed. What is pushed for a case is a :class:`CaseComparison` of its own."""

    push_id: str
    department: str
    kind: PushKind
    rows: int
    due_on: date
    limit_confirmed: bool
    on: date
    household_id: str = ""
    area_code: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The department answered."""

    push_id: str
    department: str
    on: date
    household_id: str = ""
    area_code: str = ""


@dataclass(kw_only=True)
class Push(Aggregate):
    """One delivery to one department; what it holds is kept beside it and does not change."""

    id: str
    department: str
    kind: PushKind
    rows: int
    sent_on: date
    sent_by: str
    due_on: date
    limit_confirmed: bool
    answered_on: date | None = None
    answered_by: str = ""
    note: str = field(default="", repr=False)

    def send(self) -> None:
        """Note that it is on its way."""
        self.raise_fact(
            Sent(
                self.id,
                self.department,
                self.kind,
                self.rows,
                self.due_on,
                self.limit_confirmed,
                self.sent_on,
            )
        )

    def answer(self, *, on: date, by: str = "", note: str = "") -> None:
        """Close it; refuses one that was answered."""
        if self.answered_on is not None:
            raise PushAnsweredError
        self.answered_on, self.answered_by, self.note = on, by, note.strip()
        self.raise_fact(Answered(self.id, self.department, on))
