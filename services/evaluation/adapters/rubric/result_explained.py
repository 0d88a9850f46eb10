"""How a total or a single item came about, step by step, down to the cells of the values file."""

from collections.abc import Iterator, Mapping, Sequence

from services.evaluation.adapters.rubric.load import RubricFile
from services.evaluation.adapters.rubric.result_document import cell_text, names_of, rounded
from services.evaluation.adapters.rubric.result_listing import notes_of
from services.evaluation.domain.rubric.model import Item, Part, Rubric
from services.evaluation.domain.rubric.number import written
from services.evaluation.domain.rubric.result import InputUsed, ItemScore, RubricResult, UnitResult
from services.evaluation.domain.rubric.values import CellKey
from shared.kernel.errors import NotFoundError

_STATUS = {"scored": "", "missing": "缺少数据 missing", "not_applicable": "不适用 not applicable"}


class NothingToExplainError(NotFoundError):
    """Raised when the unit or the item asked about is not in the result."""

    code = "nothing_to_explain"
    zh = "结果里没有“{what}”；有：{known}"
    en = "The result has no “{what}”; it has: {known}"


def explained(file: RubricFile, result: RubricResult, lines: Mapping[CellKey, int], asked: str) -> str:
    """Return the account of *asked*, ``UNIT`` or ``UNIT:ITEM``; raises NothingToExplainError."""
    unit, item = _asked(result, asked)
    told = _total(file, result, unit) if not item else _item(file, unit, item, lines)
    return "".join(f"{line}\n" for line in told)


def _asked(result: RubricResult, asked: str) -> tuple[UnitResult, str]:
    units = {one.unit: one for one in result.units}
    name, _, item = asked.partition(":")
    if asked in units:
        name, item = asked, ""
    if name not in units:
        raise NothingToExplainError(what=name, known=", ".join(units))
    known = list(dict.fromkeys(score.item for score in units[name].items))
    if item and item not in known:
        raise NothingToExplainError(what=f"{name}:{item}", known=", ".join(known))
    return units[name], item


def _total(file: RubricFile, result: RubricResult, one: UnitResult) -> Iterator[str]:
    rubric, names = file.rubric, names_of(file.rubric)
    yield f"{one.unit}  {rubric.title.zh}"
    total = "—" if one.shown is None else str(one.shown)
    exact = "" if one.total is None else f" (精确 exact {one.total})"
    yield f"总分 total {total}{exact}    {one.working}"
    if one.rank is not None:
        of = sum(other.ranking_group == one.ranking_group for other in result.units)
        yield f"名次 rank {written(one.rank)} / {of} {one.ranking_group}".rstrip()
    yield f"等次 grade {one.grade or '—'}"
    for note in notes_of(one):
        yield f"! {note}"
    for veto in one.vetoes:
        yield f"  {veto.id}: {veto.working}"
    if one.base is not None:
        yield f"基本分 base    {one.base.working} → {rounded(rubric, one.base.points) or '—'}"
    yield from _sections(rubric, names, one, rubric.parts, 0)
    for block in (*rubric.bonus, *rubric.deductions):
        yield from _score_lines(rubric, names, one, block.id, 0)
        for item in block.items:
            yield from _item_lines(rubric, names, one, item.id, 1)


def _sections(
    rubric: Rubric, names: Mapping[str, str], one: UnitResult, parts: Sequence[Part], depth: int
) -> Iterator[str]:
    for part in parts:
        yield from _score_lines(rubric, names, one, part.id, depth)
        for item in part.items:
            yield from _item_lines(rubric, names, one, item.id, depth + 1)
        yield from _sections(rubric, names, one, part.parts, depth + 1)


def _score_lines(
    rubric: Rubric, names: Mapping[str, str], one: UnitResult, part: str, depth: int
) -> Iterator[str]:
    for score in one.parts:
        if score.part == part:
            period = f" [{score.period}]" if score.period else ""
            points = rounded(rubric, score.contributes) or "—"
            full = written(score.full) if score.full else "—"
            head = f"{part} {names[part]}{period}  {points} / {full}"
            yield f"{'  ' * depth}{head}    {score.working}"


def _item_lines(
    rubric: Rubric, names: Mapping[str, str], one: UnitResult, item: str, depth: int
) -> Iterator[str]:
    for score in one.items:
        if score.item == item:
            yield f"{'  ' * depth}{_headline(rubric, names, score)}    {score.working}"


def _headline(rubric: Rubric, names: Mapping[str, str], score: ItemScore) -> str:
    period = f" [{score.period}]" if score.period else ""
    points = rounded(rubric, score.points) or "—"
    full = "—" if score.full is None else written(score.full)
    name = names.get(score.item, "")
    return f"{score.item} {name}{period}  {points} / {full}  {_STATUS[score.status]}".rstrip()


def _item(file: RubricFile, one: UnitResult, item: str, lines: Mapping[CellKey, int]) -> Iterator[str]:
    rubric, names = file.rubric, names_of(file.rubric)
    yield f"{one.unit}  {rubric.title.zh}"
    for score in one.items:
        if score.item != item:
            continue
        yield _headline(rubric, names, score)
        yield f"  算式 working    {score.working}"
        if score.points is not None:
            yield f"  精确 exact      {score.points}"
        for used in score.inputs:
            yield f"  数据 value      {_used(one.unit, used, lines)}"
        for other in score.depends_on:
            yield f"  引用 reads      {other} {names.get(other, '')}{_of_other(rubric, one, other)}"
    for line in rubric.items():
        if line.id == item:
            yield from (f"  {what}    {said}" for what, said in _as_published(line) if said)
    yield f"  规则 rule       {file.file.name}:{file.line(item)}"


def _as_published(line: Item) -> tuple[tuple[str, str], ...]:
    return (("原文 text   ", line.text), ("来源 source ", line.source), ("佐证 evidence", line.evidence))


def _used(unit: str, used: InputUsed, lines: Mapping[CellKey, int]) -> str:
    place = "/".join(name for name in (used.item, used.input, used.period, used.dimension) if name)
    key = CellKey(unit, used.item, used.input, used.period, used.dimension)
    line = f"  (第{lines[key]}行 line {lines[key]})" if key in lines else ""
    return f"{place} = {cell_text(used.value) or '缺 missing'}{line}"


def _of_other(rubric: Rubric, one: UnitResult, other: str) -> str:
    points = [score.points for score in one.items if score.item == other and not score.period]
    points += [score.points for score in one.parts if score.part == other and not score.period]
    return f" = {rounded(rubric, points[0])}" if points and points[0] is not None else ""
