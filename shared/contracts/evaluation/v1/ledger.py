"""Problems fed back and their rectification (三单一账), version 1. Owner: evaluation.

No event says in words what is wrong: codes alone travel. ``unit`` is a town's code or
the official name of a department; ``area_code`` is where the problem lies.
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData

Level = Literal["village", "town", "county"]
Stage = Literal["self", "town", "department", "county"]


class _OfProblem(EventData):
    problem_id: str
    unit: str

    @property
    def subject(self) -> str:
        return self.problem_id


class ProblemRegistered(_OfProblem):
    """A problem was found or fed back on *occurred_on*; nothing says yet that it is true."""

    type: ClassVar[str] = "evaluation.problem_registered.v1"

    source: Literal[
        "central",
        "province",
        "city",
        "county",
        "self",
        "audit",
        "petition",
        "12317",
        "inspection",
        "sample",
    ]
    category: str
    special: bool = False
    """It belongs to the drive against corruption and poor work style."""
    entry_due: bool = True
    """It was fed back, so the unit owes all four lists within the days the policy gives."""


class ProblemConfirmed(_OfProblem):
    """It is true, and of this unit, category and cause."""

    type: ClassVar[str] = "evaluation.problem_confirmed.v1"

    category: str
    cause: str
    systemic: bool
    special: bool = False


class ProblemRejected(_OfProblem):
    """It is not true."""

    type: ClassVar[str] = "evaluation.problem_rejected.v1"


class ProblemHandedOver(_OfProblem):
    """It was handed to its unit, to be closed by *due_on*; a later one replaces this."""

    type: ClassVar[str] = "evaluation.problem_handed_over.v1"

    level: Level
    lead_unit: str = ""
    due_on: date


class ProblemListed(_OfProblem):
    """All four lists of it are there: problem, task, responsibility, rectification."""

    type: ClassVar[str] = "evaluation.problem_listed.v1"


class ProblemCloseOutAsked(_OfProblem):
    """The unit asks for close-out; *mechanism*: a rule or mechanism is on file."""

    type: ClassVar[str] = "evaluation.problem_close_out_asked.v1"

    mechanism: bool


class ProblemRechecked(_OfProblem):
    """One stage of the re-check of the *round*-th close-out was passed, or sent back."""

    type: ClassVar[str] = "evaluation.problem_rechecked.v1"

    stage: Stage
    passed: bool
    round: int


class ProblemClosed(_OfProblem):
    """It is closed; *due_on* is missing when it was fixed on the spot before it was handed over."""

    type: ClassVar[str] = "evaluation.problem_closed.v1"

    due_on: date | None = None
    on_the_spot: bool = False


class ProblemRecurred(_OfProblem):
    """It came back: reopened, or found again as this new problem after *earlier_problem_id* was closed.

    *counts*: within the period of the policy. *times* is how often the same (unit, category and cause) came
    back within it, and *consequence* what is proposed to people.
    """

    type: ClassVar[str] = "evaluation.problem_recurred.v1"

    how: Literal["reopened", "found_again"]
    earlier_problem_id: str
    counts: bool
    times: int
    consequence: Literal["none", "notice", "trigger"]


class ProblemLookedBack(_OfProblem):
    """Somebody went back after close-out; *held*: the problem has stayed away."""

    type: ClassVar[str] = "evaluation.problem_looked_back.v1"

    held: bool


EVENTS: tuple[type[EventData], ...] = (
    ProblemRegistered,
    ProblemConfirmed,
    ProblemRejected,
    ProblemHandedOver,
    ProblemListed,
    ProblemCloseOutAsked,
    ProblemRechecked,
    ProblemClosed,
    ProblemRecurred,
    ProblemLookedBack,
)
