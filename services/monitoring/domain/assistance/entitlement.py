"""Somebody's entitlement to a monthly assistance: found, decided, paid month by month, ended (7.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before
from services.monitoring.domain.guarantee_errors import AmountBoundsError, MonthAheadError, MonthError
from shared.kernel.ids import derived_id
from shared.kernel.money import Fen
from shared.kernel.period import Month
from shared.parameters.figure import DatedFigure

LOW_INCOME, DESTITUTE, SINGLE_PERSON = "low_income", "destitute", "single_person"
DISABILITY_LIVING, DISABILITY_CARE = "disability_living", "disability_care"
KINDS = (LOW_INCOME, DESTITUTE, SINGLE_PERSON, DISABILITY_LIVING, DISABILITY_CARE)
LIVELIHOOD = frozenset({LOW_INCOME, SINGLE_PERSON, DESTITUTE})
"""Each covers somebody's whole living: of these nobody gets two (特困人员不再适用低保政策)."""
FIELD_OF = {LOW_INCOME: "low_income", SINGLE_PERSON: "low_income", DESTITUTE: "destitute"}
"""The registry's field of those who get it."""
AIDED, NOT_AIDED = "2", "0"
"""What is put into it: of the countryside (农村), or known not to have it."""
MEASURE_OF = {
    LOW_INCOME: "100A48-001",
    SINGLE_PERSON: "100A48-001",
    DESTITUTE: "100A48-002",
    DISABILITY_LIVING: "100A48-004",
    DISABILITY_CARE: "100A48-004",
}
UNIT_OF = {kind: "县残联" if kind.startswith("disability") else "县民政局" for kind in KINDS}
"""Who decides and pays; inferred from the plan, which names both for item 10."""
MOST_A_MONTH: Fen = 10**7
_DIGITS, _MONTHS = 6, 12
STATES = {
    "found": ("待认定", "to be decided"),
    "granted": ("享受中", "granted"),
    "refused": ("不予认定", "refused"),
    "ended": ("已停发", "ended"),
}
WAYS = {
    "assess": Way(("found",), None, "登记收入财产核算", "note the assessment"),
    "grant": Way(("found",), "granted", "批准", "grant"),
    "refuse": Way(("found",), "refused", "不予批准", "refuse"),
    "adjust": Way(("granted",), None, "调整金额", "adjust the amount"),
    "pay": Way(("granted",), None, "发放", "pay"),
    "end": Way(("granted",), "ended", "停发", "end"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody may be entitled."""

    entitlement: "Entitlement"


@dataclass(frozen=True, slots=True)
class Decided:
    """It was decided."""

    entitlement: "Entitlement"


@dataclass(frozen=True, slots=True)
class Paid:
    """The allowance of a month was paid."""

    entitlement: "Entitlement"
    payment: "Payment"


@dataclass(frozen=True, slots=True)
class Ended:
    """It ended."""

    entitlement: "Entitlement"


@dataclass(frozen=True, slots=True)
class AssistancePolicy:
    """By when it is decided, what is proposed a month (fen, by kind), and what temporary relief may be."""

    decide_days: DatedFigure[int]
    monthly: DatedFigure[Mapping[str, Fen]]
    pay_day: DatedFigure[int]
    elder_age: DatedFigure[int]
    heavy_grades: DatedFigure[tuple[str, ...]]
    relief_days: DatedFigure[Mapping[str, int]]
    relief_limits: DatedFigure[Mapping[str, Fen]]
    care_days: DatedFigure[int]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What income and property come to, in fen. *rigid* is the rigid spending deducted (刚性支出扣减).

    *exempt* is property left out of account (财产豁免); *note* says what, inside this service.
    """

    income: Fen
    rigid: Fen = 0
    property_found: Fen = 0
    exempt: Fen = 0
    note: str = field(default="", repr=False)

    @property
    def counted_income(self) -> Fen:
        """Income after the full deduction of rigid spending (顶格扣减); never below nothing."""
        return max(0, self.income - self.rigid)

    @property
    def counted_property(self) -> Fen:
        return max(0, self.property_found - self.exempt)

    def check(self) -> None:
        """Refuse amounts below zero."""
        if min(self.income, self.rigid, self.property_found, self.exempt) < 0:
            raise AmountBoundsError(item_zh="收入财产核算", item_en="assessment")


@dataclass(frozen=True, slots=True)
class Payment:
    """The allowance of one month (``202206``)."""

    id: str
    entitlement_id: str
    month: str
    amount_fen: Fen
    paid_on: date


@dataclass(kw_only=True)
class Entitlement(Guarantee):
    """One entitlement. *person_id* None: of the whole household (农村低保以户为单位)."""

    kind: str
    person_id: str | None
    found_by: str
    found_on: date
    due_on: date
    limit_confirmed: bool
    state: str = "found"
    monthly_fen: Fen = 0
    income: Fen | None = None
    rigid: Fen = 0
    property_found: Fen = 0
    exempt: Fen = 0
    note: str = field(default="", repr=False)
    decided_on: date | None = None
    ended_on: date | None = None
    reason: str = ""

    @classmethod
    def find(cls, **found: object) -> Self:
        """Return a new entitlement to be decided (the fields above)."""
        entitlement = cls(**found)  # type: ignore[arg-type]  # the fields above, from one caller
        entitlement.raise_fact(Found(entitlement))
        return entitlement

    @property
    def subject(self) -> str:
        """Who it is of: a person, or the household; of one kind at most one is open."""
        return self.person_id or self.household_id

    @property
    def is_open(self) -> bool:
        return self.state in ("found", "granted")

    @property
    def unit(self) -> str:
        return UNIT_OF[self.kind]

    @property
    def assessment(self) -> Assessment | None:
        if self.income is None:
            return None
        return Assessment(self.income, self.rigid, self.property_found, self.exempt, self.note)

    def overlaps(self, other: "Entitlement") -> bool:
        """Whether *other*, of the same household, aids the same people for the same need."""
        same_need = {self.kind, other.kind} <= LIVELIHOOD or self.kind == other.kind
        same_people = None in (self.person_id, other.person_id) or self.person_id == other.person_id
        return self.id != other.id and same_need and same_people

    def assess(self, assessment: Assessment) -> None:
        """Note what income and property come to; the decision stays the office's."""
        self.state = moved(WAYS, STATES, "assess", self.state)
        assessment.check()
        self.income, self.rigid = assessment.income, assessment.rigid
        self.property_found, self.exempt = assessment.property_found, assessment.exempt
        self.note = assessment.note

    def grant(self, monthly_fen: Fen, *, on: date) -> None:
        """Grant *monthly_fen* a month from the month of *on*."""
        state = moved(WAYS, STATES, "grant", self.state)
        _check_monthly(monthly_fen)
        self.decided_on = not_before(on, self.found_on)
        self.state, self.monthly_fen = state, monthly_fen
        self.raise_fact(Decided(self))

    def refuse(self, reason: str, *, on: date) -> None:
        """Refuse with a code of ``assistance_refusal``."""
        state = moved(WAYS, STATES, "refuse", self.state)
        self.decided_on = not_before(on, self.found_on)
        self.state, self.reason = state, reason
        self.raise_fact(Decided(self))

    def adjust(self, monthly_fen: Fen) -> None:
        """Pay another amount from the next payment on."""
        self.state = moved(WAYS, STATES, "adjust", self.state)
        _check_monthly(monthly_fen)
        self.monthly_fen = monthly_fen

    def pay(self, month: Month, *, on: date) -> Payment:
        """Return the payment of *month*; a month has one payment, which its id sees to."""
        self.state = moved(WAYS, STATES, "pay", self.state)
        granted_on = self.decided_on or self.found_on
        expect_come(month, on=on)
        not_before(month.last_day, granted_on)
        payment = Payment(
            derived_id("allowance", self.id, str(month)),
            self.id,
            str(month),
            self.monthly_fen,
            not_before(on, granted_on),
        )
        self.raise_fact(Paid(self, payment))
        return payment

    def end(self, reason: str, *, on: date) -> None:
        """End it with a code of ``assistance_end``."""
        state = moved(WAYS, STATES, "end", self.state)
        self.ended_on = not_before(on, self.decided_on or self.found_on)
        self.state, self.reason = state, reason
        self.raise_fact(Ended(self))


def month_named(text: str) -> Month:
    """Return the month written ``202206``; raises MonthError."""
    if len(text) != _DIGITS or not text.isascii() or not text.isdigit() or not 1 <= int(text[4:]) <= _MONTHS:
        raise MonthError(month=text[:10])
    return Month(int(text[:4]), int(text[4:]))


def expect_come(month: Month, *, on: date) -> None:
    """Refuse a month that begins after *on*: who dies or leaves before it would be paid for it."""
    if on < month.first_day:
        raise MonthAheadError(month=str(month))


def _check_monthly(amount: Fen) -> None:
    if not 0 < amount <= MOST_A_MONTH:
        raise AmountBoundsError(item_zh="月发放金额", item_en="monthly amount")
