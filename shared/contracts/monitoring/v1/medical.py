"""What the county is told of the guarantee of medical care (plan item 7), version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class InpatientSettled(EventData):
    """A stay in hospital was settled through the three layers of cover; fen."""

    type: ClassVar[str] = "monitoring.inpatient_settled.v1"

    settlement_id: str
    person_id: str
    in_county: bool
    at_once: bool
    """Settled at the counter on leaving (一站式)."""
    total_fen: int
    basic_fen: int
    critical_fen: int
    relief_fen: int
    self_paid_fen: int


class MedicalCoverRecorded(EventData):
    """A person's basic medical insurance of a year, as the insurance office has it.

    The higher *version* wins.
    """

    type: ClassVar[str] = "monitoring.medical_cover_recorded.v1"

    person_id: str
    year: int
    scheme: Literal["resident", "employee", "none"]
    subsidy_fen: int = 0
    version: int


class DiseaseListed(EventData):
    """A serious or chronic disease of a person was put on the list to be treated or served."""

    type: ClassVar[str] = "monitoring.disease_listed.v1"

    listing_id: str
    person_id: str
    kind: Literal["serious", "chronic"]
    due_on: date
    limit_confirmed: bool = False


class DiseaseServed(EventData):
    """The listed person was treated, or served by the contracted doctor."""

    type: ClassVar[str] = "monitoring.disease_served.v1"

    listing_id: str
    service_id: str
    kind: Literal["serious", "chronic"]
    next_due_on: date | None = None
