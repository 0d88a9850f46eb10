"""Policy figures in words and in the units people use: yuan for fen, per cent for shares, words for codes."""

from collections.abc import Mapping
from decimal import Decimal

from shared.contracts.codes import codes
from shared.kernel.money import yuan_text
from shared.web.i18n import Words

_UNITS: Mapping[str, Words] = {
    "days": Words("天", "days"),
    "months": Words("个月", "months"),
    "full years": Words("周岁", "full years"),
    "fen": Words("元", "yuan"),
    "fen per month": Words("元/月", "yuan a month"),
    "fen per year": Words("元/年", "yuan a year"),
    "loans": Words("笔", "loans"),
    "times": Words("次", "times"),
    "people": Words("人", "people"),
    "points": Words("分", "points"),
    "percent": Words("%", "%"),
    "share": Words("%", "%"),
    "fraction per year": Words("%/年", "% a year"),
}
_SHARES = {"share", "fraction per year"}
_NOTHING = Words("", "")
_YES_NO = {True: Words("是", "yes"), False: Words("否", "no")}


def unit_words(unit: str) -> Words:
    """Return what people call *unit* of a policy file; nothing where the value says it itself."""
    return _UNITS.get(unit, _NOTHING)


def value_words(value: object, unit: str) -> Words:
    """Return *value*, which the policy file gives in *unit*, as it goes with :func:`unit_words`."""
    if value is None:
        return _NOTHING
    if isinstance(value, Mapping):
        return _joined([Words(str(one["zh"]), str(one["en"])) for one in value.values()])
    if isinstance(value, tuple | list):
        return _joined([value_words(one, unit) for one in value])
    if isinstance(value, bool):
        return _YES_NO[value]
    return _code(value) if isinstance(value, str) else _same(_number(value, unit))


def _number(value: object, unit: str) -> str:
    if unit.startswith("fen"):
        return yuan_text(int(str(value)))
    return f"{(Decimal(str(value)) * 100).normalize():f}" if unit in _SHARES else str(value)


def _code(value: str) -> Words:
    """Return what people call a household type; any other text as it is."""
    lists = codes()
    if value not in {code.value for code in lists["household_type"]}:
        return _same(value)
    return Words(lists.text("household_type", value), lists.text("household_type", value, "en"))


def _joined(parts: list[Words]) -> Words:
    return Words("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _same(text: str) -> Words:
    return Words(text, text)
