"""The one-page sheet of a unit: total, components, sections of the plan, strongest and weakest points."""

from fractions import Fraction

from services.evaluation.domain.documents.circular_standing import KINDS
from services.evaluation.domain.documents.frozen import FrozenLine, FrozenResult, FrozenUnit
from services.evaluation.domain.documents.paper import Block, said, table_of
from services.evaluation.domain.documents.wording import day, points, target_of, value_of

LISTED = 6
"""How many strong and weak points fit on one page."""
_NOTHING = "—"


def sheet_title(result: FrozenResult, unit: FrozenUnit) -> str:
    return f"{unit.name}{result.version.as_of.year}年度综合考评得分表"


def unit_sheet(result: FrozenResult, unit: FrozenUnit) -> tuple[Block, ...]:
    """Return the blocks of the sheet of *unit*."""
    return (
        _standing(result, unit),
        _components(unit),
        _sections(result, unit),
        _points("失分较多的指标", unit.weakest(LISTED)),
        _points("得满分的重点指标", unit.strongest(LISTED)),
        said(
            f"到期未上报{unit.owed}项计0分{'，总分为暂定数' if unit.owed else ''}；"
            f"其他未上报{len(unit['missing']) - unit.owed}项、参数未录入{len(unit['not_set'])}项、"
            f"不适用{len(unit['not_applicable'])}项未计分。分值、等次标准为建议稿，未经确认。"
        ),
    )


def _standing(result: FrozenResult, unit: FrozenUnit) -> Block:
    version = result.version
    kind = next(name for _, name, _, group in KINDS if group == unit.group)
    units = result.towns if unit.group == "towns" else result.departments
    head = ("总分", f"名次（{kind}）", "等次", "一票否优", "截至", "知悉", "版次")
    rank = f"{unit['rank']}/{sum(one.ranked for one in units)}" if unit.ranked else _NOTHING
    row = (
        str(unit["total"] or _NOTHING),
        rank,
        str(unit["grade"] or _NOTHING),
        "、".join(unit["vetoes"]) or "无",
        day(version.as_of),
        day(version.known_at),
        f"第{version.number}版",
    )
    return table_of("", head, [row])


def _components(unit: FrozenUnit) -> Block:
    parts = [part for part in unit["composition"] if part["points"] is not None]
    if not parts:
        return said("本单位无可计分事项。")
    head = [f"{part['name']}（{part['full']}）" if part["full"] else part["name"] for part in parts]
    return table_of(
        "总分构成（未评部分的分值折算到其余部分）", head, [[str(part["points"]) for part in parts]]
    )


def _sections(result: FrozenResult, unit: FrozenUnit) -> Block:
    rows = []
    for section in result.sections:
        whole = unit.sum_of(section.items)
        if whole.full:
            rate = points(whole.rate or Fraction(0))
            figures = (str(whole.lines), points(whole.won), points(whole.full))
            rows.append((section.name, *figures, points(whole.full - whole.won), f"{rate}%"))
    head = ("工作要点板块", "计分指标", "得分", "适用分值", "失分", "得分率")
    return table_of("各板块得分", head, rows, widths=(44, 11, 11, 12, 11, 11))


def _points(caption: str, lines: list[FrozenLine]) -> Block:
    if not lines:
        return said(f"{caption}：无。")
    rows = [
        (
            line.indicator,
            str(line["name"]),
            value_of(line) or _NOTHING,
            target_of(line) or _NOTHING,
            _NOTHING if line["deduction"] else str(line["max_points"]),
            points(line.points),
            points(line.lost),
            str(line["event_count"]),
        )
        for line in lines
    ]
    head = ("编号", "指标", "数值", "目标", "满分", "得分", "失分", "事件数")
    return table_of(caption, head, rows, widths=(9, 25, 16, 24, 7, 8, 8, 8))
