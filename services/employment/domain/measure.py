"""Requested measures: what a household's plan asks of employment, and the department's answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from services.employment.domain.errors import (
    DeliveryBeforeRequestError,
    DeliveryMismatchError,
    DeliveryNotRunningError,
    MeasureStepError,
    NoteNeededError,
    NotYetError,
)
from shared.kernel.aggregate import Aggregate

JOB_CATEGORY = "100A40"
POST_CATEGORY = "100A42"

DeclineReason = Literal[
    "no_labour",
    "too_young",
    "too_old",
    "in_school",
    "not_willing",
    "no_vacancy",
    "left_household",
    "other",
]
DECLINE_REASONS: tuple[DeclineReason, ...] = (
    "no_labour",
    "too_young",
    "too_old",
    "in_school",
    "not_willing",
    "no_vacancy",
    "left_household",
    "other",
)
DeliveryKind = Literal["job", "placement", "training", "other"]
Urgency = Literal["overdue", "soon", "later", "done"]


class MeasureState(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STEPS: dict[str, frozenset[MeasureState]] = {
    "accept": frozenset({MeasureState.REQUESTED}),
    "deliver": frozenset({MeasureState.ACCEPTED}),
    "decline": frozenset({MeasureState.REQUESTED, MeasureState.ACCEPTED}),
}
"""From which states each step is permitted; every other combination is refused."""

_STATE_ZH = {
    MeasureState.REQUESTED: "待受理",
    MeasureState.ACCEPTED: "已受理",
    MeasureState.DELIVERED: "已落实",
    MeasureState.DECLINED: "已退回",
    MeasureState.WITHDRAWN: "已撤回",
}
_STEP_ZH = {"accept": "受理", "deliver": "登记落实", "decline": "退回"}
_STEP_DONE = {"accept": "accepted", "deliver": "delivered", "decline": "declined"}


@dataclass(frozen=True, slots=True)
class Request:
    """What monitoring asked for. *event_id* and *correlation_id* tie the answers to it."""

    measure_id: str
    case_id: str
    household_id: str
    area_code: str
    risk: str
    category: str
    code: str
    department: str
    requested_on: date
    due_on: date
    person_id: str | None
    event_id: str
    correlation_id: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Monitoring took a request back, or replaced it; *event_id* is the event that said so."""

    event_id: str
    measure_id: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was delivered: a job, a placement, or another thing by its reference number.

    *household_id*, *person_id* and the days are those of the job or placement on
    record; empty for a training or another thing, which has no record here.
    """

    kind: DeliveryKind
    by: str
    household_id: str = ""
    person_id: str = ""
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    request: Request
    on: date


@dataclass(frozen=True, slots=True)
class Delivered:
    request: Request
    on: date
    kind: DeliveryKind
    by: str


@dataclass(frozen=True, slots=True)
class Declined:
    request: Request
    on: date
    reason: DeclineReason
    note: str


@dataclass(kw_only=True)
class Measure(Aggregate):
    """*answer* is what this department said; a withdrawal ends whatever was not delivered or declined."""

    request: Request
    answer: MeasureState = MeasureState.REQUESTED
    withdrawn_on: date | None = None
    answered_on: date | None = None
    delivered_on: date | None = None
    delivery_kind: str = ""
    delivered_by: str = ""
    reason: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        return self.request.measure_id

    @property
    def state(self) -> MeasureState:
        return state_of(self.answer, withdrawn=self.withdrawn_on is not None)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps permitted now."""
        return tuple(step for step, states in STEPS.items() if self.state in states)

    def accept(self, *, on: date) -> None:
        self._ensure("accept")
        self.answer, self.answered_on = MeasureState.ACCEPTED, on
        self.raise_fact(Accepted(self.request, on))

    def deliver(self, delivery: Delivery, *, on: date, today: date) -> None:
        """Record that the measure reached the household on day *on*, by *delivery*."""
        self._ensure("deliver")
        if on > today:
            raise NotYetError(day=on.isoformat())
        if on < self.request.requested_on:
            raise DeliveryBeforeRequestError(
                delivered_on=on.isoformat(), requested_on=self.request.requested_on.isoformat()
            )
        self._ensure_fits(delivery)
        _ensure_running(delivery, on)
        self.answer, self.delivered_on = MeasureState.DELIVERED, on
        self.delivery_kind, self.delivered_by = delivery.kind, delivery.by
        self.raise_fact(Delivered(self.request, on, delivery.kind, delivery.by))

    def decline(self, reason: DeclineReason, note: str, *, on: date) -> None:
        """Send it back with a reason; ``other`` needs a note, for nobody could re-plan without one."""
        self._ensure("decline")
        if reason == "other" and not note.strip():
            raise NoteNeededError
        self.answer, self.answered_on = MeasureState.DECLINED, on
        self.reason, self.note = reason, note.strip()
        self.raise_fact(Declined(self.request, on, reason, self.note))

    def _ensure(self, step: str) -> None:
        if self.state not in STEPS[step]:
            raise MeasureStepError(
                state=self.state.value,
                state_zh=_STATE_ZH[self.state],
                step=_STEP_DONE[step],
                step_zh=_STEP_ZH[step],
            )

    def _ensure_fits(self, delivery: Delivery) -> None:
        request = self.request
        if not delivery.by or (request.category == POST_CATEGORY) != (delivery.kind == "placement"):
            raise DeliveryMismatchError
        if delivery.household_id and delivery.household_id != request.household_id:
            raise DeliveryMismatchError
        if delivery.person_id and request.person_id and delivery.person_id != request.person_id:
            raise DeliveryMismatchError


def _ensure_running(delivery: Delivery, on: date) -> None:
    """A job or placement delivers only while it runs; its last day is still one of it."""
    early = delivery.started_on is not None and delivery.started_on > on
    late = delivery.ended_on is not None and delivery.ended_on < on
    if early or late:
        raise DeliveryNotRunningError(delivered_on=on.isoformat())


def state_of(answer: MeasureState, *, withdrawn: bool) -> MeasureState:
    """Return the state in force: a withdrawal ends only what is still open."""
    if withdrawn and answer in {MeasureState.REQUESTED, MeasureState.ACCEPTED}:
        return MeasureState.WITHDRAWN
    return answer


def urgency(state: MeasureState, due_on: date, *, today: date, soon_days: int) -> Urgency:
    """Say how pressing an answer is: overdue from the day after *due_on*, soon in the last *soon_days*."""
    if state not in {MeasureState.REQUESTED, MeasureState.ACCEPTED}:
        return "done"
    if today > due_on:
        return "overdue"
    return "soon" if today >= due_on - timedelta(days=soon_days) else "later"
