"""Projects of bridging and cooperation money and their announcements, version 1. Money in fen."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData

Funding = Literal["bridging", "cooperation"]


class ProjectEvent(EventData):
    """Something about one project; *area_code* is its village, town, or the county."""

    project_id: str

    @property
    def subject(self) -> str:
        return self.project_id


class ProjectEntered(ProjectEvent):
    """A project entered the library (储备)."""

    type: ClassVar[str] = "finance.project_entered.v1"

    year: int
    kind: str
    funding: Funding
    unit: str
    reviews: tuple[str, ...]
    """Reviews signed before: compliance, science, feasibility."""
    papers: tuple[str, ...]
    """Those of them with the number of their paper."""


class ProjectBenefitAgreed(ProjectEvent):
    """How farmers share in it was written down; the newest counts."""

    type: ClassVar[str] = "finance.project_benefit_agreed.v1"

    modes: tuple[str, ...]
    ratio: Decimal
    """In percent."""


class ProjectArranged(ProjectEvent):
    """It was put into the year's plan and must start by *due_on*."""

    type: ClassVar[str] = "finance.project_arranged.v1"

    year: int
    funding: Funding
    industry: bool
    unit: str
    planned_fen: int
    due_on: date


class ProjectStarted(ProjectEvent):
    """Work began (开工)."""

    type: ClassVar[str] = "finance.project_started.v1"


class ProjectProgressed(ProjectEvent):
    """It is being built (在建): so many percent."""

    type: ClassVar[str] = "finance.project_progressed.v1"

    percent: int


class ProjectCompleted(ProjectEvent):
    """It is built (竣工) and must be accepted by *due_on*."""

    type: ClassVar[str] = "finance.project_completed.v1"

    due_on: date


class ProjectAccepted(ProjectEvent):
    """It was inspected and accepted (验收)."""

    type: ClassVar[str] = "finance.project_accepted.v1"


class ProjectDropped(ProjectEvent):
    """It left the library or the plan before work began (出库)."""

    type: ClassVar[str] = "finance.project_dropped.v1"


class AnnouncementDue(EventData):
    """*unit* owes an announcement by *due_on*."""

    type: ClassVar[str] = "finance.announcement_due.v1"

    announcement_id: str
    kind: Literal["division", "library", "plan", "completion"]
    unit: str
    """The official name of the department, or the town's code."""
    due_on: date

    @property
    def subject(self) -> str:
        return self.announcement_id


class AnnouncementChecked(EventData):
    """It was published on *occurred_on* and held against the register."""

    type: ClassVar[str] = "finance.announcement_checked.v1"

    announcement_id: str
    unit: str
    passed: bool
    missing: tuple[str, ...]
    """Codes of the elements that are not in it."""
    link_ok: bool
    """The link has the form of one; nobody opened it."""
    numbers_match: bool

    @property
    def subject(self) -> str:
        return self.announcement_id


EVENTS: tuple[type[EventData], ...] = (
    ProjectEntered,
    ProjectBenefitAgreed,
    ProjectArranged,
    ProjectStarted,
    ProjectProgressed,
    ProjectCompleted,
    ProjectAccepted,
    ProjectDropped,
    AnnouncementDue,
    AnnouncementChecked,
)
