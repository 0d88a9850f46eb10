"""Rules made of rules: M14 checklist, M15 choose one, a rule that depends on a condition."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.gap import GapError, MissingValueError, NotApplicableError
from services.evaluation.domain.rubric.rules.rule import Award, Case, Rule
from services.evaluation.domain.rubric.rules.target import AllOrNothing

NOUGHT = Fraction(0)
YES = AllOrNothing()


@dataclass(frozen=True, slots=True)
class Check:
    """A line of a checklist: the input *input*, worth *points*, scored by *rule* (without one: yes or no)."""

    input: str
    points: Amount
    rule: Rule = YES


@dataclass(frozen=True, slots=True)
class Checklist:
    """M14: the sum of its checks. One check without a value makes the whole item miss its value."""

    type: ClassVar[str] = "checklist"
    checks: tuple[Check, ...]

    def award(self, case: Case) -> Award:
        total, workings = NOUGHT, []
        for check in self.checks:
            inner = case.reading(check.input).worth(case.number(check.points))
            points, working = check.rule.award(inner)
            total += points
            workings.append(f"{check.input}: {working}")
        return Award(total, "; ".join(workings))


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to earn the item: *rule* over *input*, worth *points* (None: the item's own)."""

    rule: Rule
    input: Expression | None = None
    points: Amount | None = None


@dataclass(frozen=True, slots=True)
class ChooseOne:
    """M15: the best alternative. Those without a value are passed over; without any, it is missing."""

    type: ClassVar[str] = "choose_one"
    of: tuple[Alternative, ...]

    def award(self, case: Case) -> Award:
        awards: list[Award] = []
        for alternative in self.of:
            try:
                inner = case if alternative.input is None else case.reading(alternative.input)
                if alternative.points is not None:
                    inner = inner.worth(case.number(alternative.points))
                awards.append(alternative.rule.award(inner))
            except GapError as gap:
                last = gap
        if not awards:
            raise MissingValueError(last.where) if self.of else MissingValueError("choose_one")
        best = max(awards, key=lambda award: award.points)
        return Award(best.points, " | ".join(award.working for award in awards))


@dataclass(frozen=True, slots=True)
class When:
    """*then* where *condition* holds, else *otherwise*; without the latter: not applicable."""

    type: ClassVar[str] = "when"
    condition: Expression
    then: Rule
    otherwise: Rule | None = None

    def award(self, case: Case) -> Award:
        if case.holds(self.condition):
            return self.then.award(case)
        if self.otherwise is None:
            raise NotApplicableError(self.condition.text)
        return self.otherwise.award(case)
