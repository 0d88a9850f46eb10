"""What goes step by step in this department: which step leads from where to where, and what it told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Self

from services.finance.domain.errors import DayOrderError, NotYetError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import ConflictError, InvalidInputError

OPENED = "open"
"""What the history calls the first entry, which is no step."""


class ProcessStepError(ConflictError):
    """Raised when a step is tried from a state it does not lead from."""

    code = "process_step_not_permitted"
    zh = "目前是“{state_zh}”，不能办理“{step_zh}”"
    en = "It stands at “{state_en}”; “{step_en}” is not possible now"


class PositiveAmountError(InvalidInputError):
    """Raised for an amount of money that is nothing or less."""

    code = "amount_not_above_zero"
    zh = "{what_zh}应大于零"
    en = "{what_en} must be above zero"


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step: its words, and to which state it leads from which (a state may lead to itself)."""

    zh: str
    en: str
    leads: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, and on which day it happened; *today* is the county's day, which no record may pass."""

    on: date
    today: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Stepped:
    """*process* took *step*; *told* is what was said with it, as it stood then."""

    process: "Process"
    step: str
    on: date
    told: Mapping[str, Any]


@dataclass(kw_only=True)
class Process(Aggregate):
    """Something taken step by step. *area_code* is a village's, a town's or the county's.

    A subclass names its ``STEPS``, its ``STATES`` and those in which nothing more
    is expected (``CLOSED``); nothing else may move it. *history* holds each step
    with its day and the account that took it.
    """

    STEPS: ClassVar[Mapping[str, StepRule]]
    STATES: ClassVar[Mapping[str, tuple[str, str]]]
    CLOSED: ClassVar[frozenset[str]] = frozenset()

    id: str
    area_code: str
    state: str
    last_step_on: date
    history: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)

    @property
    def is_open(self) -> bool:
        return self.state not in self.CLOSED

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps permitted now."""
        return tuple(step for step in self.STEPS if self.permits(step))

    def permits(self, step: str) -> bool:
        """Say whether *step* leads on from the present state."""
        return self.state in self.STEPS[step].leads

    def begun(self, acting: Acting) -> Self:
        """Return this one with its first entry; refuses a day that has not come."""
        if acting.on > acting.today:
            raise NotYetError(day=acting.on.isoformat())
        self._note(OPENED, acting, {})
        return self

    def ensure(self, step: str, acting: Acting) -> None:
        """Refuse *step* from a state it does not lead from, before the last step, or on a day to come."""
        rule = self.STEPS[step]
        if self.state not in rule.leads:
            state_zh, state_en = self.STATES[self.state]
            raise ProcessStepError(state_zh=state_zh, state_en=state_en, step_zh=rule.zh, step_en=rule.en)
        if acting.on > acting.today:
            raise NotYetError(day=acting.on.isoformat())
        if acting.on < self.last_step_on:
            raise DayOrderError(day=acting.on.isoformat(), earlier=self.last_step_on.isoformat())

    def _take(self, step: str, acting: Acting, **told: Any) -> None:  # noqa: ANN401  (as the step tells)
        self.ensure(step, acting)
        self.state = self.STEPS[step].leads[self.state]
        self.last_step_on = acting.on
        self._note(step, acting, told)

    def _note(self, step: str, acting: Acting, told: Mapping[str, Any]) -> None:
        self.history = (*self.history, (step, acting.on.isoformat(), acting.by))
        self.raise_fact(Stepped(self, step, acting.on, told))


def ensure_positive(amount_fen: int, what_zh: str, what_en: str) -> None:
    """Refuse an amount that is nothing or less; *what* names it."""
    if amount_fen <= 0:
        raise PositiveAmountError(what_zh=what_zh, what_en=what_en)
