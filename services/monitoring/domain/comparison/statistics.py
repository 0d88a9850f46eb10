"""How good each rule is: precision, recall against later findings, lead time (issue 3, point 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from services.monitoring.domain.comparison.warning import WarningState


@dataclass(frozen=True, slots=True)
class FollowedWarning:
    """A warning with what became of it. *ended_on* of an identified one is the day of identification."""

    rule: str
    household_id: str
    risk: str
    raised_on: date
    state: WarningState
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """A household the county identified, on which day and for which risks."""

    household_id: str
    risks: frozenset[str]
    identified_on: date


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What one rule did in a period.

    *checked* counts what was looked into and decided: no risk, identified,
    rejected; what is still in the procedure, and what was monitored already, tells
    nothing of the rule yet. *found* counts the households identified for the rule's
    risk, *forewarned* those of them it had warned of in the days before.
    """

    rule: str
    raised: int
    waiting: int
    checked: int
    identified: int
    already_monitored: int
    found: int
    forewarned: int
    lead_days: Decimal | None

    @property
    def precision(self) -> Decimal | None:
        """Identified of those decided."""
        return _share(self.identified, self.checked)

    @property
    def recall(self) -> Decimal | None:
        """Forewarned of those found."""
        return _share(self.forewarned, self.found)


_DECIDED = frozenset({WarningState.NO_RISK, WarningState.IDENTIFIED, WarningState.REJECTED})
_WAITING = frozenset({WarningState.TO_CHECK, WarningState.IN_PROCEDURE})


def rule_figures(
    rule: str,
    warnings: Iterable[FollowedWarning],
    found: Sequence[FoundHousehold],
    *,
    risk: str,
    first: date,
    last: date,
    days_before: int,
) -> RuleFigures:
    """Return the figures of *rule* from *first* to *last*; *warnings* reach *days_before* further back.

    *risk* empty means whatever risk a household was identified for.
    """
    mine = [one for one in warnings if not rule or one.rule == rule]
    counted = [one for one in mine if first <= one.raised_on <= last]
    of_risk = [one for one in found if first <= one.identified_on <= last and (not risk or risk in one.risks)]
    days: dict[str, list[date]] = {}
    for one in mine:
        days.setdefault(one.household_id, []).append(one.raised_on)
    leads = [
        (one.ended_on - one.raised_on).days
        for one in counted
        if one.state is WarningState.IDENTIFIED and one.ended_on
    ]
    return RuleFigures(
        rule=rule,
        raised=len(counted),
        waiting=sum(one.state in _WAITING for one in counted),
        checked=sum(one.state in _DECIDED for one in counted),
        identified=sum(one.state is WarningState.IDENTIFIED for one in counted),
        already_monitored=sum(one.state is WarningState.ALREADY_MONITORED for one in counted),
        found=len(of_risk),
        forewarned=sum(_forewarned(one, days.get(one.household_id, ()), days_before) for one in of_risk),
        lead_days=Decimal(median(leads)) if leads else None,
    )


def _forewarned(one: FoundHousehold, days: Iterable[date], days_before: int) -> bool:
    return any(0 <= (one.identified_on - day).days <= days_before for day in days)


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None
