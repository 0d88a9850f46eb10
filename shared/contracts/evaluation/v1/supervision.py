"""Inspections, supervision orders and accountability, version 1. Owner: evaluation.

None of them names a person or quotes a word: who was there and what was said stays in the office.
"""

from datetime import date, datetime
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class InspectionPlanned(EventData):
    """An inspection (督查) of a unit was put down; it is to be filed by *due_on*."""

    type: ClassVar[str] = "evaluation.inspection_planned.v1"

    inspection_id: str
    unit: str
    """Town code or official department name."""
    kind: Literal["planned", "unannounced"]
    due_on: date
    team: str
    """What the team is called, for example 第一督查组."""
    subjects: int
    """How many subjects its check-list has."""

    @property
    def subject(self) -> str:
        return self.inspection_id


class InspectionStarted(EventData):
    """The team is at the unit."""

    type: ClassVar[str] = "evaluation.inspection_started.v1"

    inspection_id: str
    unit: str

    @property
    def subject(self) -> str:
        return self.inspection_id


class InspectionFiled(EventData):
    """Every subject of the check-list has a result; the problems stand in the ledger."""

    type: ClassVar[str] = "evaluation.inspection_filed.v1"

    inspection_id: str
    unit: str
    subjects: int
    problems: int
    problem_ids: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return self.inspection_id


class InspectionCancelled(EventData):
    """A planned inspection was given up."""

    type: ClassVar[str] = "evaluation.inspection_cancelled.v1"

    inspection_id: str
    unit: str

    @property
    def subject(self) -> str:
        return self.inspection_id


class InspectionSampleDrawn(EventData):
    """The month's sample was drawn; who knows *seed* and the households can draw it again."""

    type: ClassVar[str] = "evaluation.inspection_sample_drawn.v1"

    sample_id: str
    month: str
    """202205."""
    seed: str
    villages: tuple[str, ...]
    registered: int
    others: int

    @property
    def subject(self) -> str:
        return self.sample_id


class OrderIssued(EventData):
    """A supervision order (督办函) was issued to a unit, to be answered by an instant."""

    type: ClassVar[str] = "evaluation.order_issued.v1"

    order_id: str
    unit: str
    number: str = ""
    origin: Literal["inspection", "problem", "meeting", "dispatch", "leader"]
    origin_id: str = ""
    due_at: datetime

    @property
    def subject(self) -> str:
        return self.order_id


class OrderAnswered(EventData):
    """The unit replied."""

    type: ClassVar[str] = "evaluation.order_answered.v1"

    order_id: str
    unit: str
    answered_at: datetime
    reply: int
    """Counts from 1."""

    @property
    def subject(self) -> str:
        return self.order_id


class OrderSentBack(EventData):
    """A reply was not enough; another is due by *due_at*."""

    type: ClassVar[str] = "evaluation.order_sent_back.v1"

    order_id: str
    unit: str
    sent_back_at: datetime
    reply: int
    due_at: datetime

    @property
    def subject(self) -> str:
        return self.order_id


class OrderClosed(EventData):
    """Reply number *reply* was accepted: the matter is done."""

    type: ClassVar[str] = "evaluation.order_closed.v1"

    order_id: str
    unit: str
    closed_at: datetime
    reply: int

    @property
    def subject(self) -> str:
        return self.order_id


class OrderWithdrawn(EventData):
    """The order should not have been issued."""

    type: ClassVar[str] = "evaluation.order_withdrawn.v1"

    order_id: str
    unit: str

    @property
    def subject(self) -> str:
        return self.order_id


class InterviewRecorded(EventData):
    """A unit was reminded or its leaders were spoken to (约谈提醒)."""

    type: ClassVar[str] = "evaluation.interview_recorded.v1"

    interview_id: str
    unit: str
    kind: Literal["reminder", "interview"]
    about_kind: Literal["", "order", "problem", "trigger", "inspection"] = ""
    about_id: str = ""
    due_on: date | None = None

    @property
    def subject(self) -> str:
        return self.unit


class AccountabilityTriggered(EventData):
    """A rule proposes a case of accountability to people; *cause_events* is its file."""

    type: ClassVar[str] = "evaluation.accountability_triggered.v1"

    trigger_id: str
    unit: str
    kind: Literal["recurrence", "order_overdue"]
    about_id: str
    """The problem or the order."""
    times: int
    cause_events: tuple[str, ...]
    rule_confirmed: bool

    @property
    def subject(self) -> str:
        return self.trigger_id


class AccountabilityDecided(EventData):
    """People confirmed the case, or rejected it."""

    type: ClassVar[str] = "evaluation.accountability_decided.v1"

    trigger_id: str
    unit: str
    decision: Literal["confirmed", "rejected"]

    @property
    def subject(self) -> str:
        return self.trigger_id


class AccountabilityReferred(EventData):
    """People passed the case to the county's discipline office (县纪委监委)."""

    type: ClassVar[str] = "evaluation.accountability_referred.v1"

    trigger_id: str
    unit: str
    referred_to: str

    @property
    def subject(self) -> str:
        return self.trigger_id


class AccountabilityConcluded(EventData):
    """The discipline office reported an outcome, of which only the category is told."""

    type: ClassVar[str] = "evaluation.accountability_concluded.v1"

    trigger_id: str
    unit: str
    outcome: str

    @property
    def subject(self) -> str:
        return self.trigger_id


EVENTS: tuple[type[EventData], ...] = (
    InspectionPlanned,
    InspectionStarted,
    InspectionFiled,
    InspectionCancelled,
    InspectionSampleDrawn,
    OrderIssued,
    OrderAnswered,
    OrderSentBack,
    OrderClosed,
    OrderWithdrawn,
    InterviewRecorded,
    AccountabilityTriggered,
    AccountabilityDecided,
    AccountabilityReferred,
    AccountabilityConcluded,
)
