"""A warning: what a rule found in a department's list, followed to its outcome (domain 6.3, 3.2)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.monitoring.domain.comparison.errors import WarningStepError
from shared.kernel.aggregate import Aggregate


class WarningState(StrEnum):
    """The states a department's clue has in running systems, and 已是监测对象 (submitted already)."""

    TO_CHECK = "to_check"
    NO_RISK = "no_risk"
    IN_PROCEDURE = "in_procedure"
    IDENTIFIED = "identified"
    REJECTED = "rejected"
    ALREADY_MONITORED = "already_monitored"


class Finding(StrEnum):
    """What is found about a warning: at the household, and later by the county."""

    NO_RISK = "no_risk"
    RISK = "risk"
    ALREADY_MONITORED = "already_monitored"
    IDENTIFIED = "identified"
    REJECTED = "rejected"


STEPS: dict[Finding, tuple[WarningState, WarningState]] = {
    Finding.NO_RISK: (WarningState.TO_CHECK, WarningState.NO_RISK),
    Finding.RISK: (WarningState.TO_CHECK, WarningState.IN_PROCEDURE),
    Finding.ALREADY_MONITORED: (WarningState.TO_CHECK, WarningState.ALREADY_MONITORED),
    Finding.IDENTIFIED: (WarningState.IN_PROCEDURE, WarningState.IDENTIFIED),
    Finding.REJECTED: (WarningState.IN_PROCEDURE, WarningState.REJECTED),
}
"""Per finding the state it needs and the one it leads to."""


_LABELS = {
    WarningState.TO_CHECK: ("待核查", "to be checked"),
    WarningState.NO_RISK: ("无需认定", "closed: no risk"),
    WarningState.IN_PROCEDURE: ("已走认定流程", "in the procedure"),
    WarningState.IDENTIFIED: ("认定通过", "identified"),
    WarningState.REJECTED: ("认定不通过", "rejected"),
    WarningState.ALREADY_MONITORED: ("已是监测对象", "monitored already"),
}


@dataclass(frozen=True, slots=True)
class Raised:
    """A warning was raised."""

    warning: "DepartmentWarning"


@dataclass(frozen=True, slots=True)
class Checked:
    """Something was found about a warning; a later finding has a higher *sequence*."""

    warning: "DepartmentWarning"
    finding: Finding
    sequence: int
    on: date


@dataclass(kw_only=True)
class DepartmentWarning(Aggregate):
    """*id* is derived from rule, person or household and period, so it is raised once.

    *month* is that of the list; *clue_id* the clue it became, None of a household
    that is monitored for the risk already and of what only a comparison reads.
    """

    id: str
    rule: str
    department: str
    list_id: str
    month: str
    household_id: str
    area_code: str
    person_id: str
    risk: str
    raised_on: date
    threshold_confirmed: bool
    clue_id: str | None = None
    case_id: str | None = None
    state: WarningState = WarningState.TO_CHECK
    checks: int = 0
    checked_on: date | None = None
    ended_on: date | None = None

    def find(self, finding: Finding, *, on: date, case_id: str | None = None) -> None:
        """Take a finding down; refuses one that does not follow from where the warning stands."""
        needed, leads_to = STEPS[finding]
        if self.state is not needed:
            zh, en = _LABELS[self.state]
            raise WarningStepError(state_zh=zh, state_en=en)
        self.state = leads_to
        self.checks += 1
        self.checked_on = self.checked_on or on
        self.case_id = case_id or self.case_id
        if leads_to is not WarningState.IN_PROCEDURE:
            self.ended_on = on
        self.raise_fact(Checked(self, finding, self.checks, on))
