"""What the county is told of measures of help, version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class MeasureRequested(EventData):
    """A measure of the household's plan is asked of a department."""

    type: ClassVar[str] = "monitoring.measure_requested.v1"

    measure_id: str
    case_id: str
    risk: str
    category: str
    """100A39 … 100A55 (domain 4.2)."""
    code: str
    """The three-digit value inside the category."""
    department: str
    """Official name of the unit that must answer, e.g. 县人社局."""
    service: str
    """``employment``, ``finance`` or ``monitoring`` (a department without a service of its own)."""
    due_on: date
    person_id: str | None = None
    replaces: str | None = None


class MeasureRecorded(EventData):
    """The plan's record of a measure after an answer or a delivery. The higher *version* wins."""

    type: ClassVar[str] = "monitoring.measure_recorded.v1"

    measure_id: str
    case_id: str
    risk: str
    category: str
    code: str
    department: str
    status: Literal["accepted", "delivered", "declined", "withdrawn"]
    due_on: date
    version: int
    reason: str = ""
