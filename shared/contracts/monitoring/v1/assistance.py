"""What the county is told of social assistance (plan item 10), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class AssistanceDue(EventData):
    """Somebody was found to be eligible for an assistance and must be decided on."""

    type: ClassVar[str] = "monitoring.assistance_due.v1"

    entitlement_id: str
    kind: Literal["low_income", "destitute", "single_person", "disability_living", "disability_care"]
    person_id: str | None = None
    due_on: date
    limit_confirmed: bool = False


class AssistanceDecided(EventData):
    """The civil affairs office decided."""

    type: ClassVar[str] = "monitoring.assistance_decided.v1"

    entitlement_id: str
    kind: Literal["low_income", "destitute", "single_person", "disability_living", "disability_care"]
    person_id: str | None = None
    granted: bool
    reason: str = ""
    """A code of ``assistance_refusal`` when not granted."""


class AllowancePaid(EventData):
    """The allowance of a month was paid."""

    type: ClassVar[str] = "monitoring.allowance_paid.v1"

    entitlement_id: str
    kind: Literal["low_income", "destitute", "single_person", "disability_living", "disability_care"]
    month: str
    amount_fen: int


class AssistanceEnded(EventData):
    """The assistance ended."""

    type: ClassVar[str] = "monitoring.assistance_ended.v1"

    entitlement_id: str
    reason: str


class ReliefApplied(EventData):
    """A household asked for temporary relief."""

    type: ClassVar[str] = "monitoring.relief_applied.v1"

    relief_id: str
    due_on: date
    limit_confirmed: bool = False


class ReliefDecided(EventData):
    """The application was decided."""

    type: ClassVar[str] = "monitoring.relief_decided.v1"

    relief_id: str
    eligible: bool
    granted: bool
    amount_fen: int = 0
