"""What the county is told of households: who they are, what they earn, what befell them, version 1.

Owner: monitoring. A field may be added with a default; one may never be removed,
renamed or change meaning: that is a ``v2`` beside it. Codes are those of
``shared/contracts/monitoring/codes.yaml`` (domain section 8.3).
"""

from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from shared.contracts.envelope import EventData


class Member(BaseModel):
    """One person of a household, by number; no name and no ID number."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    person_id: str
    person_no: str
    relation: str
    sex: Literal["1", "2"]
    born_on: date
    labour_skill: str
    school_status: str | None = None
    health: tuple[str, ...] = ()
    left: bool = False
    insured: bool = True
    """In exactly one basic medical insurance, as far as the register knows."""


class HouseholdRecorded(EventData):
    """The household as it now stands. A snapshot: the higher *version* wins."""

    type: ClassVar[str] = "monitoring.household_recorded.v1"

    household_no: str
    version: int
    household_type: str
    """100A03A01 … 100A03003 (domain 1.1)."""
    lifted_out: bool = False
    """True for 脱贫户: a household that was lifted out of poverty."""
    relocated: bool = False
    complete: bool = False
    """Whether everything the plan's item 5 asks of a household is on record."""
    members: tuple[Member, ...] = ()


class IncomeRecorded(EventData):
    """The income ledger of a household for twelve months, computed (domain 2.2); fen."""

    type: ClassVar[str] = "monitoring.income_recorded.v1"

    ledger_id: str
    period_first: date
    period_last: date
    persons: int
    wage_fen: int
    operating_fen: int
    operating_cost_fen: int
    property_fen: int
    transfer_fen: int
    net_fen: int
    net_per_head_fen: int
    reference_per_head_fen: int
    monitoring_line_fen: int
    line_confirmed: bool


class VisitRecorded(EventData):
    """Somebody went to the household. A visit that found nothing is proof of coverage."""

    type: ClassVar[str] = "monitoring.visit_recorded.v1"

    visit_id: str
    kind: Literal["screening", "grid", "helper", "resident_team"]
    risk_found: bool
    result: str = "01"
    """01 somebody at home, 02 reached by telephone, 03 not reached (domain 3.4)."""
    round_id: str | None = None
    """The screening round the visit belongs to."""
    grid_id: str | None = None


class HouseholdChanged(EventData):
    """Something happened to the household that may bring it down."""

    type: ClassVar[str] = "monitoring.household_changed.v1"

    change_id: str
    kind: Literal[
        "illness",
        "disability",
        "disaster",
        "accident",
        "dropout",
        "house_damage",
        "water",
        "industry_failure",
    ]
    detail: str = ""
    person_id: str | None = None
    amount_fen: int = 0
    """Self-paid cost or loss."""


class HouseholdChangeResolved(EventData):
    """What had happened is put right: the child is back, the house is safe."""

    type: ClassVar[str] = "monitoring.household_change_resolved.v1"

    change_id: str
    kind: str
