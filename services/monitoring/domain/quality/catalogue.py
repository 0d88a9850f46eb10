"""The catalogue of rules, and which of them a record breaks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from services.monitoring.domain.quality import (
    completeness,
    education,
    identity,
    insurance,
    labour,
    land,
    measures,
    monitored,
    post,
    safeguard,
    structure,
    village,
    work,
)
from services.monitoring.domain.quality.given import Given
from services.monitoring.domain.quality.rule import (
    Hit,
    HouseholdRule,
    PersonRule,
    Rule,
    Scope,
    VillageRule,
    Who,
    WorkRule,
)
from services.monitoring.domain.quality.view import HouseholdView, Kind, VillageView

FAMILIES: tuple[ModuleType, ...] = (
    identity,
    structure,
    completeness,
    education,
    labour,
    work,
    post,
    insurance,
    safeguard,
    monitored,
    measures,
    land,
    village,
)
_TABLES: Mapping[Scope, str] = {
    "person": "PERSON",
    "household": "HOUSEHOLD",
    "work": "WORK",
    "village": "VILLAGE",
}
ACROSS: frozenset[str] = frozenset({"A-1", "A-10"})
"""The rules over many households, found by the database (``adapters/quality_across.py``)."""

APPLIES: Mapping[Who, Callable[[Kind], bool]] = {
    "all": lambda _one: True,
    "recorded": lambda one: one.lifted_out or one.monitored,
    "lifted_out": lambda one: one.lifted_out,
    "unmonitored": lambda one: one.lifted_out and not one.monitored,
    "monitored": lambda one: one.monitored,
    "open": lambda one: one.monitored and not one.eliminated,
    "eliminated": lambda one: one.monitored and one.eliminated,
}


class CatalogueError(ValueError):
    """The catalogue and the functions do not name the same rules; it stops the start."""


def functions_of(scope: Scope, families: Iterable[ModuleType] = FAMILIES) -> dict[str, Any]:
    """Return the functions of all families for records of *scope*, by rule."""
    return {
        name: function
        for family in families
        for name, function in getattr(family, _TABLES[scope], {}).items()
    }


@dataclass(frozen=True, slots=True)
class _Chosen:
    household: tuple[tuple[str, HouseholdRule], ...]
    person: tuple[tuple[str, PersonRule], ...]
    work: tuple[tuple[str, WorkRule], ...]


@dataclass(frozen=True)
class Catalogue:
    """Every rule by its id. *kept* says which of what rules read beyond the registry this county keeps."""

    rules: Mapping[str, Rule]
    kept: frozenset[str] = frozenset()
    _chosen: dict[Kind, _Chosen] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        written = {(rule.id, rule.scope) for rule in self.rules.values() if rule.scope != "county"}
        coded = {(name, scope) for scope in _TABLES for name in functions_of(scope)}
        across = {rule.id for rule in self.rules.values() if rule.scope == "county"}
        if wrong := (written ^ coded) | {(name, "county") for name in across ^ ACROSS}:
            msg = f"rules with an entry but no function, or the other way round: {sorted(wrong)}"
            raise CatalogueError(msg)

    def runs(self, rule: Rule) -> bool:
        """Say whether the county keeps everything *rule* reads."""
        return self.kept.issuperset(rule.reads)

    @property
    def running(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules.values() if self.runs(rule))

    def check(self, household: HouseholdView, given: Given) -> Iterator[Hit]:
        """Yield every rule the household, somebody in it or an entry of work breaks."""
        chosen = self._for(household)
        for name, of_household in chosen.household:
            if of_household(household, given):
                yield Hit(household.id, "", name)
        members = {member.id: member for member in household.members}
        for name, of_person in chosen.person:
            for member in household.members:
                if of_person(member, household, given):
                    yield Hit(household.id, member.id, name)
        for work_ in household.works:
            worker = members.get(work_.person_id)
            for name, of_work in chosen.work if worker else ():
                if worker and of_work(work_, worker, household, given):
                    yield Hit(household.id, worker.id, name)

    def check_village(self, village_: VillageView, given: Given) -> Iterator[Hit]:
        """Yield every rule the village's record breaks; the hit names no household."""
        rules: Mapping[str, VillageRule] = functions_of("village")
        for name, rule in rules.items():
            if self.runs(self.rules[name]) and rule(village_, given):
                yield Hit("", "", name)

    def _for(self, household: HouseholdView) -> _Chosen:
        kind = household.kind
        if kind not in self._chosen:
            self._chosen[kind] = _Chosen(
                household=self._choose("household", kind),
                person=self._choose("person", kind),
                work=self._choose("work", kind),
            )
        return self._chosen[kind]

    def _choose(self, scope: Scope, kind: Kind) -> tuple[tuple[str, Any], ...]:
        return tuple(
            (name, function)
            for name, function in functions_of(scope).items()
            if self.runs(self.rules[name]) and APPLIES[self.rules[name].who](kind)
        )


def by_family(rules: Iterable[Rule]) -> dict[str, Sequence[Rule]]:
    """Return *rules* by the letter of their family."""
    families: dict[str, list[Rule]] = {}
    for rule in rules:
        families.setdefault(rule.family, []).append(rule)
    return dict(families)
