"""Faults of grades and of a point account: totals without a grade or with two, grades nobody can reach."""

from collections.abc import Iterator
from fractions import Fraction

from services.evaluation.adapters.rubric.check_points import most_of
from services.evaluation.adapters.rubric.finding import Finding, Findings, RuleAt, fixed, n
from services.evaluation.adapters.rubric.span import Span, around, holes, rest
from services.evaluation.domain.rubric.model import Account, Grade, Rubric


def check_grades(rubric: Rubric) -> Findings:
    """Yield the faults of the grades; totals are compared as published, with the rubric's places."""
    spans = [Span(one.least, *_upper(one)) for one in rubric.grades]
    for index, (grade, span) in enumerate(zip(rubric.grades, spans, strict=True)):
        yield from _one(RuleAt("", ("grades", index), grade, None), span)
    if spans:
        yield from _holes(rubric, spans)
        yield from _overlaps(rubric, spans)
        yield from _reach(rubric, spans)
    shares = sum((grade.quota for grade in rubric.grades if grade.quota is not None), Fraction(0))
    if shares > 1:
        yield Finding(
            "error",
            "quotas_above_one",
            "",
            ("grades",),
            f"各等次比例合计{n(shares * 100)}%，超过100%",
            f"the quotas add to {n(shares * 100)}%",
        )
    if rubric.account:
        yield from _account(rubric.account)


def _upper(grade: Grade) -> tuple[Fraction | None, bool, bool]:
    """Return high, whether low is open, whether high is open, in the order of ``Span``."""
    if grade.below is not None:
        return grade.below, False, True
    return grade.most, False, False


def _one(at: RuleAt, span: Span) -> Findings:
    grade: Grade = at.rule
    if span.empty:
        yield at.wrong("grade_empty", "min", f"“{grade.name}”不含任何分数", f"no total is in {grade.name}")
    if grade.below is not None and grade.most is not None:
        yield at.wrong(
            "below_and_max", "max", "below（不含）和 max（含）只能写一个", "write below or max, not both"
        )
    if grade.quota is not None and not 0 < grade.quota <= 1:
        yield at.wrong(
            "quota_impossible",
            "quota",
            f"比例是{n(grade.quota)}，应大于0且不超过1（30% 写 0.3 或 30%）",
            f"is {n(grade.quota)}; a share lies above 0, up to 1 (30% or 0.3)",
        )
    if grade.quota_places is not None and grade.quota_places < 1:
        yield at.wrong("quota_impossible", "quota_places", "名额应为1或更多", "must be 1 or more")
    if grade.quota is not None and grade.quota_places is not None:
        yield at.odd(
            "quota_twice",
            "quota",
            "同时写了比例和名额，以名额为准",
            "a share and a number of places; the number counts",
        )


def _holes(rubric: Rubric, spans: list[Span]) -> Findings:
    for hole in holes(spans):
        if hole.holds_number(rubric.places):
            yield Finding(
                "error",
                "hole_in_grades",
                "",
                ("grades",),
                f"总分 {hole.text()} 没有等次",
                f"totals {hole.text()} have no grade",
            )
    whole = around(spans)
    if whole.low is not None and whole.low > (fixed(rubric.floor) or 0):
        yield Finding(
            "warning",
            "no_grade_below",
            "",
            ("grades",),
            f"低于{n(whole.low)}分没有等次",
            f"totals below {n(whole.low)} have no grade",
        )


def _overlaps(rubric: Rubric, spans: list[Span]) -> Findings:
    for index, span in enumerate(spans):
        for other, before in enumerate(spans[:index]):
            shared = span.meets(before)
            # “≥90, ≥80, …” is how ladders are written: the best grade reached counts.
            if not shared.holds_number(rubric.places) or span.high is None:
                continue
            names = rubric.grades[other].name, rubric.grades[index].name
            ladder = shared.low == shared.high
            yield Finding(
                "warning" if ladder else "error",
                "grades_overlap",
                "",
                ("grades", index),
                f"总分 {shared.text()} 同时属于“{names[0]}”和“{names[1]}”，以“{names[0]}”为准",
                f"totals {shared.text()} are in both {names[0]} and {names[1]}; {names[0]} counts",
            )


def _reach(rubric: Rubric, spans: list[Span]) -> Findings:
    most = most_of(rubric)
    for index, (grade, span) in enumerate(zip(rubric.grades, spans, strict=True)):
        at = RuleAt("", ("grades", index), grade, None)
        if most is not None and span.low is not None and span.low > most:
            yield at.wrong(
                "grade_unreachable",
                "min",
                f"最高只能得{n(most)}分，没有单位能达到“{grade.name}”（{n(span.low)}分）",
                f"{n(most)} is the most there is; nobody reaches {grade.name} ({n(span.low)})",
            )
        free = [one for one, before in zip(spans[:index], rubric.grades, strict=False) if _free(before)]
        if not span.empty and not rest(span, free):
            yield at.wrong(
                "grade_never_given",
                "min",
                f"前面的等次已包含全部分数，“{grade.name}”用不到",
                f"the grades before hold all totals of {grade.name}",
            )
    whole = around(spans)
    if whole.high is not None and (
        most is None or most > whole.high or (most == whole.high and whole.high_open)
    ):
        yield Finding(
            "warning",
            "no_grade_above",
            "",
            ("grades",),
            f"高于{n(whole.high)}分没有等次（加分后可能超过）",
            f"totals above {n(whole.high)} have no grade, and bonus may lead there",
        )


def _free(grade: Grade) -> bool:
    """Tell whether everybody in the band gets the grade."""
    return grade.when is None and grade.quota is None and grade.quota_places is None


def _account(account: Account) -> Iterator[Finding]:
    opening = fixed(account.opening)
    for index, threshold in enumerate(account.thresholds):
        if opening is not None and threshold.at >= opening:
            yield Finding(
                "error",
                "threshold_at_once",
                "",
                ("account", "thresholds", index, "at"),
                f"起始{n(opening)}分，{n(threshold.at)}分的“{threshold.act}”一开始就会触发",
                f"the account opens with {n(opening)}; {threshold.act} at {n(threshold.at)} follows at once",
            )
