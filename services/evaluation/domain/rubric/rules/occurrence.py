"""Rules that count occurrences: M5 so much each time (M5b then zero), M13 so often it must be done."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from services.evaluation.domain.rubric.expression import Amount
from services.evaluation.domain.rubric.expression_functions import as_number
from services.evaluation.domain.rubric.number import clamp
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.rules.rule import Award, Case

Floor = Literal["zero", "none", "section"]
NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class PerOccurrence:
    """M5: full less *deduct* each time; the value is the count.

    With *deducts* several kinds are counted, each in an input of its own and with its own
    deduction; the unnamed value is then not read. *zero_from* (M5b): from so many times on
    nothing is left. *floor*: ``zero`` the item never falls below nothing; ``none`` it may,
    and takes from the whole table (不保底); ``section`` it may, and takes from its section,
    which never falls below nothing.
    """

    type: ClassVar[str] = "per_occurrence"
    deduct: Amount | None = None
    deducts: tuple[tuple[str, Amount], ...] = ()
    floor: Floor = "zero"
    zero_from: int | None = None

    def award(self, case: Case) -> Award:
        lost = [(case.number(deduct), count) for deduct, count in self._counted(case)]
        times = sum((count for _, count in lost), NOUGHT)
        if times < 0:
            raise case.wrong("a count below 0 / 次数不能为负")
        if self.zero_from is not None and times >= self.zero_from:
            return Award(NOUGHT, f"{w(times)} ≥ {self.zero_from} → 0")
        left = case.full - sum((deduct * count for deduct, count in lost), NOUGHT)
        working = f"{w(case.full)} − " + " − ".join(f"{w(deduct)} × {w(count)}" for deduct, count in lost)
        if self.floor == "zero":
            return Award(clamp(left, NOUGHT, case.full), f"max({working}, 0)")
        return Award(left, working)

    def _counted(self, case: Case) -> list[tuple[Amount, Fraction]]:
        if self.deducts:
            return [(deduct, as_number(case.input(name))) for name, deduct in self.deducts]
        return [(self.deduct if self.deduct is not None else NOUGHT, case.measured)]


@dataclass(frozen=True, slots=True)
class Frequency:
    """M13: *required* times it must be done; *deduct* for each time missing, never below nothing.

    With *periods* it must be done so often in each of them, and the unnamed value is read
    for each; a period done more often makes up for no other.
    """

    type: ClassVar[str] = "frequency"
    required: Amount
    deduct: Amount
    periods: tuple[str, ...] = ()

    def award(self, case: Case) -> Award:
        required, deduct = case.number(self.required), case.number(self.deduct)
        done = [as_number(case.input("", period)) for period in self.periods] or [case.measured]
        missing = [max(required - times, NOUGHT) for times in done]
        short = " + ".join(f"max({w(required)} − {w(times)}, 0)" for times in done)
        points = clamp(case.full - deduct * sum(missing, NOUGHT), NOUGHT, case.full)
        short = f"({short})" if len(done) > 1 else short
        return Award(points, f"max({w(case.full)} − {w(deduct)} × {short}, 0)")
