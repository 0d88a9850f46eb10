"""A trigger of accountability (问责线索): proposed by rule, decided by people, never a penalty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, Self, get_args

from services.evaluation.domain.supervision_errors import (
    DayOutOfOrderError,
    TriggerStepError,
    TriggerWithoutFileError,
    WithoutWordsError,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id

TriggerKind = Literal["recurrence", "order_overdue"]
"""The only two of plan item 37 that a rule can find; the other two are findings of people (domain 4.3)."""
KINDS: tuple[TriggerKind, ...] = get_args(TriggerKind)
DISCIPLINE_OFFICE = "县纪委监委"
"""To whom a trigger is passed on (indicator I37-6)."""


class TriggerState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    REFERRED = "referred"
    CONCLUDED = "concluded"


class TriggerStep(StrEnum):
    CONFIRM = "confirm"
    REJECT = "reject"
    REFER = "refer"
    CONCLUDE = "conclude"


_S, _T = TriggerState, TriggerStep
STEPS: Mapping[TriggerStep, tuple[frozenset[TriggerState], TriggerState]] = {
    _T.CONFIRM: (frozenset({_S.PROPOSED}), _S.CONFIRMED),
    _T.REJECT: (frozenset({_S.PROPOSED, _S.CONFIRMED}), _S.REJECTED),
    _T.REFER: (frozenset({_S.CONFIRMED}), _S.REFERRED),
    _T.CONCLUDE: (frozenset({_S.REFERRED}), _S.CONCLUDED),
}
STATE_WORDS: Mapping[TriggerState, tuple[str, str]] = {
    _S.PROPOSED: ("待研判", "proposed"),
    _S.CONFIRMED: ("已确认", "confirmed"),
    _S.REJECTED: ("不予采纳", "rejected"),
    _S.REFERRED: ("已移送县纪委监委", "passed to the discipline office"),
    _S.CONCLUDED: ("已反馈结果", "concluded"),
}
_STEP_WORDS: Mapping[TriggerStep, tuple[str, str]] = {
    _T.CONFIRM: ("确认", "confirmed"),
    _T.REJECT: ("不予采纳", "rejected"),
    _T.REFER: ("移送", "passed on"),
    _T.CONCLUDE: ("登记结果", "concluded"),
}


@dataclass(frozen=True, slots=True)
class RecurrenceFound:
    """A problem that came back so often that the ledger marks it, with every event of its coming back."""

    unit: str
    problem_id: str
    times: int
    cause_events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TriggerProposed:
    trigger: "Trigger"


@dataclass(frozen=True, slots=True)
class TriggerDecided:
    """People confirmed or rejected it."""

    trigger: "Trigger"
    confirmed: bool
    on: date


@dataclass(frozen=True, slots=True)
class TriggerReferred:
    trigger: "Trigger"


@dataclass(frozen=True, slots=True)
class TriggerConcluded:
    trigger: "Trigger"


@dataclass(kw_only=True)
class Trigger(Aggregate):
    """A case that meets a rule, with its file: *cause_events* are the journalled events that led to it.

    *subject* is the id of the problem or order; *times* how often it recurred, or
    how many days it was overdue. The words of people stay in this office.
    """

    id: str
    kind: TriggerKind
    unit: str
    subject: str
    times: int
    cause_events: tuple[str, ...]
    rule_confirmed: bool
    proposed_on: date
    state: TriggerState = TriggerState.PROPOSED
    decided_on: date | None = None
    reason: str = field(default="", repr=False)
    referred_on: date | None = None
    concluded_on: date | None = None
    outcome: str = ""
    """A category of ``outcome_categories``, as the discipline office reported it."""

    @classmethod
    def propose(
        cls,
        *,
        kind: TriggerKind,
        unit: str,
        subject: str,
        times: int,
        cause_events: Sequence[str],
        rule_confirmed: bool,
        on: date,
    ) -> Self:
        """Return the trigger a rule proposes; the same subject and count always give the same one."""
        if not cause_events or not all(cause_events):
            raise TriggerWithoutFileError
        trigger = cls(
            id=trigger_id(kind, unit, subject, times),
            kind=kind,
            unit=unit,
            subject=subject,
            times=times,
            cause_events=tuple(dict.fromkeys(cause_events)),
            rule_confirmed=rule_confirmed,
            proposed_on=on,
        )
        trigger.raise_fact(TriggerProposed(trigger))
        return trigger

    def permits(self, step: TriggerStep) -> bool:
        return self.state in STEPS[step][0]

    def confirm(self, *, on: date, reason: str = "") -> None:
        """People find that it is so; nothing follows by itself."""
        self._take(TriggerStep.CONFIRM, on, after=self.proposed_on)
        self.decided_on, self.reason = on, reason.strip()
        self.raise_fact(TriggerDecided(self, confirmed=True, on=on))

    def reject(self, *, on: date, reason: str) -> None:
        """People find that it is not so, and say why."""
        if not reason.strip():
            raise WithoutWordsError
        self._take(TriggerStep.REJECT, on, after=self.proposed_on)
        self.decided_on, self.reason = on, reason.strip()
        self.raise_fact(TriggerDecided(self, confirmed=False, on=on))

    def refer(self, *, on: date) -> None:
        """It was passed to 县纪委监委 on that day."""
        self._take(TriggerStep.REFER, on, after=self.decided_on or self.proposed_on)
        self.referred_on = on
        self.raise_fact(TriggerReferred(self))

    def conclude(self, *, on: date, outcome: str) -> None:
        """The discipline office reported an outcome; only its category is kept."""
        self._take(TriggerStep.CONCLUDE, on, after=self.referred_on or self.proposed_on)
        self.concluded_on, self.outcome = on, outcome
        self.raise_fact(TriggerConcluded(self))

    def _take(self, step: TriggerStep, on: date, *, after: date) -> None:
        before, then = STEPS[step]
        if self.state not in before:
            state, words = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise TriggerStepError(state_zh=state[0], state_en=state[1], step_zh=words[0], step_en=words[1])
        if on < after:
            raise DayOutOfOrderError(day=on.isoformat())
        self.state = then


def trigger_id(kind: str, unit: str, subject: str, times: int) -> str:
    """Return the id of the trigger: a recurrence is one per count, an overdue order one for ever."""
    return derived_id("trigger", kind, unit, subject, str(times) if kind == "recurrence" else "")
