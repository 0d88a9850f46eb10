"""A stay in hospital and its settlement through the three layers of cover (三重保障, 一站式)."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before
from services.monitoring.domain.guarantee_errors import AmountBoundsError, PartsExceedTotalError
from shared.kernel.money import Fen

STATES = {"open": ("待结算", "to be settled"), "settled": ("已结算", "settled")}
WAYS = {"settle": Way(("open",), "settled", "结算", "settle")}
MOST: Fen = 10**10
"""A hundred million yuan: a stay that cost more was typed wrong."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A stay was settled."""

    stay: "HospitalStay"


@dataclass(frozen=True, slots=True)
class Bill:
    """What a stay cost and which layer paid what, in fen. *said_self_paid*: as the list has it, or None."""

    total: Fen
    basic: Fen = 0
    critical: Fen = 0
    relief: Fen = 0
    said_self_paid: Fen | None = None

    @property
    def covered(self) -> Fen:
        return self.basic + self.critical + self.relief

    @property
    def self_paid(self) -> Fen:
        """What is left to the patient: the total less the three layers. This is the figure that is told."""
        return self.total - self.covered

    @property
    def difference(self) -> Fen:
        """What the list's own self-paid differs by (positive: the list has more); 0 when it has none."""
        return 0 if self.said_self_paid is None else self.said_self_paid - self.self_paid

    def check(self) -> None:
        """Refuse amounts that cannot be true; a difference to the list is shown, not refused."""
        parts = (self.total, self.basic, self.critical, self.relief, self.said_self_paid or 0)
        if self.total == 0 or any(not 0 <= part <= MOST for part in parts):
            raise AmountBoundsError(item_zh="医疗费用", item_en="cost of the stay")
        if self.covered > self.total:
            raise PartsExceedTotalError


@dataclass(kw_only=True)
class HospitalStay(Guarantee):
    """One stay, from leaving hospital on. *at_once*: settled at the counter (一站式)."""

    person_id: str
    in_county: bool
    hospital: str
    left_on: date
    due_on: date
    state: str = "open"
    at_once: bool = False
    settled_on: date | None = None
    total: Fen = 0
    basic: Fen = 0
    critical: Fen = 0
    relief: Fen = 0
    said_self_paid: Fen | None = None

    @classmethod
    def leave(cls, **stay: object) -> Self:
        """Return a stay that has ended and is not settled yet (the fields above)."""
        return cls(**stay)  # type: ignore[arg-type]  # the fields above, from one caller

    @property
    def bill(self) -> Bill:
        return Bill(self.total, self.basic, self.critical, self.relief, self.said_self_paid)

    def settle(self, bill: Bill, *, on: date) -> None:
        """Settle through the three layers; at once when on the day the patient left."""
        state = moved(WAYS, STATES, "settle", self.state)
        bill.check()
        self.settled_on = not_before(on, self.left_on)
        self.state, self.at_once = state, on == self.left_on
        self.total, self.basic, self.critical = bill.total, bill.basic, bill.critical
        self.relief, self.said_self_paid = bill.relief, bill.said_self_paid
        self.raise_fact(Settled(self))
