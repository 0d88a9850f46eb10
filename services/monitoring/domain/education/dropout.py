"""A child of school age found out of school: who is responsible, what was tried, how it ended (7.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before
from services.monitoring.domain.guarantee_errors import UnknownResponsibleError

SEVEN = ("county", "education", "town", "village", "head", "teacher", "parent")
"""七长: 县长、教育局长、镇长、村长、校长、班主任（师长）、家长 (the code list ``seven_responsible``)."""
STATES = {
    "found": ("劝返中", "being persuaded"),
    "notified": ("已发限期返校通知", "notice to return served"),
    "ended": ("已办结", "ended"),
}
WAYS = {
    "name": Way(("found", "notified"), None, "明确七长责任人", "name who is responsible"),
    "persuade": Way(("found", "notified"), None, "登记劝返", "record a persuasion"),
    "notify": Way(("found",), "notified", "发限期返校通知书", "serve the notice to return"),
    "end": Way(("found", "notified"), "ended", "办结", "end the case"),
}
UNDER_WAY = ("found", "notified")
"""The states in which somebody still has to bring the child back."""
RETURNED, TAUGHT_AT_HOME = "returned", "taught_at_home"


@dataclass(frozen=True, slots=True)
class Found:
    """A dropout was found."""

    dropout: "Dropout"


@dataclass(frozen=True, slots=True)
class Ended:
    """The case of a dropout ended."""

    dropout: "Dropout"


@dataclass(frozen=True, slots=True)
class Persuasion:
    """Somebody of the seven spoke with child and family. *note* stays in this service."""

    on: date
    role: str
    note: str = field(default="", repr=False)


@dataclass(kw_only=True)
class Dropout(Guarantee):
    """One child's case. It belongs to the household change *change_id*; ending it puts that right.

    *responsible* gives for each role of ``SEVEN`` the person's number or post: names stay
    inside this service and enter no event.
    """

    person_id: str
    change_id: str
    reason: str
    state: str = "found"
    found_on: date
    due_on: date
    limit_confirmed: bool
    responsible: Mapping[str, str] = field(default_factory=dict, repr=False)
    persuasions: tuple[Persuasion, ...] = ()
    notice_no: str = ""
    notified_on: date | None = None
    return_by: date | None = None
    result: str = ""
    ended_on: date | None = None

    @classmethod
    def open(cls, **found: object) -> Self:
        """Return a new case (the fields above)."""
        case = cls(**found)  # type: ignore[arg-type]  # the fields above, from one caller
        case.raise_fact(Found(case))
        return case

    @property
    def missing(self) -> tuple[str, ...]:
        """The roles of the seven for which nobody is named yet."""
        return tuple(role for role in SEVEN if not self.responsible.get(role))

    @property
    def last_done_on(self) -> date:
        """The latest day anything is recorded of: what follows is not before it."""
        days = [self.found_on, *(one.on for one in self.persuasions)]
        return max([*days, self.notified_on] if self.notified_on else days)

    def name(self, responsible: Mapping[str, str]) -> None:
        """Name who is responsible, for any of the seven; an empty text takes one away."""
        self.state = moved(WAYS, STATES, "name", self.state)
        for role in responsible:
            if role not in SEVEN:
                raise UnknownResponsibleError(role=role[:20])
        merged = {**self.responsible, **responsible}
        self.responsible = {role: merged[role] for role in SEVEN if merged.get(role)}

    def persuade(self, persuasion: Persuasion) -> None:
        """Record that somebody of the seven tried to bring the child back."""
        self.state = moved(WAYS, STATES, "persuade", self.state)
        if persuasion.role not in SEVEN:
            raise UnknownResponsibleError(role=persuasion.role[:20])
        not_before(persuasion.on, self.found_on)
        self.persuasions = (*self.persuasions, persuasion)

    def notify(self, notice_no: str, *, on: date, return_by: date) -> None:
        """Serve 《限期返校通知书》 on the parents; *return_by* is the day the notice sets."""
        state = moved(WAYS, STATES, "notify", self.state)
        not_before(on, self.found_on)
        not_before(return_by, on)
        self.state, self.notice_no, self.notified_on, self.return_by = state, notice_no, on, return_by

    def end(self, result: str, *, on: date) -> None:
        """End the case with a code of ``dropout_result``."""
        state = moved(WAYS, STATES, "end", self.state)
        not_before(on, self.last_done_on)
        self.state, self.result, self.ended_on = state, result, on
        self.raise_fact(Ended(self))
