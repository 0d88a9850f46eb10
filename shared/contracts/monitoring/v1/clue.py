"""What the county is told of clues, sample checks and relapses, version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class ClueReported(EventData):
    """One report of a risk. Several reports of one risk in a month share *clue_id*."""

    type: ClassVar[str] = "monitoring.clue_reported.v1"

    clue_id: str
    report_id: str
    risk: str
    """100A27001 … 100A27011 (domain 4.1)."""
    source: str
    verify_due_on: date
    limit_confirmed: bool


class ClueVerified(EventData):
    """The clue was checked at the household."""

    type: ClassVar[str] = "monitoring.clue_verified.v1"

    clue_id: str
    outcome: Literal["no_risk", "risk", "already_monitored"]
    case_id: str | None = None


class HouseholdRelapsed(EventData):
    """The county found that a household fell back into, or into, poverty."""

    type: ClassVar[str] = "monitoring.household_relapsed.v1"

    relapse_id: str
    cause: str


class SampleChecked(EventData):
    """The county re-checked one household of a sample; *finding* is empty when all was right."""

    type: ClassVar[str] = "monitoring.sample_checked.v1"

    sample_id: str
    finding: Literal[
        "",
        "missed",
        "outside_system",
        "wrong_class",
        "wrong_measure",
        "too_early",
        "no_labour",
        "record_differs",
    ] = ""
