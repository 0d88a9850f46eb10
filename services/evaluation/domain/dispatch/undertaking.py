"""What a unit has undertaken to do by a day (限办事项): a decision, a site's task, a project, a complaint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.evaluation.domain.dispatch.errors import DispatchStepError, DueBeforeError, EmptyTextError
from shared.kernel.aggregate import Aggregate

KINDS: Mapping[str, tuple[str, str]] = {
    "decision": ("例会议定事项", "Decision of a meeting"),
    "site_task": ("示范点任务", "Task of a demonstration site"),
    "project": ("乡村建设项目", "Construction project"),
    "complaint": ("舆情和投诉", "Public opinion or complaint"),
}


class UndertakingState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class UndertakingStep(StrEnum):
    FINISH = "finish"
    DROP = "drop"


_S, _T = UndertakingState, UndertakingStep
STEPS: Mapping[UndertakingStep, tuple[frozenset[UndertakingState], UndertakingState]] = {
    _T.FINISH: (frozenset({_S.OPEN}), _S.DONE),
    _T.DROP: (frozenset({_S.OPEN}), _S.DROPPED),
}
STATE_WORDS: Mapping[UndertakingState, tuple[str, str]] = {
    _S.OPEN: ("办理中", "open"),
    _S.DONE: ("已办结", "done"),
    _S.DROPPED: ("已取消", "dropped"),
}
_STEP_WORDS = {_T.FINISH: ("办结", "finished"), _T.DROP: ("取消", "dropped")}


@dataclass(frozen=True, slots=True)
class Undertaken:
    one: "Undertaking"


@dataclass(frozen=True, slots=True)
class Finished:
    one: "Undertaking"
    on: date


@dataclass(frozen=True, slots=True)
class Dropped:
    one: "Undertaking"
    on: date


@dataclass(kw_only=True)
class Undertaking(Aggregate):
    """*unit* (town code or department) does *text* by *due_on*; *source_id* is the meeting or site it is of.

    A decision of a meeting is followed by a supervision order, *order_id*. Being
    overdue is no state: it is read from the day.
    """

    id: str
    kind: str
    text: str = field(repr=False)
    unit: str
    lead: str
    source_id: str
    area_code: str
    made_on: date
    due_on: date
    state: UndertakingState = UndertakingState.OPEN
    ended_on: date | None = None
    result: str = field(default="", repr=False)
    order_id: str = ""

    @classmethod
    def make(  # noqa: PLR0913  (what an undertaking is made of)
        cls,
        *,
        undertaking_id: str,
        kind: str,
        text: str,
        unit: str,
        made_on: date,
        due_on: date,
        lead: str = "",
        source_id: str = "",
        area_code: str = "",
    ) -> "Undertaking":
        """Return a new one; refuses an empty text and a day before it was undertaken."""
        if not text.strip():
            raise EmptyTextError(what_zh="事项内容", what_en="text of what is to be done")
        if due_on < made_on:
            raise DueBeforeError(due_on=due_on.isoformat(), made_on=made_on.isoformat())
        one = cls(
            id=undertaking_id,
            kind=kind,
            text=text.strip(),
            unit=unit,
            lead=lead,
            source_id=source_id,
            area_code=area_code,
            made_on=made_on,
            due_on=due_on,
        )
        one.raise_fact(Undertaken(one))
        return one

    def overdue(self, day: date) -> bool:
        """Say whether it is late: open after its day, or done after it."""
        return self.state is not UndertakingState.DROPPED and (self.ended_on or day) > self.due_on

    def finish(self, result: str, *, on: date) -> None:
        """Note that it is done, and what came of it."""
        self._end(UndertakingStep.FINISH, result, on)
        self.raise_fact(Finished(self, on))

    def drop(self, reason: str, *, on: date) -> None:
        """Note that it is no longer owed, and why: it then counts for nobody."""
        self._end(UndertakingStep.DROP, reason, on)
        self.raise_fact(Dropped(self, on))

    def _end(self, step: UndertakingStep, result: str, on: date) -> None:
        if not result.strip():
            raise EmptyTextError(what_zh="办理结果或取消原因", what_en="result or the reason")
        states, after = STEPS[step]
        if self.state not in states:
            state, named = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise DispatchStepError(state_zh=state[0], state_en=state[1], step_zh=named[0], step_en=named[1])
        self.state, self.ended_on, self.result = after, on, result.strip()
