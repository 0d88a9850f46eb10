"""A return visit after an elimination: is it stable (脱贫风险消除稳定情况回访, domain 5.3)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from services.monitoring.domain.screening_errors import NewRiskMissingError
from shared.kernel.aggregate import Aggregate
from shared.kernel.period import add_months

Result = Literal["stable", "roll_back", "identify_anew"]
END_OF_TRANSITION = date(2025, 12, 31)
"""Eliminated households are watched until the five years of transition are over (inferred, 5.3)."""


@dataclass(frozen=True, slots=True)
class Stability:
    """The five questions of the re-check; the fourth is bad when true."""

    income_above_line: bool
    safeguards_hold: bool
    risk_gone: bool
    new_risk: bool
    spending_solved: bool

    @property
    def result(self) -> Result:
        """A new risk goes through the whole procedure again; anything else unstable is rolled back."""
        if self.new_risk:
            return "identify_anew"
        holds = self.income_above_line and self.safeguards_hold and self.risk_gone and self.spending_solved
        return "stable" if holds else "roll_back"


def next_return_visit(last_on: date, months: int) -> date | None:
    """Return the day by which the next visit is due after *last_on*, or None once the transition is over."""
    due = add_months(last_on, months)
    return due if due <= END_OF_TRANSITION else None


@dataclass(kw_only=True)
class ReturnVisit(Aggregate):
    """*risks* are the codes of what is new."""

    id: str
    case_id: str
    household_id: str
    area_code: str
    made_on: date
    income_above_line: bool
    safeguards_hold: bool
    risk_gone: bool
    spending_solved: bool
    risks: tuple[str, ...]
    result: str
    made_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def make(cls, found: Stability, risks: tuple[str, ...], **made: object) -> Self:
        """Return the visit with what follows from it; refuses a new risk that is not named."""
        if found.new_risk != bool(risks):
            raise NewRiskMissingError
        return cls(
            income_above_line=found.income_above_line,
            safeguards_hold=found.safeguards_hold,
            risk_gone=found.risk_gone,
            spending_solved=found.spending_solved,
            risks=tuple(dict.fromkeys(risks)),
            result=found.result,
            **made,  # type: ignore[arg-type]  # the fields above, from one caller
        )
