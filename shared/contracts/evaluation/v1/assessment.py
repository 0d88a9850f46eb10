"""The year-end assessment, appeals against it, corrections and judged marks, version 1. Owner: evaluation."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.envelope import EventData

_NUMBER = r"^[0-9]+(\.[0-9]+)?$"


class AssessmentShown(EventData):
    """A preliminary version was shown to those it assesses; they may appeal until *appeals_until*."""

    type: ClassVar[str] = "evaluation.assessment_shown.v1"

    assessment_id: str
    year: int
    number: int
    as_of: date
    known_at: date
    digest: str
    appeals_until: date

    @property
    def subject(self) -> str:
        return self.assessment_id


class AssessmentPublished(EventData):
    """The year-end assessment was published; *digest* is that of the version published."""

    type: ClassVar[str] = "evaluation.assessment_published.v1"
    travels_alone: ClassVar[bool] = True
    """The city hears of it: ``deploy/rabbitmq/upward/``."""

    assessment_id: str
    year: int
    as_of: date
    known_at: date
    digest: str
    number: int = 1

    @property
    def subject(self) -> str:
        return self.assessment_id


class _OfAppeal(EventData):
    """What every event of an appeal says: which point of which version of which assessment."""

    appeal_id: str
    assessment_id: str
    number: int
    """The preliminary version that showed the point."""
    unit: str
    """Town code or official department name."""
    indicator: str

    @property
    def subject(self) -> str:
        return self.appeal_id


class AppealFiled(_OfAppeal):
    """A unit appeals against one point; it is frozen until it is decided or withdrawn."""

    type: ClassVar[str] = "evaluation.appeal_filed.v1"

    late: bool = False


class AppealAccepted(_OfAppeal):
    """The appeal is looked into."""

    type: ClassVar[str] = "evaluation.appeal_accepted.v1"


class AppealDecided(_OfAppeal):
    """The ruling: *upheld* comes with the correction named, *rejected* leaves the point as it is."""

    type: ClassVar[str] = "evaluation.appeal_decided.v1"

    outcome: Literal["upheld", "rejected"]
    correction_id: str = ""


class AppealWithdrawn(_OfAppeal):
    """The unit no longer holds to its appeal."""

    type: ClassVar[str] = "evaluation.appeal_withdrawn.v1"


class ScoreCorrected(EventData):
    """An upheld appeal corrects what is counted; true from *occurred_on* on.

    ``event_discounted``: the event named does not count, for nobody and nowhere.
    ``case_counted``: numerator and denominator are added to the unit's line.
    ``value_replaced``: they stand in place of all that was counted in the line.
    """

    type: ClassVar[str] = "evaluation.score_corrected.v1"

    correction_id: str
    appeal_id: str
    assessment_id: str
    unit: str
    indicator: str
    kind: Literal["event_discounted", "case_counted", "value_replaced"]
    ruled_on: date
    discounted_event: str = ""
    discounted_fact: str = ""
    numerator: str = Field(default="0", pattern=_NUMBER)
    denominator: str = Field(default="0", pattern=_NUMBER)

    @property
    def subject(self) -> str:
        return self.correction_id


class JudgementRecorded(EventData):
    """An assessor gave a unit a number for what only people can judge; a later one takes its place."""

    type: ClassVar[str] = "evaluation.judgement_recorded.v1"

    mark_id: str
    unit: str
    item: str
    period: str = ""
    """``2022-05`` where the item is judged month by month."""
    value: str = Field(pattern=_NUMBER)
    judged_on: date
    assessor: str
    """The office that judged, never a person."""
    number: int = 1
    """Of the marks for the same unit, item and period: the highest one counts."""

    @property
    def subject(self) -> str:
        return self.unit


EVENTS = (
    AssessmentShown,
    AssessmentPublished,
    AppealFiled,
    AppealAccepted,
    AppealDecided,
    AppealWithdrawn,
    ScoreCorrected,
    JudgementRecorded,
)
