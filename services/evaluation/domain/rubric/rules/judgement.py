"""Rules that hold what people found: M21 a sample of stated size, M22 a judged number with its reason."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.expression_functions import as_number
from services.evaluation.domain.rubric.gap import MissingValueError
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.rules.rule import Award, Case, Rule

NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class Sampled:
    """M21: *rule* over what a sample of *sample_size* showed; the input ``sample`` is its true size.

    A smaller sample than stated is ``missing`` (it must be completed), or with *short*
    ``accept`` scored as it is.
    """

    type: ClassVar[str] = "sampled"
    sample_size: Amount
    rule: Rule
    short: Literal["missing", "accept"] = "missing"

    def award(self, case: Case) -> Award:
        wanted, looked_at = case.number(self.sample_size), as_number(case.input("sample"))
        if looked_at < wanted and self.short == "missing":
            raise MissingValueError(f"sample / 样本: {w(looked_at)} < {w(wanted)}")
        points, working = self.rule.award(case)
        return Award(points, f"n = {w(looked_at)}/{w(wanted)}; {working}")


@dataclass(frozen=True, slots=True)
class Judged:
    """M22: the points a person gave, from *low* to *high* (None: full); outside is refused, not cut.

    Without reason and assessor beside the value, the value is missing.
    """

    type: ClassVar[str] = "judged"
    low: Amount = NOUGHT
    high: Amount | None = None

    def award(self, case: Case) -> Award:
        low = case.number(self.low)
        high = case.full if self.high is None else case.number(self.high)
        points = case.measured
        if not low <= points <= high:
            en = f"{w(points)} is not between {w(low)} and {w(high)}"
            raise case.wrong(f"{en} / {w(points)}分不在{w(low)}至{w(high)}分之间")
        if not (case.note.reason and case.note.assessor):
            raise MissingValueError("reason and assessor / 须注明理由和评分人")
        return Award(points, f"{case.note.assessor}: {case.note.reason} → {w(points)}")
