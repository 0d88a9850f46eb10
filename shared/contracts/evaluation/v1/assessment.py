"""The year-end assessment and appeals against it, version 1. Owner: evaluation."""

from datetime import date
from typing import ClassVar

from shared.contracts.envelope import EventData


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


EVENTS = (AssessmentPublished,)
