"""What a rule is: an entry of the catalogue and a pure function over one record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.view import HouseholdView, MemberView, VillageView, WorkView
from shared.kernel.errors import Language

PersonRule = Callable[[MemberView, HouseholdView, Given], bool]
HouseholdRule = Callable[[HouseholdView, Given], bool]
WorkRule = Callable[[WorkView, MemberView, HouseholdView, Given], bool]
VillageRule = Callable[[VillageView, Given], bool]

Scope = Literal["person", "household", "work", "village", "county"]
"""*county*: a rule over many households at once, such as one number in two of them."""
Who = Literal["all", "recorded", "lifted_out", "monitored", "open", "eliminated", "unmonitored"]
"""Which households a rule is for: *recorded* is lifted out or monitored (the national record's own);
*open* is monitored with a risk not eliminated; *unmonitored* is lifted out and not monitored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of the catalogue. *numbers* are those of the checks it stands for.

    *reads* names what it needs beyond the registry: where this county keeps
    none of that, the rule does not run, and the catalogue says so. *confirmed*
    is of the rule; its *figures* have their own.
    """

    id: str
    scope: Scope
    who: Who
    severity: int
    zh: str
    en: str
    numbers: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    evidence: str = "SYS"
    source: str = ""
    confirmed: bool = False

    @property
    def family(self) -> str:
        return self.id[0]

    def text(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A rule that a record breaks. *person_id* is empty when no one person is meant."""

    household_id: str
    person_id: str
    rule: str
