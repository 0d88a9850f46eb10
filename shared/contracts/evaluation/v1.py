"""Facts the supervision office tells the county, version 1. Owner: evaluation."""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class NoticeIssued(EventData):
    """A notice of criticism (通报) names a unit."""

    type: ClassVar[str] = "evaluation.notice_issued.v1"

    notice_id: str
    unit: str
    """Town code or official department name."""
    level: Literal["county", "city", "province"]

    @property
    def subject(self) -> str:
        return self.unit


class AssessmentPublished(EventData):
    """The year-end assessment was published; *digest* is that of its pack."""

    type: ClassVar[str] = "evaluation.assessment_published.v1"

    assessment_id: str
    year: int
    as_of: date
    known_at: date
    digest: str

    @property
    def subject(self) -> str:
        return self.assessment_id
