"""Month-end dispatch, quarterly meetings and demonstration sites, version 1. Owner: evaluation."""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData

Scope = Literal["action", "town"]
SiteLevel = Literal["county", "city"]
UndertakingKind = Literal["decision", "site_task", "project", "complaint"]


class _OfReport(EventData):
    report_id: str
    scope: Scope
    """``action``: a lead department tells of its improvement action; ``town``: a town tells of its work."""
    action: str = ""
    unit: str
    """Town code or official department name."""
    month: str
    """YYYYMM."""

    @property
    def subject(self) -> str:
        return self.report_id


class ProgressDue(_OfReport):
    """A month's progress (月调度) is owed by *due_on*."""

    type: ClassVar[str] = "evaluation.progress_due.v1"

    due_on: date
    limit_confirmed: bool = False


class ProgressFiled(_OfReport):
    """A month's progress was filed; *number* counts the filings of one report."""

    type: ClassVar[str] = "evaluation.progress_filed.v1"

    number: int
    tasks_due: int
    tasks_done: int
    money_fen: int = 0
    problems: int = 0
    help_asked: bool = False


class ProgressReturned(_OfReport):
    """A filed progress report was sent back to be filed again."""

    type: ClassVar[str] = "evaluation.progress_returned.v1"

    number: int


class _OfMeeting(EventData):
    duty_id: str
    action: str
    unit: str
    """The action's lead department."""
    quarter: str
    """Such as 2022Q1."""

    @property
    def subject(self) -> str:
        return self.duty_id


class QuarterMeetingDue(_OfMeeting):
    """The quarter's meeting (季例会) on an action is owed by *due_on*."""

    type: ClassVar[str] = "evaluation.quarter_meeting_due.v1"

    due_on: date
    limit_confirmed: bool = False


class QuarterMeetingHeld(_OfMeeting):
    """The quarter's meeting on an action was held, with minutes; one event for each action of a meeting."""

    type: ClassVar[str] = "evaluation.quarter_meeting_held.v1"

    meeting_id: str


class _OfUndertaking(EventData):
    undertaking_id: str
    kind: UndertakingKind

    @property
    def subject(self) -> str:
        return self.undertaking_id


class UndertakingMade(_OfUndertaking):
    """A unit has something to do by *due_on*: a meeting's decision, a site's task, a project, a complaint."""

    type: ClassVar[str] = "evaluation.undertaking_made.v1"

    unit: str
    lead: str = ""
    """The lead department of the action it belongs to, empty without one."""
    source_id: str = ""
    """The meeting or the demonstration site it comes from."""
    due_on: date


class UndertakingDone(_OfUndertaking):
    """What was undertaken is done."""

    type: ClassVar[str] = "evaluation.undertaking_done.v1"


class UndertakingDropped(_OfUndertaking):
    """What was undertaken is no longer owed."""

    type: ClassVar[str] = "evaluation.undertaking_dropped.v1"


class _OfSite(EventData):
    site_id: str
    action: str
    lead: str
    """The action's lead department."""
    level: SiteLevel

    @property
    def subject(self) -> str:
        return self.site_id


class SitePlanned(_OfSite):
    """The plan asks for a demonstration site (示范点): of the county in a town, or of the city."""

    type: ClassVar[str] = "evaluation.site_planned.v1"

    year: int


class SiteRegistered(_OfSite):
    """A place was chosen; *number* counts the places chosen one after another."""

    type: ClassVar[str] = "evaluation.site_registered.v1"

    number: int


class SiteElementsSet(_OfSite):
    """Which of the four fixed elements (四定) of a site are set now."""

    type: ClassVar[str] = "evaluation.site_elements_set.v1"

    number: int
    standard: bool
    responsible: bool
    rule: bool
    date_set: bool


class SiteWithdrawn(_OfSite):
    """The place is given up; another may be chosen."""

    type: ClassVar[str] = "evaluation.site_withdrawn.v1"

    number: int


EVENTS = (
    ProgressDue,
    ProgressFiled,
    ProgressReturned,
    QuarterMeetingDue,
    QuarterMeetingHeld,
    UndertakingMade,
    UndertakingDone,
    UndertakingDropped,
    SitePlanned,
    SiteRegistered,
    SiteElementsSet,
    SiteWithdrawn,
)
