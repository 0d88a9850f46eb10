"""A demonstration site (示范点): planned for an action, chosen, adjusted, its four elements (item 24)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.evaluation.domain.dispatch.action import Action
from services.evaluation.domain.dispatch.errors import DispatchStepError, EmptyTextError, WrongPlaceError
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id


class SiteState(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class SiteStep(StrEnum):
    REGISTER = "register"
    SET_ELEMENTS = "set_elements"
    WITHDRAW = "withdraw"


_S, _T = SiteState, SiteStep
STEPS: Mapping[SiteStep, tuple[frozenset[SiteState], SiteState]] = {
    _T.REGISTER: (frozenset({_S.PLANNED, _S.WITHDRAWN}), _S.ACTIVE),
    _T.SET_ELEMENTS: (frozenset({_S.ACTIVE}), _S.ACTIVE),
    _T.WITHDRAW: (frozenset({_S.ACTIVE}), _S.WITHDRAWN),
}
STATE_WORDS: Mapping[SiteState, tuple[str, str]] = {
    _S.PLANNED: ("待确定", "to be chosen"),
    _S.ACTIVE: ("已确定", "active"),
    _S.WITHDRAWN: ("已调出", "withdrawn"),
}
_STEP_WORDS = {
    _T.REGISTER: ("确定示范点", "chosen"),
    _T.SET_ELEMENTS: ("修改四定", "changed in its four elements"),
    _T.WITHDRAW: ("调出", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Elements:
    """The four elements (定标准、定责任、定制度、定时限); what is not set is empty or None."""

    standard: str = ""
    responsible: str = ""
    rule: str = ""
    finish_on: date | None = None

    @property
    def set_now(self) -> tuple[bool, bool, bool, bool]:
        return bool(self.standard), bool(self.responsible), bool(self.rule), self.finish_on is not None

    @property
    def complete(self) -> bool:
        return all(self.set_now)


@dataclass(frozen=True, slots=True)
class SiteOwed:
    site: "DemonstrationSite"
    on: date


@dataclass(frozen=True, slots=True)
class SiteChosen:
    site: "DemonstrationSite"
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class ElementsSet:
    site: "DemonstrationSite"
    elements: Elements
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class SiteGivenUp:
    site: "DemonstrationSite"
    number: int
    on: date


@dataclass(kw_only=True)
class DemonstrationSite(Aggregate):
    """What the plan asks of an action: one place of county level in each *town*, one of city level in all.

    *town* is a nine-digit code, empty for the city's. *number* counts the places
    chosen one after another, *changes* the times its elements were set.
    """

    id: str
    year: int
    action: str
    lead: str
    level: str
    town: str
    state: SiteState = SiteState.PLANNED
    number: int = 0
    name: str = ""
    area_code: str = ""
    standard: str = field(default="", repr=False)
    responsible: str = ""
    rule: str = field(default="", repr=False)
    finish_on: date | None = None
    changes: int = 0
    chosen_on: date | None = None
    withdraw_reason: str = field(default="", repr=False)

    @property
    def elements(self) -> Elements:
        return Elements(self.standard, self.responsible, self.rule, self.finish_on)

    @classmethod
    def owed(cls, year: int, action: Action, town: str, *, on: date) -> "DemonstrationSite":
        """Return the site owed in *town* or, with an empty *town*, the city's; the same for ever."""
        level = "county" if town else "city"
        site = cls(
            id=derived_id("site", str(year), action.code, level, town),
            year=year,
            action=action.code,
            lead=action.lead,
            level=level,
            town=town,
        )
        site.raise_fact(SiteOwed(site, on))
        return site

    def register(self, name: str, area_code: str, elements: Elements, *, on: date) -> None:
        """Choose a place (a village or a spot in it); refuses one outside the town that owes it."""
        if not name.strip():
            raise EmptyTextError(what_zh="示范点名称", what_en="name of the site")
        if self.town and not area_code.startswith(self.town):
            raise WrongPlaceError(area_code=area_code)
        self._take(SiteStep.REGISTER)
        self.number += 1
        self.name, self.area_code, self.chosen_on, self.withdraw_reason = name.strip(), area_code, on, ""
        self.raise_fact(SiteChosen(self, self.number, on))
        self._set(elements, on)

    def set_elements(self, elements: Elements, *, on: date) -> None:
        """Set the four elements anew; what is left out is no longer set."""
        self._take(SiteStep.SET_ELEMENTS)
        self._set(elements, on)

    def withdraw(self, reason: str, *, on: date) -> None:
        """Give the place up, with a *reason*; the plan still asks for one."""
        if not reason.strip():
            raise EmptyTextError(what_zh="调出原因", what_en="reason")
        self._take(SiteStep.WITHDRAW)
        self.withdraw_reason = reason.strip()
        self.raise_fact(SiteGivenUp(self, self.number, on))

    def _set(self, elements: Elements, on: date) -> None:
        self.standard, self.responsible = elements.standard.strip(), elements.responsible.strip()
        self.rule, self.finish_on = elements.rule.strip(), elements.finish_on
        self.changes += 1
        self.raise_fact(ElementsSet(self, self.elements, self.changes, on))

    def _take(self, step: SiteStep) -> None:
        states, after = STEPS[step]
        if self.state not in states:
            state, named = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise DispatchStepError(state_zh=state[0], state_en=state[1], step_zh=named[0], step_en=named[1])
        self.state = after
