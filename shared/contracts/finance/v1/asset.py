"""Assets formed by projects, facilities and their keepers, version 1. Owner: finance. Money in fen."""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class AssetEvent(EventData):
    """Something about one asset."""

    asset_id: str

    @property
    def subject(self) -> str:
        return self.asset_id


class AssetFormed(AssetEvent):
    """A project formed an asset, to be registered and handed over by *due_on*."""

    type: ClassVar[str] = "finance.asset_formed.v1"

    kind: Literal["operating", "public", "household"]
    project_id: str
    project_year: int
    unit: str
    value_fen: int
    due_on: date


class AssetRegistered(AssetEvent):
    """Whose it is was registered (确权登记)."""

    type: ClassVar[str] = "finance.asset_registered.v1"


class AssetHandedOver(AssetEvent):
    """It was handed over to its owner (移交)."""

    type: ClassVar[str] = "finance.asset_handed_over.v1"


class AssetAudited(AssetEvent):
    """The audit of *year* was done."""

    type: ClassVar[str] = "finance.asset_audited.v1"

    year: int


class AssetSampled(AssetEvent):
    """A public asset was sampled: is it in a good state?"""

    type: ClassVar[str] = "finance.asset_sampled.v1"

    good: bool


class AssetDisposed(AssetEvent):
    """It was disposed of."""

    type: ClassVar[str] = "finance.asset_disposed.v1"


class AssetInspectionFiled(EventData):
    """The inspection of a quarter (``2022Q1``) was done and filed."""

    type: ClassVar[str] = "finance.asset_inspection_filed.v1"

    inspection_id: str
    quarter: str
    unit: str
    assets_seen: int

    @property
    def subject(self) -> str:
        return self.inspection_id


class AssetProblemFound(EventData):
    """An inspection found something, to be rectified by *due_on*."""

    type: ClassVar[str] = "finance.asset_problem_found.v1"

    problem_id: str
    inspection_id: str
    asset_id: str
    category: str
    unit: str
    due_on: date

    @property
    def subject(self) -> str:
        return self.problem_id


class AssetProblemClosed(EventData):
    """It was re-checked and closed (销号)."""

    type: ClassVar[str] = "finance.asset_problem_closed.v1"

    problem_id: str

    @property
    def subject(self) -> str:
        return self.problem_id


class FacilityEvent(EventData):
    """Something about one facility on the upkeep list."""

    facility_id: str

    @property
    def subject(self) -> str:
        return self.facility_id


class FacilityListed(FacilityEvent):
    """A facility was put on the upkeep list."""

    type: ClassVar[str] = "finance.facility_listed.v1"

    kind: str


class FacilityRemoved(FacilityEvent):
    """It left the list."""

    type: ClassVar[str] = "finance.facility_removed.v1"


class FacilityKeepersNamed(FacilityEvent):
    """Its keepers were named; *levels* are those that have one now: county, town, village."""

    type: ClassVar[str] = "finance.facility_keepers_named.v1"

    levels: tuple[str, ...]


class FacilitySampled(FacilityEvent):
    """Its upkeep was sampled."""

    type: ClassVar[str] = "finance.facility_sampled.v1"

    passed: bool


class KeeperPayDue(FacilityEvent):
    """The keeper's pay of a month (``202201``) must be paid by *due_on*."""

    type: ClassVar[str] = "finance.keeper_pay_due.v1"

    pay_id: str
    month: str
    amount_fen: int
    due_on: date


class KeeperPaid(FacilityEvent):
    """The keeper's pay was paid."""

    type: ClassVar[str] = "finance.keeper_paid.v1"

    pay_id: str
    month: str


EVENTS: tuple[type[EventData], ...] = (
    AssetFormed,
    AssetRegistered,
    AssetHandedOver,
    AssetAudited,
    AssetSampled,
    AssetDisposed,
    AssetInspectionFiled,
    AssetProblemFound,
    AssetProblemClosed,
    FacilityListed,
    FacilityRemoved,
    FacilityKeepersNamed,
    FacilitySampled,
    KeeperPayDue,
    KeeperPaid,
)
