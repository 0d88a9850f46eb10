"""The circular's totals and ranks: who is first and last, and the table of all units by component."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from services.evaluation.domain.documents.frozen import FrozenResult, FrozenUnit
from services.evaluation.domain.documents.paper import Block, Heading, said, table_of
from services.evaluation.domain.documents.wording import listed, points

KINDS = (("（一）各镇", "各镇", "镇", "towns"), ("（二）县级部门", "县级部门", "部门", "departments"))
_NOTHING = "—"
_EFFECTS = {"falsified": "弄虚作假", "criticised": "受上级通报"}
"""Vetoes of the scheme that no indicator stands for."""


def standing_blocks(result: FrozenResult) -> list[Block]:
    """Return section 一: for each group the lead sentence, the grades and the table."""
    blocks: list[Block] = [Heading("一、考评综合成绩及排名")]
    for number, (heading, kind, word, group) in enumerate(KINDS, 1):
        units = result.towns if group == "towns" else result.departments
        blocks.append(Heading(heading, 2))
        blocks.append(said(lead_sentence(units, kind, word)))
        blocks.append(_table(number, units, kind, result.named))
    return blocks


def lead_sentence(units: Sequence[FrozenUnit], kind: str, word: str) -> str:
    """Name first and last with their scores, the mean, the grades, and who has no score."""
    ranked = [unit for unit in units if unit.ranked]
    if not ranked:
        return f"{kind}均无可计分事项，未排名。"
    best, worst = min(unit["rank"] for unit in ranked), max(unit["rank"] for unit in ranked)
    first = [unit for unit in ranked if unit["rank"] == best]
    last = [unit for unit in ranked if unit["rank"] == worst]
    totals = [Fraction(Decimal(unit["total"])) for unit in ranked]
    text = f"参加排名的{len(ranked)}个{word}中，{_named(first)}以{first[0]['total']}分居第{best}位"
    if worst != best:
        text += f"，{_named(last)}以{last[0]['total']}分居第{worst}位（末位）"
    text += f"；平均{points(sum(totals, Fraction(0)) / len(totals))}分。"
    return text + _grades(ranked, word) + _vetoed(ranked) + _unranked(units)


def _named(units: Sequence[FrozenUnit]) -> str:
    return listed([unit.name for unit in units])


def _grades(ranked: Sequence[FrozenUnit], word: str) -> str:
    by_grade: dict[str, int] = {}
    for unit in ranked:
        grade = unit["grade"] or "等次待定"
        by_grade[grade] = by_grade.get(grade, 0) + 1
    return "等次：" + "，".join(f"{grade}{count}个{word}" for grade, count in by_grade.items()) + "。"


def _vetoed(ranked: Sequence[FrozenUnit]) -> str:
    barred = [f"{unit.name}（{listed(reasons)}）" for unit in ranked if (reasons := _reasons(unit))]
    return f"因否优事项不得评为优秀的：{listed(barred)}。" if barred else ""


def _reasons(unit: FrozenUnit) -> list[str]:
    names = {line.indicator: f"{line['name']} {line.indicator}" for line in unit.lines}
    effects = [str(one).partition(":")[0] for one in unit["effects"]]
    return [names.get(one, one) for one in unit["vetoes"]] + [
        _EFFECTS[one] for one in effects if one in _EFFECTS
    ]


def _unranked(units: Sequence[FrozenUnit]) -> str:
    without = [unit.name for unit in units if not unit.ranked]
    return f"{listed(without)}无可计分事项，不参加排名。" if without else ""


def _table(number: int, units: Sequence[FrozenUnit], kind: str, named: str) -> Block:
    parts = components(units)
    head = [
        "名次",
        "单位",
        *(f"{name}（{'/'.join(full)}）" if full else name for name, full in parts),
        "总分",
        "等次",
    ]
    rows = [
        [
            _or_nothing(unit["rank"]),
            unit.name,
            *(_component(unit, name) for name, _ in parts),
            _or_nothing(unit["total"]),
            _or_nothing(unit["grade"]),
        ]
        for unit in units
    ]
    note = (
        "注：“—”为未评或不适用，其分值按办法折算到其余部分，因此各项相加不等于总分；"
        f"加分、扣分按办法封顶。数据来源：{named}。"
    )
    widths = (5, 14, *((9,) * len(parts)), 8, 8)
    return table_of(f"表{number}　{kind}综合考评成绩", head, rows, note, widths)


def components(units: Sequence[FrozenUnit]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the components some unit has points in, each with its full points by class of unit.

    Bonus and deduction are left out where nobody had any.
    """
    found: dict[str, list[str]] = {}
    for unit in units:
        for part in unit["composition"]:
            if part["points"] is not None and (part["full"] is not None or Decimal(part["points"])):
                full = found.setdefault(part["name"], [])
                if part["full"] is not None and part["full"] not in full:
                    full.append(part["full"])
    return [(name, tuple(full)) for name, full in found.items()]


def _component(unit: FrozenUnit, name: str) -> str:
    given = [
        part["points"] for part in unit["composition"] if part["name"] == name and part["points"] is not None
    ]
    return str(given[0]) if given else _NOTHING


def _or_nothing(value: object) -> str:
    return _NOTHING if value is None else str(value)
