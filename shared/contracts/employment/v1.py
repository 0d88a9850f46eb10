"""Facts the employment department tells the county, version 1. Owner: employment."""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class JobStarted(EventData):
    """A labourer started working for pay (务工); one job spell of perhaps several."""

    type: ClassVar[str] = "employment.job_started.v1"

    spell_id: str
    person_id: str
    place_code: str
    """Six-digit county of the workplace."""
    region: Literal["county", "province", "country", "abroad"]
    monthly_pay_fen: int
    channel: str
    lifted_out: bool
    """Whether the household was 脱贫户 when the spell was recorded."""
    complete: bool
    """Every item of the real-name register is filled (domain employment 6.3)."""


class JobEnded(EventData):
    """A job spell ended on *occurred_on*."""

    type: ClassVar[str] = "employment.job_ended.v1"

    spell_id: str
    person_id: str
    reason: Literal["lost", "changed", "returned", "retired", "other"]
    without_work: bool
    """No other current spell or post was on record for the person."""


class PostPlaced(EventData):
    """A labourer took up a public-service post (公益岗位)."""

    type: ClassVar[str] = "employment.post_placed.v1"

    placement_id: str
    person_id: str
    post_kind: str
    """The value inside category 100A42."""
    monthly_pay_fen: int
    ends_on: date


class PostEnded(EventData):
    """A placement on a public-service post ended on *occurred_on*."""

    type: ClassVar[str] = "employment.post_ended.v1"

    placement_id: str
    person_id: str
    reason: str


class PostAttendanceRecorded(EventData):
    """The monthly check of a post-holder; pay follows only a passed one."""

    type: ClassVar[str] = "employment.post_attendance_recorded.v1"

    placement_id: str
    person_id: str
    month: str
    """YYYYMM"""
    passed: bool


class MeasureAccepted(EventData):
    """The department takes the measure on."""

    type: ClassVar[str] = "employment.measure_accepted.v1"

    measure_id: str


class MeasureDelivered(EventData):
    """The measure reached the household; *by* is the spell or placement, or the kind."""

    type: ClassVar[str] = "employment.measure_delivered.v1"

    measure_id: str
    by: str


class MeasureDeclined(EventData):
    """The department can't deliver the measure, and says why."""

    type: ClassVar[str] = "employment.measure_declined.v1"

    measure_id: str
    reason: str
    """A code of the employment department: no_labour, too_young, too_old, in_school, not_willing,
    no_vacancy, left_household, other."""
    note: str = ""
    """Always empty: typed text may name somebody, and stays with the department."""
