"""What the county is told of cases, from the first step to the risk eliminated, version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class CaseAdvanced(EventData):
    """A case took one step of its procedure (domain 3.3)."""

    type: ClassVar[str] = "monitoring.case_advanced.v1"

    case_id: str
    step: str
    from_state: str
    to_state: str
    sequence: int


class CaseIdentified(EventData):
    """The county approved: the household is a monitored one (监测对象)."""

    type: ClassVar[str] = "monitoring.case_identified.v1"

    case_id: str
    monitored_class: Literal["100A03001", "100A03002", "100A03003"]
    risks: tuple[str, ...]
    first_clue_on: date
    due_on: date
    """The day by which identification had to be complete: clue + 15 days (domain 3.1)."""


class CaseRejected(EventData):
    """The case ended without identification, at *stage*, for *reason*."""

    type: ClassVar[str] = "monitoring.case_rejected.v1"

    case_id: str
    stage: str
    reason: str


class HelperAssigned(EventData):
    """The responsible helper (帮扶责任人) of a monitored household is fixed; by number, no name."""

    type: ClassVar[str] = "monitoring.helper_assigned.v1"

    case_id: str
    helper_no: str
    due_on: date
    limit_confirmed: bool


class RiskEliminated(EventData):
    """The county approved that the risk is eliminated (domain 5)."""

    type: ClassVar[str] = "monitoring.risk_eliminated.v1"

    case_id: str
    way: Literal["01", "02"]
    """01 by help, 02 naturally."""
    assessed: bool
    publicised: bool
    signed: bool


class EliminationRolledBack(EventData):
    """An elimination was taken back; the household is monitored again."""

    type: ClassVar[str] = "monitoring.elimination_rolled_back.v1"

    case_id: str
    reason: str
