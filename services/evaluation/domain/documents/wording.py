"""Lines, dates and figures in the Chinese of official documents."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from services.evaluation.domain.documents.frozen import FrozenLine
from services.evaluation.domain.ranking import two_decimals

STATUS = {
    "scored": "已计分",
    "not_applicable": "不适用（无对应工作量）",
    "not_set": "参数未录入，未计分",
    "missing": "尚未上报，未计分",
    "shown": "只展示，不计分",
}
OWED = "到期未上报，计0分"
_OPERATORS = {">=": "不低于", "<=": "不超过", "=": "应为", "<": "低于", ">": "高于", "rank<=": "位居前"}
_VALUES = {"config": "", "2021 value": "2021年数值"}
_DIGITS = "零一二三四五六七八九"


def status_of(line: FrozenLine) -> str:
    return OWED if line.owed else STATUS[line["status"]]


def day(of: date) -> str:
    """Return e.g. ``2022年12月31日``."""
    return f"{of.year}年{of.month}月{of.day}日"


def points(number: Fraction) -> str:
    """Return points half up to two decimals, as they are published."""
    return str(two_decimals(number))


def numeral(number: int) -> str:
    """Return 1 to 99 as a Chinese numeral, for headings."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def listed(names: Sequence[str]) -> str:
    return "、".join(names)


def target_of(line: FrozenLine) -> str:
    """Return the target in words; nothing where there is none. An unconfirmed one says so."""
    op, _, value = str(line["target"]).partition(" ")
    value = _VALUES.get(value, value)
    if op not in _OPERATORS or not value:
        return "" if op in {"report", "bonus"} else "目标待县上确定"
    unit = line.plan_unit or line["value_unit"]
    unsure = "" if line["target_confirmed"] else "（未确认）"
    if line["unit_target"] is not None:
        return f"本单位分解目标{line['unit_target']}{unit}（全县{_OPERATORS[op]}{value}{unit}）{unsure}"
    return f"目标{_OPERATORS[op]}{value}{'' if value.startswith('2021') else unit}{unsure}"


def value_of(line: FrozenLine) -> str:
    """Return the value with its unit, of a rate with the two numbers behind it where they are whole."""
    if line["value"] is None:
        return ""
    unit = str(line["value_unit"])
    if unit != "%":
        return f"{str(line['value']).removesuffix('.00')}{unit}"
    parts = (str(line["numerator"]), str(line["denominator"]))
    shown = not line.money and all(part.isdigit() for part in parts)
    return f"{line['value']}%" + (f"（{parts[0]}/{parts[1]}）" if shown else "")


def lost_at(line: FrozenLine) -> str:
    """Return where and why points were lost, with value, target and points."""
    named = f"“{line['name']}”（{line.indicator}）"
    if line["deduction"]:
        return f"{named}{value_of(line)}，扣{points(line.lost)}分"
    actual = f"实际{value_of(line)}" if line["value"] is not None else ""
    said = [OWED if line.owed else actual, target_of(line)]
    said.append(f"满分{line['max_points']}分、得{points(line.points)}分、失{points(line.lost)}分")
    return named + "，".join(part for part in said if part)


def won_at(line: FrozenLine) -> str:
    """Return where all points were won."""
    return f"“{line['name']}”（{line.indicator}）{value_of(line)}，得满分{line['max_points']}分"
