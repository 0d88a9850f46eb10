"""Who gets which grade: closed bands, conditions, quotas, ties at a quota's edge (C12, C13)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from services.evaluation.domain.rubric.expression_functions import as_number
from services.evaluation.domain.rubric.gap import GapError
from services.evaluation.domain.rubric.model import Grade, QuotaTies
from services.evaluation.domain.rubric.number import HALF
from services.evaluation.domain.rubric.run import Run
from services.evaluation.domain.rubric.section import scope_of
from services.evaluation.domain.rubric.standing import Standing
from services.evaluation.domain.rubric.veto import judge

COMMITTEE = "committee / 由领导小组研定"
NOT_RANKED = "not ranked / 未参与排名"
NO_BAND = "no grade for this total / 总分不在任何等次内"

Given = dict[str, tuple[str, str]]
"""Unit → grade ("" for none) and why there is none."""


def graded(run: Run, standings: Mapping[str, Standing]) -> Given:
    """Return the grade of each unit; a rubric without grades gives none."""
    given: Given = {}
    groups: dict[str, list[Standing]] = {}
    for standing in standings.values():
        groups.setdefault(standing.group, []).append(standing)
    for members in groups.values():
        given |= _Group(run, members).grades()
    return given


class _Group:
    """One ranking group being graded, the best grade first.

    Who is kept out of a grade by its quota, its condition or a veto falls to the next
    one, although the total lies above that one's upper end.
    """

    def __init__(self, run: Run, members: Sequence[Standing]) -> None:
        self._run, self._members = run, members
        self._given: Given = {}
        self._kept_out: set[str] = set()

    def grades(self) -> Given:
        grades = self._run.rubric.grades
        if not grades:
            return {member.unit: ("", "") for member in self._members}
        for member in self._members:
            if "lowest_grade" in member.effects:
                self._given[member.unit] = (grades[-1].name, "")
            elif member.rank is None:
                self._given[member.unit] = ("", NOT_RANKED)
        for grade in grades:
            self._give(grade)
        rest = {member.unit: ("", NO_BAND) for member in self._members}
        return rest | self._given

    def _give(self, grade: Grade) -> None:
        open_ones = [member for member in self._members if member.unit not in self._given]
        reaching = [member for member in open_ones if self._in_band(member, grade)]
        fit = [member for member in reaching if self._may_have(member, grade)]
        admitted, undecided = self._within_quota(fit, grade)
        for member in reaching:
            if member.unit in admitted:
                self._given[member.unit] = (grade.name, "")
            elif member.unit in undecided:
                self._given[member.unit] = ("", f"{grade.name}: {COMMITTEE}")
            else:
                self._kept_out.add(member.unit)

    def _in_band(self, member: Standing, grade: Grade) -> bool:
        total = Fraction(member.shown or 0)
        if grade.least is not None and total < grade.least:
            return False
        if member.unit in self._kept_out:
            return True
        below = grade.below is None or total < grade.below
        return below and (grade.most is None or total <= grade.most)

    def _may_have(self, member: Standing, grade: Grade) -> bool:
        if grade.name in member.barred:
            return False
        if grade.when is None:
            return True
        lent = {
            "total": Fraction(member.shown or 0),
            "rank": member.rank,
            "group_size": Fraction(len(self._members)),
            "vetoed": Fraction(int(bool(member.effects))),
        }
        return judge(self._run, member.unit, grade.name, grade.when, **lent).holds

    def _within_quota(self, fit: Sequence[Standing], grade: Grade) -> tuple[set[str], set[str]]:
        """Return who gets the grade, and who is undecided at the edge of its quota."""
        seats = self._seats(grade)
        ties = self._run.rubric.quota_ties
        if seats is None or len(fit) <= seats:
            return {member.unit for member in fit}, set()
        keys = {member.unit: self._key(member, ties) for member in fit}
        ordered = sorted(fit, key=lambda member: keys[member.unit])
        edge = keys[ordered[seats].unit]
        inside = {unit for unit, key in keys.items() if key < edge}
        tied = {unit for unit, key in keys.items() if key == edge}
        if len(inside) == seats:
            return inside, set()
        if ties.otherwise == "all":
            return inside | tied, set()
        return inside, tied if ties.otherwise == "committee" else set()

    def _seats(self, grade: Grade) -> int | None:
        if grade.quota_places is not None:
            return grade.quota_places
        if grade.quota is None:
            return None
        share = grade.quota * len(self._members)
        rounding = self._run.rubric.quota_ties.rounding
        if rounding == "ceil":
            return ceil(share)
        return floor(share + HALF) if rounding == "half_up" else floor(share)

    def _key(self, member: Standing, ties: QuotaTies) -> tuple[Fraction, ...]:
        """Return what orders candidates, smallest first; what is unknown comes last."""
        found = [(Fraction(0), member.rank or Fraction(0))]
        for by in ties.by:
            try:
                number = as_number(by.evaluate(scope_of(self._run, member.unit, "")))
            except GapError:
                found.append((Fraction(1), Fraction(0)))
            else:
                found.append((Fraction(0), -number))
        return tuple(number for pair in found for number in pair)
