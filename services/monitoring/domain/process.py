"""What goes step by step: which step leads from where to where, whose it is, and by when the next is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from services.monitoring.domain.case_facts import Acting
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import ConflictError, InvalidInputError, Language

OPEN = "open"
"""What the history calls the first entry, which is no step."""


class StepNotPossibleError(ConflictError):
    """Raised when a step is tried from a state it does not lead from."""

    code = "step_not_possible"
    zh = "目前是“{state_zh}”，不能办理“{step_zh}”"
    en = "It stands at “{state_en}”; “{step_en}” is not possible now"


class StepBeforeLastError(InvalidInputError):
    """Raised when a step is said to have happened before the one it follows."""

    code = "step_before_last"
    zh = "日期不能早于上一步（{last}）"
    en = "The day must not be before the last step ({last})"


class Dated(Protocol):
    """A limit in force: its value, and whether the county confirmed it."""

    @property
    def value(self) -> int: ...
    @property
    def confirmed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step: its words, whose it is (roles of accounts), and to which state it leads from which."""

    zh: str
    en: str
    roles: tuple[str, ...]
    leads: Mapping[str, str]

    def label(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Stepped:
    """A process came to *state* by *step*: the office's history, told to nobody."""

    process_id: str
    sequence: int
    step: str
    state: str
    acting: Acting


@dataclass(kw_only=True)
class Process(Aggregate):
    """Something of a village that is taken step by step. *due_on* is by when the next step is due.

    *area_code* is the village's (12 digits). A subclass names its ``STEPS`` and
    its ``STATES``; nothing else may move it.
    """

    STEPS: ClassVar[Mapping[str, StepRule]]
    STATES: ClassVar[Mapping[str, tuple[str, str]]]
    CLOSED: ClassVar[frozenset[str]] = frozenset()

    id: str
    area_code: str
    state: str
    last_step_on: date
    due_on: date | None = None
    limit_confirmed: bool = False
    steps: int = 0

    @property
    def is_open(self) -> bool:
        return self.state not in self.CLOSED

    def permits(self, step: str) -> bool:
        """Say whether *step* leads on from the present state."""
        return self.state in self.STEPS[step].leads

    def _begin(self, acting: Acting) -> None:
        self._note(OPEN, acting)

    def _take(self, step: str, acting: Acting) -> None:
        """Go where *step* leads; refuses a state it does not lead from, and a day before the last step."""
        rule = self.STEPS[step]
        if self.state not in rule.leads:
            state_zh, state_en = self.STATES[self.state]
            raise StepNotPossibleError(state_zh=state_zh, state_en=state_en, step_zh=rule.zh, step_en=rule.en)
        if acting.on < self.last_step_on:
            raise StepBeforeLastError(last=self.last_step_on.isoformat())
        self.state = rule.leads[self.state]
        self.last_step_on = acting.on
        self._note(step, acting)

    def _due(self, due_on: date | None, *, confirmed: bool = False) -> None:
        self.due_on, self.limit_confirmed = due_on, confirmed

    def _note(self, step: str, acting: Acting) -> None:
        self.steps += 1
        self.raise_fact(Stepped(self.id, self.steps, step, self.state, acting))
