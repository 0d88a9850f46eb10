"""Mutual-aid associations, solar stations, firms' pilot projects, version 1. Owner: finance. Money in fen."""

from datetime import date
from typing import ClassVar

from shared.contracts.envelope import EventData


class AssociationLoanEvent(EventData):
    """Something about one loan of a village's mutual-aid association; who the member is stays there."""

    association_loan_id: str

    @property
    def subject(self) -> str:
        return self.association_loan_id


class AssociationLoanApplied(AssociationLoanEvent):
    """A member applied, to be answered by *due_on*; *valid* as the association found it."""

    type: ClassVar[str] = "finance.association_loan_applied.v1"

    amount_fen: int
    valid: bool
    due_on: date


class AssociationLoanGranted(AssociationLoanEvent):
    """The money was lent."""

    type: ClassVar[str] = "finance.association_loan_granted.v1"


class AssociationLoanRefused(AssociationLoanEvent):
    """It ended without money: fund_short, guarantee, use, other, or withdrawn by the member."""

    type: ClassVar[str] = "finance.association_loan_refused.v1"

    reason: str


class StationIncomeRecorded(EventData):
    """What a solar station earned in *period*, to be distributed by *due_on*."""

    type: ClassVar[str] = "finance.station_income_recorded.v1"

    income_id: str
    station_no: str
    period: str
    income_fen: int
    due_on: date

    @property
    def subject(self) -> str:
        return self.income_id


class StationIncomeDistributed(EventData):
    """It was distributed; *by_rule*: the share for wages reached and the village decided."""

    type: ClassVar[str] = "finance.station_income_distributed.v1"

    income_id: str
    by_rule: bool
    announced: bool

    @property
    def subject(self) -> str:
        return self.income_id


class FirmProjectEvent(EventData):
    """Something about a firm's pilot project (万企兴万村实验项目)."""

    firm_project_id: str

    @property
    def subject(self) -> str:
        return self.firm_project_id


class FirmProjectApplied(FirmProjectEvent):
    """A firm applied, to be decided on by *due_on*."""

    type: ClassVar[str] = "finance.firm_project_applied.v1"

    kind: str
    amount_fen: int
    due_on: date


class FirmProjectDecided(FirmProjectEvent):
    """The county decided: *recognised* means it is on the list."""

    type: ClassVar[str] = "finance.firm_project_decided.v1"

    recognised: bool


class FirmProjectLanded(FirmProjectEvent):
    """A listed project began (落地)."""

    type: ClassVar[str] = "finance.firm_project_landed.v1"


EVENTS: tuple[type[EventData], ...] = (
    AssociationLoanApplied,
    AssociationLoanGranted,
    AssociationLoanRefused,
    StationIncomeRecorded,
    StationIncomeDistributed,
    FirmProjectApplied,
    FirmProjectDecided,
    FirmProjectLanded,
)
