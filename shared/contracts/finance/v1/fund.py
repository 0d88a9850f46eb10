"""Bridging and cooperation money: arranged, issued, paid, version 1. Owner: finance. Money in fen."""

from datetime import date
from typing import ClassVar, Literal

from shared.contracts.envelope import EventData


class FundEvent(EventData):
    """Something about one line of money; *area_code* is where it is spent, or the county."""

    fund_id: str

    @property
    def subject(self) -> str:
        return self.fund_id


class FundArranged(FundEvent):
    """A line of money was arranged; it must be issued by *due_on* (county matching: 30 April)."""

    type: ClassVar[str] = "finance.fund_arranged.v1"

    year: int
    source: Literal["central", "province", "city", "county", "cooperation"]
    industry: bool
    unit: str
    """The official name of the department, or the town's code."""
    project_id: str
    amount_fen: int
    due_on: date


class FundIssued(FundEvent):
    """A part was issued; *issued_fen* is the sum of all parts so far."""

    type: ClassVar[str] = "finance.fund_issued.v1"

    amount_fen: int
    issued_fen: int


class FundPaid(FundEvent):
    """A part was paid; *paid_fen* is the sum of all parts so far."""

    type: ClassVar[str] = "finance.fund_paid.v1"

    amount_fen: int
    paid_fen: int


class FundWithdrawn(FundEvent):
    """A line of which nothing was issued was taken back; it never counted."""

    type: ClassVar[str] = "finance.fund_withdrawn.v1"


EVENTS: tuple[type[EventData], ...] = (FundArranged, FundIssued, FundPaid, FundWithdrawn)
