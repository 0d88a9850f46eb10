"""Facts the supervision office tells the county, version 1; a module per subject."""

from shared.contracts.evaluation.v1 import (
    assessment,
    dispatch,
    field_work,
    ledger,
    notice,
    reporting,
    supervision,
)
from shared.contracts.evaluation.v1.assessment import AssessmentPublished
from shared.contracts.evaluation.v1.notice import NoticeIssued

EVENTS = (
    *notice.EVENTS,
    *assessment.EVENTS,
    *ledger.EVENTS,
    *supervision.EVENTS,
    *dispatch.EVENTS,
    *field_work.EVENTS,
    *reporting.EVENTS,
)

__all__ = ["EVENTS", "AssessmentPublished", "NoticeIssued"]
