"""A clue: what may be a risk of one household, reported perhaps many times, checked once (domain 3.1)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.monitoring.domain.errors import ClueClosedError, InvalidDayError
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id
from shared.kernel.period import Month, add_days
from shared.parameters.figure import DatedFigure

Outcome = Literal["no_risk", "risk", "already_monitored"]


@dataclass(frozen=True, slots=True)
class CluePolicy:
    """How long a clue may wait, and which risk the facts of other departments point to.

    *return_days*: within how many days a child found out of school is to be back (plan item 6).
    """

    verify_days: DatedFigure[int]
    return_days: DatedFigure[int]
    lost_job_risk: DatedFigure[str]
    overdue_loan_risk: DatedFigure[str]


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a risk. *cause* names what it came from: a visit, a change, an event taken in."""

    id: str
    clue_id: str
    household_id: str
    area_code: str
    risk: str
    source: str
    reported_on: date
    verify_due_on: date
    limit_confirmed: bool
    cause: str = ""
    detail: str = ""
    """Of a disaster its kind (100A271), as it was given or as the change says it."""
    reported_by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report was taken down."""

    report: Report


@dataclass(frozen=True, slots=True)
class Verified:
    """A clue was checked at the household."""

    clue: "Clue"


def clue_id_of(household_id: str, risk: str, reported_on: date) -> str:
    """Return the one clue that every report of this household, risk and month belongs to (domain 13)."""
    return derived_id("clue", household_id, risk, str(Month.of(reported_on)))


def report_of(  # noqa: PLR0913  (what a report says)
    policy: CluePolicy,
    *,
    report_id: str,
    household_id: str,
    area_code: str,
    risk: str,
    source: str,
    reported_on: date,
    cause: str = "",
    detail: str = "",
    by: str = "",
    note: str = "",
) -> Report:
    """Return the report, with the day by which its clue must be checked; the clock starts with the report."""
    limit = policy.verify_days.entry_on(reported_on)
    return Report(
        id=report_id,
        clue_id=clue_id_of(household_id, risk, reported_on),
        household_id=household_id,
        area_code=area_code,
        risk=risk,
        source=source,
        reported_on=reported_on,
        verify_due_on=add_days(reported_on, limit.value),
        limit_confirmed=limit.confirmed,
        cause=cause,
        detail=detail,
        reported_by=by,
        note=note,
    )


@dataclass(kw_only=True)
class Clue(Aggregate):
    """All reports of one household, risk and month.

    A report that comes after the check opens the next *round*: it may be news,
    and must not be lost. *first_reported_on* and *verify_due_on* are those of
    the present round.
    """

    id: str
    household_id: str
    area_code: str
    risk: str
    month: str
    round: int
    reports: int
    is_open: bool
    first_reported_on: date
    last_reported_on: date
    verify_due_on: date
    outcome: Outcome | None = None
    verified_on: date | None = None
    verified_by: str = ""
    case_id: str | None = None
    note: str = field(default="", repr=False)

    def verify(
        self, outcome: Outcome, *, on: date, by: str = "", note: str = "", case_id: str | None = None
    ) -> None:
        """Close this round with what was found at the household; refuses a clue nobody has reported since."""
        if not self.is_open:
            raise ClueClosedError
        if on < self.first_reported_on:
            raise InvalidDayError(day=on.isoformat())
        self.is_open = False
        self.outcome = outcome
        self.verified_on = on
        self.verified_by = by
        self.note = note
        self.case_id = case_id
        self.raise_fact(Verified(self))
