"""Which measures answer which risk, and what is proposed for a household (domain 4.2, 4.3)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.monitoring.domain.measure_errors import RelocationNotPossibleError, UnknownMeasureError
from services.monitoring.domain.member import Member
from shared.kernel.errors import Language
from shared.parameters.figure import DatedFigure

Kind = Literal["developmental", "safeguard", "support", "social", "other"]
SUPPORT = "100A48"
"""综合保障: what a household without labour lives on."""
RELOCATION = "100A53"
_ABLE = frozenset({"001", "002"})
_WEAK = "005"


@dataclass(frozen=True, slots=True)
class Choice:
    """One measure by category (100A39 …) and the value inside it (001 …)."""

    category: str
    code: str


Planned = tuple[str, Choice]
"""What is planned, and against which risk."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure proposed for a risk; *person_id* where it is for one person."""

    risk: str
    choice: Choice
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A category of measures: its kind, the unit that answers, and its values with their labels."""

    code: str
    label: tuple[str, str]
    kind: Kind
    department: str
    service: str
    personal: bool
    values: Mapping[str, tuple[str, str]]
    confirmed: bool
    source: str

    def text(self, language: Language = "zh") -> str:
        return self.label[0] if language == "zh" else self.label[1]

    def value_text(self, code: str, language: Language = "zh") -> str:
        """Return the label of a value; raises UnknownMeasureError."""
        if code not in self.values:
            raise UnknownMeasureError(category=self.code, measure_code=code[:8])
        return self.values[code][0 if language == "zh" else 1]


@dataclass(frozen=True, slots=True)
class RiskRule:
    """A risk: *any_of* are the categories one of which it needs, *proposed* what is proposed first."""

    code: str
    label: tuple[str, str]
    any_of: DatedFigure[tuple[str, ...]]
    proposed: DatedFigure[tuple[str, ...]]

    def text(self, language: Language = "zh") -> str:
        return self.label[0] if language == "zh" else self.label[1]


@dataclass(frozen=True, slots=True)
class Labour:
    """Who of the household can work: *able* (普通, 技能) and *weak* (弱/半), by person."""

    able: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    @property
    def any(self) -> tuple[str, ...]:
        return (*self.able, *self.weak)


def labour_of(members: Iterable[Member]) -> Labour:
    """Return the labour of those *members* who are present and not at school."""
    working = [m for m in members if m.present and not m.school_status]
    return Labour(
        able=tuple(m.id for m in working if m.labour_skill in _ABLE),
        weak=tuple(m.id for m in working if m.labour_skill == _WEAK),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """A risk without a measure that answers it. A *confirmed* one stops the request, another only warns."""

    risk: str
    any_of: tuple[str, ...]
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class MeasureRules:
    """The policy of measures: categories, rules per risk, and what is proposed by labour."""

    categories: Mapping[str, Category]
    risks: Mapping[str, RiskRule]
    for_able: DatedFigure[tuple[str, ...]]
    for_weak: DatedFigure[tuple[str, ...]]
    for_no_labour: DatedFigure[tuple[str, ...]]

    def category(self, code: str) -> Category:
        """Return a category; raises UnknownMeasureError."""
        if code not in self.categories:
            raise UnknownMeasureError(category=code[:8], measure_code="")
        return self.categories[code]

    def check(self, choice: Choice) -> Category:
        """Return the category of *choice*; refuses unknown values, and relocation (rule J-30)."""
        category = self.category(choice.category)
        category.value_text(choice.code)
        if choice.category == RELOCATION:
            raise RelocationNotPossibleError
        return category

    @property
    def developmental(self) -> frozenset[str]:
        """The four categories that develop a household: industry, work, credit, public posts."""
        return frozenset(c.code for c in self.categories.values() if c.kind == "developmental")

    def propose(
        self, risks: Sequence[str], labour: Labour, on: date, *, present: Collection[Planned] = ()
    ) -> tuple[Proposal, ...]:
        """Return the measures to propose for *risks*, without those already *present*.

        Every risk gets a measure of its own, even where two risks call for the same
        kind: whether a risk was answered is asked per risk, here and in the assessment.
        Labour brings at least one developmental measure; a household without any
        labour gets social support (principle of A5 and rule 4_11_011).
        """
        proposals: list[Proposal] = []
        taken = set(present)
        for risk in dict.fromkeys(risks):
            for choice in self._proposed(risk, on):
                self._add(proposals, taken, risk, choice, labour)
        by_labour = self.for_able if labour.able else self.for_weak if labour.weak else self.for_no_labour
        answered = {choice.category for _, choice in taken}
        for choice in map(parse_choice, by_labour.on(on)):
            if choice.category not in answered:
                self._add(proposals, taken, risks[0], choice, labour)
        return tuple(proposals)

    def alternative(
        self, risk: str, labour: Labour, on: date, *, tried: Collection[Choice]
    ) -> Proposal | None:
        """Return what to try for *risk* after *tried*, of this risk, or None when nothing is left."""
        by_labour = (
            (*self.for_able.on(on), *self.for_weak.on(on)) if labour.any else self.for_no_labour.on(on)
        )
        first_values = [
            Choice(code, next(iter(self.category(code).values))) for code in self.risks[risk].any_of.on(on)
        ]
        for choice in (*self._proposed(risk, on), *first_values, *map(parse_choice, by_labour)):
            found: list[Proposal] = []
            self._add(found, {(risk, one) for one in tried}, risk, choice, labour)
            if found:
                return found[0]
        return None

    def gaps(
        self, risks: Sequence[str], categories: Collection[str], labour: Labour, on: date
    ) -> tuple[Gap, ...]:
        """Return the rules of 4.3 that the *categories* of a plan do not meet."""
        found = []
        for risk in risks:
            entry = self.risks[risk].any_of.entry_on(on)
            if not set(entry.value) & set(categories):
                found.append(Gap(risk, entry.value, entry.confirmed, entry.source))
        needed = self.developmental if labour.any else frozenset({SUPPORT})
        if not needed & set(categories):
            number = "5_12_007" if labour.any else "4_11_011"
            rule = f"全国信息系统校验规则{number} / check {number} of the national record"
            found.append(Gap("", tuple(sorted(needed)), confirmed=True, source=rule))
        return tuple(found)

    def _proposed(self, risk: str, on: date) -> list[Choice]:
        return [parse_choice(text) for text in self.risks[risk].proposed.on(on)]

    def _add(
        self, proposals: list[Proposal], taken: set[Planned], risk: str, choice: Choice, labour: Labour
    ) -> None:
        category = self.check(choice)
        without_labour = category.kind == "developmental" and not labour.any
        if (risk, choice) in taken or without_labour:
            return
        taken.add((risk, choice))
        proposals.append(Proposal(risk, choice, labour.any[0] if category.personal else None))


def parse_choice(text: str) -> Choice:
    """Return the choice written ``100A40-005``."""
    category, _, code = text.partition("-")
    return Choice(category, code)
