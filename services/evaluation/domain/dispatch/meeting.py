"""The quarterly meeting (季例会) and what each action owes of it (plan item 25)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.dispatch.action import Action, DispatchPolicy, Quarter
from services.evaluation.domain.dispatch.errors import DispatchStepError, EmptyTextError
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


@dataclass(frozen=True, slots=True)
class MeetingOwed:
    duty: "MeetingDuty"
    on: date


@dataclass(frozen=True, slots=True)
class MeetingHeld:
    duty: "MeetingDuty"
    meeting_id: str
    on: date


@dataclass(kw_only=True)
class MeetingDuty(Aggregate):
    """One action must be dealt with at a meeting in one quarter; *meeting_id* is empty until it was."""

    id: str
    quarter: str
    action: str
    unit: str
    due_on: date
    limit_confirmed: bool
    meeting_id: str = ""
    held_on: date | None = None

    @classmethod
    def owed(cls, action: Action, quarter: Quarter, policy: DispatchPolicy, *, on: date) -> "MeetingDuty":
        """Return what an action owes for a quarter; the same for ever, whoever asks."""
        duty = cls(
            id=derived_id("quarter_meeting", str(quarter), action.code),
            quarter=str(quarter),
            action=action.code,
            unit=action.lead,
            due_on=policy.meeting_due(quarter),
            limit_confirmed=policy.meeting_days.entry_on(quarter.last_day).confirmed,
        )
        duty.raise_fact(MeetingOwed(duty, on))
        return duty

    def meet(self, meeting_id: str, *, on: date) -> None:
        """Note the meeting that dealt with it; a further one of the quarter changes nothing."""
        if self.meeting_id:
            raise DispatchStepError(
                state_zh="已召开", state_en="held", step_zh="再次登记", step_en="held again"
            )
        self.meeting_id, self.held_on = meeting_id, on
        self.raise_fact(MeetingHeld(self, meeting_id, on))


@dataclass(kw_only=True)
class QuarterlyMeeting(Aggregate):
    """A meeting that was held, with its minutes; *actions* are the codes it dealt with."""

    id: str
    quarter: str
    held_on: date
    actions: list[str]
    attended: str
    """The units that sent somebody: no person."""
    minutes: str = field(repr=False)
    recorded_by: str = ""

    @staticmethod
    def id_of(quarter: str, actions: Iterable[str], held_on: date) -> str:
        """Return the id of the meeting on *actions* of that day: entered twice, it is the same one."""
        return derived_id("meeting", quarter, held_on.isoformat(), *sorted(set(actions)))

    def __post_init__(self) -> None:
        if not self.minutes.strip():
            raise EmptyTextError(what_zh="会议纪要", what_en="minutes")
        if not self.actions:
            raise EmptyTextError(what_zh="涉及的提升行动", what_en="actions it dealt with")
