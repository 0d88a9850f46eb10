"""Resident teams, training, publicity and services checked on the spot, version 1. Owner: evaluation."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData

WorkKind = Literal[
    "attendance", "spot_check", "article", "typical_case", "volunteer_activity", "home", "home_check"
]


class _OfCadre(EventData):
    cadre_id: str
    """An invented id: no event says who it is."""
    unit: str
    """Town code or official department name."""
    kind: Literal["cadre", "resident"]
    """``resident``: first secretary or member of a village's resident team."""

    @property
    def subject(self) -> str:
        return self.cadre_id


class CadreEnrolled(_OfCadre):
    """Somebody is in scope of training; of a new or rotated post, training is due by *due_on*."""

    type: ClassVar[str] = "evaluation.cadre_enrolled.v1"

    how: Literal["standing", "new", "rotated"]
    due_on: date | None = None
    limit_confirmed: bool = False


class CadreLeft(_OfCadre):
    """Somebody left the post."""

    type: ClassVar[str] = "evaluation.cadre_left.v1"


class TrainingAttended(_OfCadre):
    """Somebody attended a class; *passed* is None where there was no final test."""

    type: ClassVar[str] = "evaluation.training_attended.v1"

    class_id: str
    passed: bool | None = None


class _OfClass(EventData):
    class_id: str
    unit: str
    """Who organises it."""

    @property
    def subject(self) -> str:
        return self.class_id


class TrainingClassPlanned(_OfClass):
    """A class stands in the year's training plan, to be held by *due_on*."""

    type: ClassVar[str] = "evaluation.training_class_planned.v1"

    due_on: date


class TrainingClassHeld(_OfClass):
    """A class was held."""

    type: ClassVar[str] = "evaluation.training_class_held.v1"

    method: Literal["on_site", "exchange", "online", "classroom"]
    attended: int


class TrainingClassCancelled(_OfClass):
    """A class was taken out of the plan."""

    type: ClassVar[str] = "evaluation.training_class_cancelled.v1"


class _OfAccount(EventData):
    account_id: str

    @property
    def subject(self) -> str:
        return self.account_id


class PointAccountOpened(_OfAccount):
    """A resident team's point account of a year was opened."""

    type: ClassVar[str] = "evaluation.point_account_opened.v1"

    year: int
    opening: Decimal


class PointsEntered(_OfAccount):
    """Points were added (above zero) or taken off; *sequence* counts the entries of one account."""

    type: ClassVar[str] = "evaluation.points_entered.v1"

    sequence: int
    reason: str
    points: Decimal
    balance: Decimal


class PointLineReached(_OfAccount):
    """A balance fell to a line for the first time; *act* is proposed to people, never done here."""

    type: ClassVar[str] = "evaluation.point_line_reached.v1"

    act: Literal["remind", "admonish", "recall"]
    line: Decimal
    balance: Decimal


class _OfWork(EventData):
    entry_id: str
    kind: WorkKind
    unit: str
    about: str = ""
    """The cadre or the home (an earlier entry) it is about."""

    @property
    def subject(self) -> str:
        return self.entry_id


class WorkEntered(_OfWork):
    """Something that counts was done and registered."""

    type: ClassVar[str] = "evaluation.work_entered.v1"

    level: str = ""
    field: str = ""
    month: str = ""
    quantity: int = 0
    passed: bool | None = None


class WorkWithdrawn(_OfWork):
    """An entry was a mistake."""

    type: ClassVar[str] = "evaluation.work_withdrawn.v1"


EVENTS = (
    CadreEnrolled,
    CadreLeft,
    TrainingAttended,
    TrainingClassPlanned,
    TrainingClassHeld,
    TrainingClassCancelled,
    PointAccountOpened,
    PointsEntered,
    PointLineReached,
    WorkEntered,
    WorkWithdrawn,
)
