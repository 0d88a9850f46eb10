"""Faults of names in a rubric: what is referred to and not there, grades nobody has, parts of two kinds."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from services.evaluation.adapters.rubric.finding import Finding, Findings, expressions_at, rules_in
from services.evaluation.adapters.rubric.lines import Path_
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.model import Part, Rubric, parts_of
from services.evaluation.domain.rubric.rules.cohort import MeanScore

IMPORTED = "imported"


def check_names(rubric: Rubric) -> Findings:
    """Yield what is wrong with the names of *rubric*; that ids stand twice, the loader says."""
    yield from _references(rubric)
    yield from _grades_named(rubric)
    for part in _all_parts(rubric):
        yield from _part(part)
    for item in rubric.items():
        if "/" in item.id:
            yield Finding(
                "error",
                "id_with_slash",
                item.id,
                ("id",),
                "编号不能含“/”（留给引用其他细则）",
                "an id has no “/”, which stands for another rubric",
            )


def _all_parts(rubric: Rubric) -> Iterator[Part]:
    for part in rubric.parts:
        yield from parts_of(part)


def named_parts(rubric: Rubric) -> Iterator[tuple[str, Any]]:
    """Yield whatever has an id, with it; the rubric itself comes last, as ``""``."""
    named: list[Any] = [*_all_parts(rubric), *rubric.items(), *rubric.bonus, *rubric.deductions]
    for one in (*named, *rubric.vetoes, *rubric.prerequisites):
        yield one.id, one
    yield "", rubric


def _references(rubric: Rubric) -> Findings:
    scored = {part.id for part in _all_parts(rubric)} | {item.id for item in rubric.items()}
    scored |= {block.id for block in (*rubric.bonus, *rubric.deductions)}
    measured = {item.id for item in rubric.items()} | {veto.id for veto in rubric.vetoes}
    measured |= {one.id for one in rubric.prerequisites} | set(rubric.data)
    for name, named in named_parts(rubric):
        for steps, expression in expressions_at(named):
            for reference in expression.references:
                known = scored if reference.of_score else measured
                if reference.function != IMPORTED and reference.target not in known:
                    yield _unknown(name, steps, reference.target, known, expression)
    for item in rubric.items():
        for at in rules_in(item.id, item.rule, item.points):
            if isinstance(at.rule, MeanScore) and at.rule.item not in scored:
                yield _unknown(item.id, (*at.steps, "item"), at.rule.item, scored, None)


def _unknown(name: str, steps: Path_, target: str, known: set[str], where: Expression | None) -> Finding:
    near = get_close_matches(target, sorted(known), 1)
    zh, en = (f"，是否为“{near[0]}”？", f"; did you mean “{near[0]}”?") if near else ("", "")
    text = f"：{where.text}" if where else ""
    return Finding(
        "error",
        "reference_unknown",
        name,
        steps,
        f"引用了不存在的项目“{target}”{zh}{text}",
        f"refers to “{target}”, which is not there{en}",
    )


def _grades_named(rubric: Rubric) -> Findings:
    names = [grade.name for grade in rubric.grades]
    barred = [(veto.id, "grade", veto.grade, veto.effect == "bar_grade") for veto in rubric.vetoes]
    barred += [(one.id, "bars_grade", one.bars_grade, bool(one.bars_grade)) for one in rubric.prerequisites]
    for name, field, grade, bars in barred:
        if bars and grade not in names:
            yield Finding(
                "error",
                "grade_unknown",
                name,
                (field,),
                f"没有“{grade}”这个等次；等次有：{'、'.join(names) or '无'}",
                f"there is no grade “{grade}”; there are: {', '.join(names) or 'none'}",
            )
    for veto in rubric.vetoes:
        if veto.effect == "lowest_grade" and not names:
            yield Finding(
                "error",
                "grade_unknown",
                veto.id,
                ("effect",),
                "降为最低等次，但细则没有等次",
                "gives the lowest grade, but there are no grades",
            )
        if veto.grade and veto.effect != "bar_grade":
            yield Finding(
                "warning",
                "grade_not_read",
                veto.id,
                ("grade",),
                "只有 bar_grade 才用到等次",
                "only bar_grade reads a grade",
            )
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Finding(
                "error",
                "grade_twice",
                "",
                ("grades", index, "name"),
                f"等次“{name}”重复",
                f"the grade “{name}” stands twice",
            )


def _part(part: Part) -> Findings:
    if part.items and part.parts:
        yield Finding(
            "error",
            "items_and_parts",
            part.id,
            ("items",),
            "一个部分只能含项目或只能含下级部分",
            "a part holds items or parts, not both",
        )
    if not part.items and not part.parts:
        yield Finding("warning", "part_empty", part.id, (), "这一部分没有任何项目", "holds nothing")
    if part.periods:
        inner = [one.id for one in parts_of(part) if one is not part and one.periods]
        inner += [item.id for one in parts_of(part) for item in one.items if item.periods]
        for name in inner:
            yield Finding(
                "error",
                "periods_nested",
                name,
                ("periods",),
                f"上级部分“{part.id}”已经分期，这里不能再分期",
                f"the part “{part.id}” above has periods already",
            )
