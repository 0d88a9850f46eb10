"""Which measures answer which risk, and what is proposed for a household (domain 4.2, 4.3)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.monitoring.domain.measure_errors import RelocationNotPossibleError, UnknownMeasureError
from services.monitoring.domain.member import Member
from shared.kernel.errors import Language
from shared.kernel.period import age_on
from shared.parameters.figure import DatedFigure

Kind = Literal["developmental", "safeguard", "support", "social", "other"]
RELOCATION = "100A53"
_ABLE = frozenset({"001", "002"})
_WEAK = "005"
_COMPULSORY = range(6, 16)
_LABOUR = ("劳动力状况", "labour")
_LABOUR_RULE = "全国信息系统校验规则5_12_007 / check 5_12_007 of the national record"


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
class Needs:
    """What calls for a measure whatever the risks are: a child out of school, somebody not insured (4.3)."""

    dropout: bool = False
    uninsured: bool = False


NO_NEEDS = Needs()


def needs_of(members: Iterable[Member], on: date, *, open_dropout: bool) -> Needs:
    """Return what the *members* who are present need; *open_dropout*: one is on record, not mended."""
    present = [member for member in members if member.present]
    return Needs(
        dropout=open_dropout
        or any(
            one.absence_reason and not one.school_status and age_on(one.born_on, on) in _COMPULSORY
            for one in present
        ),
        uninsured=any(not one.insured for one in present),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """A need without a measure that answers it. A *confirmed* one stops the request, another only warns.

    *any_of* are categories (100A45) or single measures (100A48-001), *label* names the need.
    """

    risk: str
    label: tuple[str, str]
    any_of: tuple[str, ...]
    confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class MeasureRules:
    """The policy of measures: categories, rules per risk, and what is proposed by labour."""

    categories: Mapping[str, Category]
    risks: Mapping[str, RiskRule]
    dropout: RiskRule
    uninsured: RiskRule
    without_labour: RiskRule
    """Needs of a household, each under the risk it is planned for when the case has that."""
    for_able: DatedFigure[tuple[str, ...]]
    for_weak: DatedFigure[tuple[str, ...]]

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
        self,
        risks: Sequence[str],
        labour: Labour,
        on: date,
        *,
        present: Collection[Planned] = (),
        declined: Collection[Planned] = (),
        needs: Needs = NO_NEEDS,
    ) -> tuple[Proposal, ...]:
        """Return the measures to propose for *risks*, without those already *present*.

        Every risk gets a measure of its own, even where two risks call for the same
        kind: whether a risk was answered is asked per risk, here and in the assessment.
        Labour brings at least one developmental measure; a household without any
        labour gets social support (principle of A5 and rule 4_11_011). What was *declined*
        for a risk is proposed for it again only when a need has nothing else left.
        """
        proposals: list[Proposal] = []
        taken = set(present)
        for risk in dict.fromkeys(risks):
            rule, mine = self.risks[risk], _of(risk, taken)
            for choice in self._untried(rule, mine, _of(risk, declined), labour, on):
                self._add(proposals, taken, risk, choice, labour)
        for rule in self._needed(labour, needs):
            every = {choice for _, choice in taken}
            if not _answered(rule.any_of.on(on), every):
                risk = rule.code if rule.code in risks else risks[0]
                for choice in self._untried(rule, every, _of(risk, declined), labour, on):
                    self._add(proposals, taken, risk, choice, labour)
        every = {choice for _, choice in taken}
        for choice in self._developing(every, _of(risks[0], declined), labour, on):
            self._add(proposals, taken, risks[0], choice, labour)
        return tuple(proposals)

    def _untried(
        self, rule: RiskRule, present: Collection[Choice], tried: Collection[Choice], labour: Labour, on: date
    ) -> list[Choice]:
        """Return what *rule* proposes besides what was *tried*.

        When all was tried and nothing *present* answers the rule: another measure that
        does, or, when there is none, the same again.
        """
        proposed = [parse_choice(text) for text in rule.proposed.on(on)]
        fresh = [choice for choice in proposed if choice not in tried]
        if fresh or not tried or _answered(rule.any_of.on(on), present):
            return fresh
        others = [self._first_value(code) for code in rule.any_of.on(on)]
        possible = [one for one in others if one not in tried and self._possible(one, labour)]
        return possible[:1] or proposed

    def _developing(
        self, present: Collection[Choice], tried: Collection[Choice], labour: Labour, on: date
    ) -> list[Choice]:
        """Return what labour brings, of categories not *present*, besides what was *tried*."""
        if not labour.any:
            return []
        able, weak = ([parse_choice(text) for text in one.on(on)] for one in (self.for_able, self.for_weak))
        categories = {choice.category for choice in present}
        wanted = [one for one in (able if labour.able else weak) if one.category not in categories]
        fresh = [one for one in wanted if one not in tried]
        if fresh or _answered(self.developmental, present):
            return fresh
        return [one for one in (*able, *weak) if one not in tried][:1] or wanted

    def alternative(
        self, risk: str, labour: Labour, on: date, *, tried: Collection[Choice]
    ) -> Proposal | None:
        """Return what to try for *risk* after *tried*, of this risk, or None when nothing is left."""
        by_labour = (
            (*self.for_able.on(on), *self.for_weak.on(on))
            if labour.any
            else self.without_labour.proposed.on(on)
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
        self,
        risks: Sequence[str],
        choices: Collection[Choice],
        labour: Labour,
        on: date,
        *,
        needs: Needs = NO_NEEDS,
    ) -> tuple[Gap, ...]:
        """Return the rules of 4.3 that the *choices* of a plan do not meet."""
        found = []
        for rule in (*(self.risks[risk] for risk in risks), *self._needed(labour, needs)):
            entry = rule.any_of.entry_on(on)
            if not _answered(entry.value, choices):
                risk = rule.code if self.risks.get(rule.code) is rule else ""
                found.append(Gap(risk, rule.label, entry.value, entry.confirmed, entry.source))
        if labour.any and not _answered(self.developmental, choices):
            needed = tuple(sorted(self.developmental))
            found.append(Gap("", _LABOUR, needed, confirmed=True, source=_LABOUR_RULE))
        return tuple(found)

    def named(self, code: str) -> tuple[str, str]:
        """Return the words of a category (100A45) or of a single measure (100A48-001)."""
        choice = parse_choice(code)
        category = self.category(choice.category)
        if not choice.code:
            return category.label
        zh, en = category.value_text(choice.code), category.value_text(choice.code, "en")
        return f"{category.text()}·{zh}", f"{category.text('en')}: {en}"

    def _needed(self, labour: Labour, needs: Needs) -> list[RiskRule]:
        every = (
            (self.dropout, needs.dropout),
            (self.uninsured, needs.uninsured),
            (self.without_labour, not labour.any),
        )
        return [rule for rule, is_needed in every if is_needed]

    def _first_value(self, code: str) -> Choice:
        choice = parse_choice(code)
        return choice if choice.code else Choice(code, next(iter(self.category(code).values)))

    def _possible(self, choice: Choice, labour: Labour) -> bool:
        category = self.category(choice.category)
        return category.code != RELOCATION and (category.kind != "developmental" or bool(labour.any))

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


def _of(risk: str, planned: Collection[Planned]) -> set[Choice]:
    return {choice for one, choice in planned if one == risk}


def _answered(codes: Collection[str], choices: Collection[Choice]) -> bool:
    """Whether one of the *choices* is in one of the categories, or one of the single measures, of *codes*."""
    return any(one.category in codes or f"{one.category}-{one.code}" in codes for one in choices)


def parse_choice(text: str) -> Choice:
    """Return the choice written ``100A40-005``."""
    category, _, code = text.partition("-")
    return Choice(category, code)
