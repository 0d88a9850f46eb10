"""Facts the monitoring department tells the county, version 1.

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


class HouseholdRelapsed(EventData):
    """The county found that a household fell back into, or into, poverty."""

    type: ClassVar[str] = "monitoring.household_relapsed.v1"

    relapse_id: str
    cause: str


class SampleChecked(EventData):
    """The county re-checked one household of a sample; *finding* is empty when all was right."""

    type: ClassVar[str] = "monitoring.sample_checked.v1"

    sample_id: str
    finding: Literal["", "missed", "outside_system", "wrong_class", "wrong_measure", "too_early"] = ""
