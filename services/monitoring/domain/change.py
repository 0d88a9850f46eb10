"""What happens to a household (户情变化), and when it must be looked into without waiting for anybody."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Self

from services.monitoring.domain.errors import (
    AmountTooLargeError,
    ChangePersonError,
    ChangeResolvedError,
    InvalidDayError,
    NegativeAmountError,
)
from services.monitoring.domain.housing.policy import HousingPolicy
from services.monitoring.domain.income import MOST_AMOUNT
from services.monitoring.domain.water.policy import WaterPolicy
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import Fen
from shared.parameters.figure import DatedFigure, FigureInForce

KINDS_OF_A_PERSON = frozenset({"illness", "disability", "dropout"})
LASTING_HEALTH = {"illness": frozenset({"002", "003"}), "disability": frozenset({"004"})}


@dataclass(frozen=True, slots=True)
class Happened:
    """A change was recorded."""

    change: "HouseholdChange"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A change was put right."""

    change: "HouseholdChange"
    on: date


@dataclass(kw_only=True)
class HouseholdChange(Aggregate):
    """*amount* is the self-paid cost or the loss, in fen. *detail* is a code of the list of its kind."""

    id: str
    household_id: str
    area_code: str
    kind: str
    detail: str
    person_id: str | None
    amount: Fen
    happened_on: date
    recorded_by: str = ""
    note: str = field(default="", repr=False)
    resolved_on: date | None = None

    @classmethod
    def record(cls, **happened: object) -> Self:
        """Return the change; refuses a negative amount, and illness, disability or dropout of nobody."""
        change = cls(**happened)  # type: ignore[arg-type]  # the fields above, from one caller
        if change.amount < 0:
            raise NegativeAmountError(item="amount")
        if change.amount > MOST_AMOUNT:
            raise AmountTooLargeError(item="amount")
        if change.kind in KINDS_OF_A_PERSON and change.person_id is None:
            raise ChangePersonError
        change.raise_fact(Happened(change))
        return change

    def resolve(self, on: date) -> None:
        """Note that it is put right: the child is back, the house is safe."""
        if self.resolved_on is not None:
            raise ChangeResolvedError
        if on < self.happened_on:
            raise InvalidDayError(day=on.isoformat())
        self.resolved_on = on
        self.raise_fact(Resolved(self, on))

    @property
    def lasting_health(self) -> str | None:
        """The health code the person has from now on, or None: a chronic or serious illness, a disability."""
        health = "004" if self.kind == "disability" else self.detail
        return health if health in LASTING_HEALTH.get(self.kind, ()) else None


@dataclass(frozen=True, slots=True)
class WarningThresholds:
    """From when a change raises a clue by itself (domain 6.2). Money in fen; 0 means always.

    *housing* and *water* are the limits of what a damaged house and bad water open besides.
    """

    illness_lifted_out: DatedFigure[int]
    illness_other: DatedFigure[int]
    accident: DatedFigure[int]
    disaster: DatedFigure[int]
    business_loss_share: DatedFigure[Decimal]
    house_grades: DatedFigure[tuple[str, ...]]
    water_problems: DatedFigure[tuple[str, ...]]
    always: DatedFigure[tuple[str, ...]]
    housing: HousingPolicy
    water: WaterPolicy


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the thresholds look at besides the change itself; amounts in fen.

    *illness_this_year* is what the person's illnesses have cost since 1 January,
    this one included; *operating_income* is that of the household's last ledger,
    None when there is none.
    """

    lifted_out: bool
    illness_this_year: Fen = 0
    operating_income: Fen | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """The rule that makes a change a clue; unconfirmed rules may raise one, since a clue refuses nobody."""

    rule: str
    source: str
    confirmed: bool


def alarm_of(
    change: HouseholdChange, circumstances: Circumstances, thresholds: WarningThresholds
) -> Alarm | None:
    """Return which rule makes *change* a clue, or None when it stays below every threshold."""
    day = change.happened_on
    rule, entry, reached = _threshold(change, circumstances, thresholds, day)
    return Alarm(rule, entry.source, entry.confirmed) if reached else None


def _threshold(
    change: HouseholdChange, circumstances: Circumstances, thresholds: WarningThresholds, day: date
) -> tuple[str, FigureInForce[object], bool]:
    if change.kind == "illness":
        figure = thresholds.illness_lifted_out if circumstances.lifted_out else thresholds.illness_other
        return figure.key, figure.entry_on(day), circumstances.illness_this_year >= figure.on(day)
    if change.kind in ("accident", "disaster"):
        figure = thresholds.accident if change.kind == "accident" else thresholds.disaster
        return figure.key, figure.entry_on(day), change.amount >= figure.on(day)
    if change.kind == "industry_failure":
        share, income = thresholds.business_loss_share, circumstances.operating_income
        return share.key, share.entry_on(day), income is None or change.amount >= income * share.on(day)
    if change.kind in ("house_damage", "water"):
        several = thresholds.house_grades if change.kind == "house_damage" else thresholds.water_problems
        return several.key, several.entry_on(day), change.detail in several.on(day)
    return thresholds.always.key, thresholds.always.entry_on(day), change.kind in thresholds.always.on(day)
