"""The circular's sections by component: what each chapter of the plan brought the towns and departments."""

from collections.abc import Sequence
from fractions import Fraction

from services.evaluation.domain.documents.frozen import FrozenResult, FrozenUnit, PlanSection, added
from services.evaluation.domain.documents.paper import Block, Heading, Table, said, table_of
from services.evaluation.domain.documents.wording import listed, numeral, points

_NOTHING = "—"
_NOTE = (
    "注：各格为得分/适用分值，按得分行精确值相加后取两位小数，只含计入基数的指标，不含加分和扣分；"
    "“—”为无适用指标。所加得分行编号为“单位代码:指标@日期”，逐行见考评得分表。"
)


def section_blocks(result: FrozenResult) -> list[Block]:
    """Return section 二: a chapter each, with its points in the heading and a table of all towns."""
    blocks: list[Block] = [Heading("二、各板块得分情况")]
    parts = list(dict.fromkeys(section.part for section in result.sections))
    for number, part in enumerate(parts, 1):
        sections = [section for section in result.sections if section.part == part]
        blocks += _chapter(result, number, part.partition("、")[2], sections)
    return blocks


def _chapter(result: FrozenResult, number: int, name: str, sections: Sequence[PlanSection]) -> list[Block]:
    items = [item for section in sections for item in section.items]
    full = max((unit.sum_of(items).full for unit in result.towns), default=Fraction(0))
    heading = Heading(f"（{numeral(number)}）{name}（各镇适用分值最高{points(full)}分）", 2)
    text = _sentence(result.towns, items, "镇") + _sentence(result.departments, items, "县级部门")
    table = _table(number + 2, name, result.towns, sections)
    departments = [unit for unit in result.departments if unit.sum_of(items).full]
    more: list[Block] = []
    if departments:
        more = [_department_table(number, name, departments, items)]
    return [heading, said(text), table, *more]


def _sentence(units: Sequence[FrozenUnit], items: Sequence[int], word: str) -> str:
    rates = {unit.name: rate for unit in units if (rate := unit.sum_of(items).rate) is not None}
    if not rates:
        return f"{word}本板块均无适用指标。"
    best, worst = max(rates.values()), min(rates.values())
    whole = added(line for unit in units for line in unit.lines if line.item in set(items))
    text = f"有适用指标的{word}{len(rates)}个，合计得{points(whole.won)}分、适用{points(whole.full)}分"
    if best == worst:
        return f"{text}，得分率均为{points(best)}%。"
    first = listed([name for name, rate in rates.items() if rate == best])
    last = listed([name for name, rate in rates.items() if rate == worst])
    return f"{text}；得分率最高的是{first}（{points(best)}%），最低的是{last}（{points(worst)}%）。"


def _table(number: int, name: str, units: Sequence[FrozenUnit], sections: Sequence[PlanSection]) -> Table:
    items = [item for section in sections for item in section.items]
    head = ["单位", *(_short(section.name) for section in sections), "合计", "得分率"]
    rows = []
    for unit in units:
        whole = unit.sum_of(items)
        rate = _NOTHING if whole.rate is None else f"{points(whole.rate)}%"
        rows.append(
            [unit.name, *(_cell(unit, section.items) for section in sections), _cell(unit, items), rate]
        )
    return table_of(f"表{number}　{name}各镇得分", head, rows, _NOTE, (12, *((12,) * len(sections)), 13, 10))


def _department_table(number: int, name: str, units: Sequence[FrozenUnit], items: Sequence[int]) -> Table:
    rows = []
    for unit in units:
        whole = unit.sum_of(items)
        rate = points(whole.rate or Fraction(0))
        rows.append([unit.name, str(whole.lines), points(whole.won), points(whole.full), f"{rate}%"])
    head = ("单位", "计分指标数", "得分", "适用分值", "得分率")
    return table_of(f"表{number + 2}附　{name}县级部门得分", head, rows, _NOTE, (24, 16, 20, 20, 20))


def _cell(unit: FrozenUnit, items: Sequence[int]) -> str:
    whole = unit.sum_of(items)
    return f"{points(whole.won)}/{points(whole.full)}" if whole.full else _NOTHING


def _short(section: str) -> str:
    """Return a section's name without its number: ``(一)持续做好…`` begins with it."""
    return section.partition(")")[2] or section
