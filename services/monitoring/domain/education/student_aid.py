"""What a pupil is entitled to for a term: aid for pupils of poor families, or 雨露计划 (7.1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.education.term import Term
from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before
from shared.kernel.ids import derived_id
from shared.kernel.money import Fen
from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure

KINDS = ("aid", "yulu")
STATES = {
    "due": ("待发放", "to be paid"),
    "paid": ("已发放", "paid"),
    "withdrawn": ("已撤销", "withdrawn"),
}
WAYS = {
    "pay": Way(("due",), "paid", "发放", "pay"),
    "withdraw": Way(("due",), "withdrawn", "撤销", "withdraw"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """A pupil is entitled."""

    aid: "StudentAid"


@dataclass(frozen=True, slots=True)
class Paid:
    """The aid was paid."""

    aid: "StudentAid"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The pupil was not entitled after all."""

    aid: "StudentAid"


@dataclass(frozen=True, slots=True)
class AidPolicy:
    """What is paid for a term, by the pupil's grade (a code of ``school_status``), in fen; and by when."""

    aid_amounts: DatedFigure[Mapping[str, Fen]]
    yulu_amounts: DatedFigure[Mapping[str, Fen]]
    pay_days: DatedFigure[int]

    def amounts(self, kind: str) -> DatedFigure[Mapping[str, Fen]]:
        return self.yulu_amounts if kind == "yulu" else self.aid_amounts


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of a lifted-out or monitored family."""

    household_id: str
    area_code: str
    person_id: str
    school_status: str


@dataclass(kw_only=True)
class StudentAid(Guarantee):
    """The entitlement of one pupil, of one kind, for one term. Its id is made of the three."""

    person_id: str
    kind: str
    term: str
    school_status: str
    amount_fen: Fen
    amount_confirmed: bool
    found_on: date
    due_on: date
    state: str = "due"
    paid_on: date | None = None
    withdrawn_on: date | None = None
    reason: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def entitle(cls, **found: object) -> Self:
        """Return a new entitlement (the fields above)."""
        aid = cls(**found)  # type: ignore[arg-type]  # the fields above, from one caller
        aid.raise_fact(Due(aid))
        return aid

    def pay(self, on: date) -> None:
        state = moved(WAYS, STATES, "pay", self.state)
        self.paid_on = not_before(on, self.found_on)
        self.state = state
        self.raise_fact(Paid(self))

    def withdraw(self, reason: str, *, on: date, note: str = "") -> None:
        """Take the entitlement back; *reason* is a code of ``aid_withdrawal``."""
        state = moved(WAYS, STATES, "withdraw", self.state)
        self.withdrawn_on = not_before(on, self.found_on)
        self.state, self.reason, self.note = state, reason, note
        self.raise_fact(Withdrawn(self))


def entitlements(pupils: Iterable[Pupil], term: Term, *, on: date, policy: AidPolicy) -> Iterator[StudentAid]:
    """Yield what each of *pupils* is entitled to for *term*, by the amounts in force on its first day."""
    days = policy.pay_days.on(term.first_day)
    of_kind = [(kind, policy.amounts(kind).entry_on(term.first_day)) for kind in KINDS]
    for pupil in pupils:
        for kind, entry in of_kind:
            amount = entry.value.get(pupil.school_status, 0)
            if amount > 0:
                yield StudentAid.entitle(
                    id=derived_id("student_aid", pupil.person_id, kind, str(term)),
                    household_id=pupil.household_id,
                    area_code=pupil.area_code,
                    person_id=pupil.person_id,
                    kind=kind,
                    term=str(term),
                    school_status=pupil.school_status,
                    amount_fen=amount,
                    amount_confirmed=entry.confirmed,
                    found_on=on,
                    due_on=max(on, add_days(term.first_day, days)),
                )
