"""The circular's words on units: highlights, shortcomings, a paragraph each, and what is required of whom."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from services.evaluation.domain.documents.frozen import FrozenLine, FrozenResult, FrozenUnit
from services.evaluation.domain.documents.paper import Block, Heading, Paragraph, Piece, Sources, said
from services.evaluation.domain.documents.wording import day, listed, lost_at, points, won_at

Wording = Callable[[FrozenLine], str]
_KIND = {"towns": "各镇", "departments": "县级部门"}


def highlight_blocks(result: FrozenResult, sources: Sources, units: int, few: int) -> list[Block]:
    """Return section 三: the best units of each group and what they won whole."""
    blocks: list[Block] = [Heading("三、工作亮点")]
    for group in (result.towns, result.departments):
        for unit in best_of(group, units):
            won = unit.strongest(few)
            if won:
                start = f"{unit.name}得{unit['total']}分，列{_KIND[unit.group]}第{unit['rank']}位。"
                blocks.append(Paragraph((start, *_cited("得满分的重点指标：", won, sources, won_at))))
    return blocks if len(blocks) > 1 else [*blocks, said("本次考评无得满分的指标。")]


def shortcoming_blocks(result: FrozenResult, sources: Sources, units: int, few: int) -> list[Block]:
    """Return section 四: where the towns together lost most, then the last units and what they lost."""
    blocks: list[Block] = [Heading("四、存在不足")]
    blocks += _common(result.towns, sources, few)
    for group in (result.towns, result.departments):
        for unit in last_of(group, units):
            lost = unit.weakest(few)
            if lost:
                start = f"{unit.name}得{unit['total']}分，列{_KIND[unit.group]}第{unit['rank']}位。"
                blocks.append(Paragraph((start, *_cited("失分较多的指标：", lost, sources, lost_at))))
    return blocks if len(blocks) > 1 else [*blocks, said("本次考评无失分指标。")]


def _common(units: Sequence[FrozenUnit], sources: Sources, few: int) -> list[Block]:
    """Tell of the indicators the units together lost most at, naming each unit with its figures."""
    lost: dict[str, list[tuple[FrozenUnit, FrozenLine]]] = {}
    for unit in units:
        for line in unit.lines:
            if line.lost > 0:
                lost.setdefault(line.indicator, []).append((unit, line))
    whole = {one: sum((line.lost for _, line in some), Fraction(0)) for one, some in lost.items()}
    blocks: list[Block] = []
    for indicator in sorted(lost, key=lambda one: (-whole[one], one))[:few]:
        some = sorted(lost[indicator], key=lambda pair: (-pair[1].lost, pair[0].id))
        pieces: list[Piece] = [
            f"“{some[0][1]['name']}”（{indicator}）{len(some)}个镇共失{points(whole[indicator])}分："
        ]
        for place, (unit, line) in enumerate(some):
            pieces += ["" if not place else "，", f"{unit.name}失{points(line.lost)}分", sources.cite(line)]
        blocks.append(Paragraph((*pieces, "。")))
    return blocks


def unit_blocks(result: FrozenResult, sources: Sources, few: int) -> list[Block]:
    """Return section 五: a paragraph on every unit."""
    blocks: list[Block] = [Heading("五、各单位情况")]
    for heading, group in (("（一）各镇", result.towns), ("（二）县级部门", result.departments)):
        blocks.append(Heading(heading, 2))
        blocks += [unit_paragraph(unit, sources, few, number) for number, unit in enumerate(group, 1)]
    return blocks


def unit_paragraph(unit: FrozenUnit, sources: Sources, few: int, number: int) -> Paragraph:
    """Tell a unit's score, its strongest and weakest points with the reason, and what could not be scored."""
    if unit["total"] is None:
        return said(f"{number}.{unit.name}。无可计分事项，未计总分。{_not_scored(unit)}")
    rank = f"，列{_KIND[unit.group]}第{unit['rank']}位" if unit.ranked else ""
    grade = f"，等次{unit['grade']}" if unit["grade"] else "，等次待定"
    pieces: list[Piece] = [f"{number}.{unit.name}。得{unit['total']}分{rank}{grade}。"]
    pieces += _cited("主要得分点：", unit.strongest(few), sources, won_at)
    lost = unit.weakest(few)
    pieces += _cited("主要失分点：", lost, sources, lost_at)
    if not lost:
        pieces.append("已计分指标均未失分。")
    return Paragraph((*pieces, _not_scored(unit)))


def _not_scored(unit: FrozenUnit) -> str:
    waiting, unset = len(unit["missing"]) - unit.owed, len(unit["not_set"])
    owed = f"到期未上报{unit.owed}项，计0分，总分为暂定数" if unit.owed else ""
    rest = [
        f"未到期或无分值的上报指标{waiting}项" if waiting else "",
        f"参数未录入{unset}项" if unset else "",
    ]
    words = listed([one for one in rest if one])
    said_of = [one for one in (owed, f"{words}未计分" if words else "") if one]
    return f"另有{'；'.join(said_of)}。" if said_of else ""


def requirement_blocks(
    result: FrozenResult, sources: Sources, units: int, issuer: str, reply_by: date
) -> list[Block]:
    """Return section 六: who must put what right, who must report, and by when all answer."""
    blocks: list[Block] = [Heading("六、下一步工作要求")]
    wanted = [unit for group in (result.towns, result.departments) for unit in last_of(group, units)]
    named = [(unit, unit.weakest(1)[0]) for unit in wanted if unit.weakest(1)]
    if named:
        pieces: list[Piece] = ["（一）对照失分点逐项整改。"]
        for place, (unit, line) in enumerate(named):
            pieces += [
                "" if not place else "；",
                f"{unit.name}重点整改“{line['name']}”（失{points(line.lost)}分）",
            ]
            pieces.append(sources.cite(line))
        blocks.append(Paragraph((*pieces, "。整改事项列入三单一账，逐项销号。")))
    owing = [f"{unit.name}{unit.owed}项" for unit in result.units() if unit.owed]
    if owing:
        blocks.append(said(f"（二）补齐到期未上报指标。{listed(owing)}，须按填报任务补报并附佐证。"))
    blocks.append(
        said(
            f"（三）按期报告。请各镇、各部门于{day(reply_by)}前将整改情况书面报送{issuer}。整改情况纳入下年度考评。"
        )
    )
    return blocks


def best_of(group: Sequence[FrozenUnit], number: int) -> list[FrozenUnit]:
    """Return the best *number* units with those that share a rank, out of the better half."""
    ranked = sorted((unit for unit in group if unit.ranked), key=lambda unit: (unit["rank"], unit.id))
    number = min(number, (len(ranked) + 1) // 2)
    return [unit for unit in ranked if unit["rank"] <= ranked[number - 1]["rank"]] if number else []


def last_of(group: Sequence[FrozenUnit], number: int) -> list[FrozenUnit]:
    """Return the last *number* units with those that share a rank, the very last first; none of the best."""
    ranked = sorted((unit for unit in group if unit.ranked), key=lambda unit: (-unit["rank"], unit.id))
    number = min(number, len(ranked) // 2)
    best = {unit.id for unit in best_of(group, number)}
    last = ranked[number - 1]["rank"] if number else 0
    return [unit for unit in ranked if number and unit["rank"] >= last and unit.id not in best]


def _cited(start: str, lines: Sequence[FrozenLine], sources: Sources, words: Wording) -> Iterable[Piece]:
    if not lines:
        return
    yield start
    for place, line in enumerate(lines):
        yield ("；" if place else "") + words(line)
        yield sources.cite(line)
    yield "。"
