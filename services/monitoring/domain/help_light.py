"""When the light of a case is green: every risk has a measure that was delivered (plan item 2, domain 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.monitoring.domain.measure import Measure, MeasureStatus
from shared.kernel.period import add_months
from shared.parameters.figure import DatedFigure

LightColour = Literal["red", "yellow", "green"]


@dataclass(frozen=True, slots=True)
class HelpPolicy:
    """When labour without a developmental measure is listed, and what runs on after an elimination.

    *running_on* gives, by category of measure, until when, in Chinese and English.
    """

    development_months: DatedFigure[int]
    running_on: DatedFigure[Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class RiskLight:
    """How far one risk is helped. *delivered_on* is the first delivery against it."""

    risk: str
    colour: LightColour
    delivered_on: date | None


@dataclass(frozen=True, slots=True)
class HelpLight:
    """The light of a case: the worst of its risks'."""

    risks: tuple[RiskLight, ...]

    @property
    def colour(self) -> LightColour:
        colours = {one.colour for one in self.risks}
        if not colours or "red" in colours:
            return "red"
        return "yellow" if "yellow" in colours else "green"

    @property
    def delivered(self) -> int:
        """How many of the risks have a delivered measure."""
        return sum(one.colour == "green" for one in self.risks)


def light_of(risks: Sequence[str], measures: Sequence[Measure], today: date) -> HelpLight:
    """Return the light of a case with these *risks*.

    Green: delivered, and nothing less; accepted or planned is paper. Red: nothing
    is on its way, or what was asked for is past its day. Yellow: on its way.
    """
    return HelpLight(tuple(_light(risk, [m for m in measures if m.risk == risk], today) for risk in risks))


def _light(risk: str, measures: Sequence[Measure], today: date) -> RiskLight:
    days = [one.delivered_on for one in measures if one.delivered_on is not None]
    if days:
        return RiskLight(risk, "green", min(days))
    waiting = [one for one in measures if one.counts]
    late = any(one.due_on is not None and today > one.due_on for one in waiting)
    return RiskLight(risk, "red" if late or not waiting else "yellow", None)


def running_on(measures: Sequence[Measure], policy: HelpPolicy, on: date) -> tuple[Measure, ...]:
    """Return the delivered measures that a contract or a stage of school keeps running after elimination."""
    kept = policy.running_on.on(on)
    return tuple(one for one in measures if one.category in kept and one.status is MeasureStatus.DELIVERED)


def development_due(identified_on: date, policy: HelpPolicy) -> date:
    """Return the day by which a household with labour is to have a developmental measure (5_12_007)."""
    return add_months(identified_on, policy.development_months.on(identified_on))
