"""Notices of criticism, version 1. Owner: evaluation."""

from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class NoticeIssued(EventData):
    """A notice of criticism (通报) names a unit."""

    type: ClassVar[str] = "evaluation.notice_issued.v1"

    notice_id: str
    unit: str
    """Town code or official department name."""
    level: Literal["county", "city", "province"]
    document_no: str | None = None
    """Units named in one document share it (文号)."""
    about_kind: Literal["order", "problem", "inspection", "trigger"] | None = None
    about_id: str | None = None

    @property
    def subject(self) -> str:
        return self.unit


EVENTS = (NoticeIssued,)
