"""The erasure of a person: what speaks against it, who asks, and who else confirms."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.erasure_errors import (
    ErasureDoubtedError,
    ErasureSettledError,
    SecondPersonNeededError,
)
from services.monitoring.domain.household import MONITORED
from shared.kernel.aggregate import Aggregate
from shared.parameters.figure import DatedFigure

ASKED, DONE, REFUSED = "asked", "done", "refused"
GROUNDS = ("purpose_ended", "retention_over", "consent_withdrawn", "unlawful", "other")
"""What article 47 of the law on personal information (PIPL) lets somebody ask for an erasure on."""
PRESENT, UNDER_MONITORING, RETAINED = "present", "monitored", "retained"


@dataclass(frozen=True, slots=True)
class ErasurePolicy:
    """How many years a record is kept after the person left the household."""

    retention_years: DatedFigure[int]


@dataclass(frozen=True, slots=True)
class ErasureSubject:
    """What is known of the person when somebody asks. *left_on* is the last day of any household's."""

    person_id: str
    household_id: str
    area_code: str
    household_type: str
    open_case: bool
    left_on: date | None

    def doubts(self, on: date, policy: ErasurePolicy) -> tuple[str, ...]:
        """Return what speaks against erasing the person on that day; each needs a reason to pass over."""
        found: list[str] = []
        if self.left_on is None:
            found.append(PRESENT)
            if self.household_type in MONITORED or self.open_case:
                found.append(UNDER_MONITORING)
        years = policy.retention_years.on(on)
        if self.left_on is None or _years_after(self.left_on, years) > on:
            found.append(RETAINED)
        return tuple(found)


@dataclass(kw_only=True)
class Erasure(Aggregate):
    """One person's erasure. It holds ids and codes, and, until it is carried out, the reason given."""

    id: str
    household_id: str
    area_code: str
    person_id: str
    ground: str
    doubts: tuple[str, ...]
    override_reason: str = field(default="", repr=False)
    asked_by: str
    asked_on: date
    state: str = ASKED
    settled_by: str = ""
    settled_on: date | None = None
    rows: int | None = None

    @classmethod
    def ask(
        cls,
        id_: str,
        subject: ErasureSubject,
        *,
        ground: str,
        reason: str,
        by: str,
        on: date,
        policy: ErasurePolicy,
    ) -> Self:
        """Return the request; refuses what the policy speaks against unless a *reason* is given."""
        doubts = subject.doubts(on, policy)
        if doubts and not reason:
            raise ErasureDoubtedError(doubts="、".join(doubts))
        return cls(
            id=id_,
            household_id=subject.household_id,
            area_code=subject.area_code,
            person_id=subject.person_id,
            ground=ground,
            doubts=doubts,
            override_reason=reason if doubts else "",
            asked_by=by,
            asked_on=on,
        )

    def confirm(self, now: tuple[str, ...], *, by: str, on: date) -> None:
        """Let it be carried out; refuses the same person, and doubts that came up since it was asked."""
        self._settle(DONE, by=by, on=on)
        if by == self.asked_by or not by:
            raise SecondPersonNeededError
        if not set(now) <= set(self.doubts):
            raise ErasureDoubtedError(doubts="、".join(now))

    def carried_out(self, rows: int, erased: str) -> None:
        """Note in how many rows it was done; what was typed about the person becomes *erased* too."""
        self.rows = rows
        self.override_reason = erased if self.override_reason else ""

    def refuse(self, *, by: str, on: date) -> None:
        """End it without an erasure; whoever asked may do so."""
        self._settle(REFUSED, by=by, on=on)

    def _settle(self, state: str, *, by: str, on: date) -> None:
        if self.state != ASKED:
            raise ErasureSettledError
        self.state, self.settled_by, self.settled_on = state, by, on


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, month=3, day=1)
