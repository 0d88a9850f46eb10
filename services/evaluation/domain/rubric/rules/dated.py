"""Rules about time: M12 deadline, M16 checkpoint by date, M20 a cohort that has had its time."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar, Literal

from services.evaluation.domain.rubric.errors import RubricError
from services.evaluation.domain.rubric.expression import Amount, Expression
from services.evaluation.domain.rubric.gap import NotApplicableError
from services.evaluation.domain.rubric.number import written as w
from services.evaluation.domain.rubric.rules.rule import Award, Case, Rule

NOUGHT = Fraction(0)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Deadline:
    """M12: full when done by *by* (that day included); later, what *late* gives, or nothing.

    The value is the day it was done; or yes/no (yes: in time; no: not done); or the number
    of days late. *late* reads the days late as its value (``days_late`` in expressions);
    *count* ``workdays`` leaves weekends and holidays out. Not done: nothing, or with
    *not_done* ``late`` as if it were done on the day of scoring; before the deadline has
    passed what is not done does not apply yet.
    """

    type: ClassVar[str] = "deadline"
    by: date | Expression | None = None
    late: Rule | None = None
    count: Literal["days", "workdays"] = "days"
    not_done: Literal["zero", "late"] = "zero"

    def award(self, case: Case) -> Award:
        value = case.value
        if isinstance(value, bool):
            return Award(case.full, f"✓ → {w(case.full)}") if value else self._not_done(case)
        if isinstance(value, str):
            raise case.wrong(
                f"write the day with its year, as 2022-07-31 (or the days late), not {value}"
                f" / 日期须带年份，如 2022-07-31（也可填逾期天数），不能是“{value}”"
            )
        if not isinstance(value, date):
            return self._late(case, case.measured, w(case.measured))
        return self._done(case, value)

    def _done(self, case: Case, done: date) -> Award:
        by = self._by(case)
        late = case.workdays(by, done) if self.count == "workdays" else (done - by).days
        return self._late(case, Fraction(late if done > by else 0), f"{done} − {by} = {late}")

    def _by(self, case: Case) -> date:
        if self.by is None:
            raise RubricError(where="deadline", why="a day is given and no deadline / 未定截止日期")
        return case.day(self.by)

    def _not_done(self, case: Case) -> Award:
        if self.by is not None and case.as_of is not None:
            by = self._by(case)
            if case.as_of <= by:
                raise NotApplicableError(f"due / 未到期: {by}")
            if self.not_done == "late":
                return self._done(case, case.as_of)
        return Award(NOUGHT, "✗ → 0")

    def _late(self, case: Case, days: Fraction, sentence: str) -> Award:
        if days <= 0:
            return Award(case.full, f"{sentence} ≤ 0 → {w(case.full)}")
        if self.late is None:
            return Award(NOUGHT, f"{sentence} > 0 → 0")
        points, working = self.late.award(case.holding(days, days_late=days))
        return Award(points, f"{sentence}; {working}" if sentence != w(days) else working)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """M16: the target depends on the day of scoring; *rule* reads it as ``target``.

    The last date reached counts; before the first, the item does not apply.
    """

    type: ClassVar[str] = "checkpoint"
    targets: tuple[tuple[date, Amount], ...]
    rule: Rule

    def award(self, case: Case) -> Award:
        if case.as_of is None:
            raise RubricError(where="checkpoint", why="scoring needs its day / 须指定考核截止日")
        reached = [
            (day, amount) for day, amount in sorted(self.targets, key=lambda one: one[0]) if day <= case.as_of
        ]
        if not reached:
            raise NotApplicableError(f"before / 早于: {min(day for day, _ in self.targets)}")
        day, amount = reached[-1]
        target = case.number(amount)
        points, working = self.rule.award(case.holding(case.value, target=target))
        return Award(points, f"{day}: {w(target)}; {working}")


@dataclass(frozen=True, slots=True)
class Lagged:
    """M20: the value is of a cohort of the day in the input *cohort_on*, at least *months* before scoring.

    A cohort that has not had its time yet does not apply.
    """

    type: ClassVar[str] = "lagged"
    months: int
    rule: Rule
    cohort_on: str = "cohort_on"

    def award(self, case: Case) -> Award:
        began = case.input(self.cohort_on)
        if case.as_of is None or not isinstance(began, date):
            raise RubricError(
                where="lagged", why="needs the day of scoring and of the cohort / 须有截止日和起算日"
            )
        if _months_before(case.as_of, self.months) < began:
            raise NotApplicableError(f"{began} + {self.months} > {case.as_of}")
        points, working = self.rule.award(case)
        return Award(points, f"{began}: {working}")


def _months_before(day: date, months: int) -> date:
    """Return the same day *months* earlier, or the last day of that month where it is shorter."""
    years, month = divmod(day.year * MONTHS + day.month - 1 - months, MONTHS)
    for number in range(day.day, 0, -1):
        try:
            return date(years, month + 1, number)
        except ValueError:
            continue
    raise AssertionError(day)
