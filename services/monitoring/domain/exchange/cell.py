"""What one cell means: what officials and Excel write becomes a day, an amount, a code; or a problem."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Literal


class Fault(Enum):
    """What a cell holds instead of a value."""

    FORMULA = "formula"
    """A formula that was never worked out, or one that ends in #REF! and the like."""


Raw = str | float | bool | None | Fault
"""A cell as a reader hands it over: text, a number, a tick, nothing, or a fault."""

Kind = Literal[
    "text", "name", "whole", "decimal", "yuan", "day", "month", "year", "yes_no", "code", "codes", "number"
]
"""``number`` is a number that is a name: of a document, a household, a telephone. ``yuan`` becomes fen."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell. *code* is stable; the sentences never repeat the cell."""

    code: str
    zh: str
    en: str


class _UnreadableError(Exception):
    """Carries the problem out of a parser."""

    def __init__(self, problem: CellProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


PRECISION_LOST = CellProblem(
    "precision_lost",
    "号码被 Excel 当作数值，末尾几位已丢失；请把该列设为“文本”后重新填写",
    "Excel took the number for an amount and lost its last digits; make the column text and type it again",
)
FORMULA = CellProblem(
    "formula", "单元格是没有结果的公式或出错的公式", "the cell is a formula without a result"
)
NOT_A_DAY = CellProblem(
    "not_a_day",
    "日期不正确，应如 2022-03-01、20220301 或 202203",
    "is no day; write 2022-03-01, 20220301 or 202203",
)
NOT_A_NUMBER = CellProblem("not_a_number", "应填写数字", "must be a number")
NOT_WHOLE = CellProblem("not_whole", "应填写整数", "must be a whole number")
TOO_LARGE = CellProblem("too_large", "数字过大或为负数", "the number is too large, or negative")
NOT_YES_NO = CellProblem("not_yes_no", "应填写“是”或“否”", "must be 是 or 否")
UNKNOWN_LABEL = CellProblem("unknown_label", "不在规定的选项之中", "is not one of the prescribed values")
MISSING = CellProblem("missing", "必须填写", "must be given")
TOO_LONG = CellProblem("too_long", "内容过长", "is too long")
CONTROL = CellProblem("control_characters", "含有不可见的控制字符", "holds control characters")

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−－", "-"))
_FORMULA_SIGNS = ("=", "+", "-", "@")
_NUMBER_AS_FORMULA = re.compile(r'="(.*)"')
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{2,}")
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_MONTH = re.compile(r"(\d{4})\D{1,2}(\d{1,2})月?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
_YEAR = re.compile(r"(19\d\d|20\d\d)年?度?")
_UNITS = re.compile(r"(元|个月|月|人|亩|户|岁|年|天|次|㎡|m2|平方米|公里|km)$")
_MOST_EXACT = 10**15
_FIRST_SERIAL, _LAST_SERIAL = 3654, 73_415  # 1910-01-01 to 2100-12-31
_EPOCH = date(1899, 12, 30)
_LARGEST = Decimal(10**13)
_LONGEST = 2000
_YES = frozenset({"是", "有", "1", "y", "yes", "true", "√", "✓", "已", "参加", "参保", "享受"})
_NO = frozenset(
    {"否", "无", "0", "n", "no", "false", "×", "x", "未", "没有", "未参加", "未参保", "未享受", "不享受"}
)

Parser = Callable[[Raw], object]


def parser_of(kind: Kind, labels: Mapping[str, str] | None = None, most: int = _LONGEST) -> Parser:
    """Return the function that turns a raw cell of *kind* into its value, or into a CellProblem.

    An empty cell is None. *labels* are what a code may be called, normalised by :func:`label_key`.
    """
    read = _PARSERS[kind]

    def parse(raw: Raw) -> object:
        if raw is Fault.FORMULA:
            return FORMULA
        try:
            return read(raw, labels or {}, most)
        except _UnreadableError as error:
            return error.problem

    return parse


def clean(raw: Raw) -> str:
    """Return the cell as text, without what cannot be seen and without the tricks that keep text text."""
    if raw is None or isinstance(raw, Fault):
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return _plain_number(raw)
    text = raw.translate(_INVISIBLE).strip().strip("\u3000\u00a0").strip()
    if text[:1] == "'" and text[1:2] in ("", *_FORMULA_SIGNS, *"0123456789"):
        text = text[1:]
    found = _NUMBER_AS_FORMULA.fullmatch(text)
    return found[1] if found else text


def label_key(text: str) -> str:
    """Return *text* as labels and headings are compared: no spaces, half-width, no brackets' width."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return "".join(plain.split()).lower().strip("*:：")


def _plain_number(number: float) -> str:
    if number.is_integer() and abs(number) < _MOST_EXACT * 10:
        return str(int(number))
    return repr(number)


def _text(raw: Raw, _labels: Mapping[str, str], most: int) -> object:
    text = clean(raw)
    if not text.isprintable():
        text = " ".join(text.split())
        if not text.isprintable():
            raise _UnreadableError(CONTROL)
    if len(text) > most:
        raise _UnreadableError(TOO_LONG)
    return text or None


def _name(raw: Raw, labels: Mapping[str, str], most: int) -> object:
    """Return a person's or place's name; officials pad 李　四 with spaces."""
    text = _text(raw, labels, most)
    if isinstance(text, str) and not text.isascii():
        return "".join(text.split())
    return text


def _number(raw: Raw, labels: Mapping[str, str], most: int) -> object:
    if isinstance(raw, float) and not isinstance(raw, bool) and abs(raw) >= _MOST_EXACT:
        raise _UnreadableError(PRECISION_LOST)
    text = _half_width(clean(raw)).replace(" ", "").upper()
    if _SCIENTIFIC.fullmatch(text):
        raise _UnreadableError(PRECISION_LOST)
    return _text(text.removesuffix(".0"), labels, most)


def _decimal(raw: Raw, _labels: Mapping[str, str], _most: int) -> object:
    text = _half_width(clean(raw)).replace(",", "").replace(" ", "")
    if not text:
        return None
    text = _UNITS.sub("", text.lower().removeprefix("¥"))
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise _UnreadableError(NOT_A_NUMBER) from None
    if not amount.is_finite() or not 0 <= amount < _LARGEST:
        raise _UnreadableError(TOO_LARGE if amount.is_finite() else NOT_A_NUMBER)
    return amount


def _whole(raw: Raw, labels: Mapping[str, str], most: int) -> object:
    amount = _decimal(raw, labels, most)
    if not isinstance(amount, Decimal):
        return None
    if amount != amount.to_integral_value():
        raise _UnreadableError(NOT_WHOLE)
    return int(amount)


def _yuan(raw: Raw, labels: Mapping[str, str], most: int) -> object:
    amount = _decimal(raw, labels, most)
    # Excel's 1234.56 may be 1234.5600000000001; an amount has two decimals.
    return int((amount * 100).quantize(Decimal(1))) if isinstance(amount, Decimal) else None


def _day(raw: Raw, _labels: Mapping[str, str], _most: int) -> object:
    text = _half_width(clean(raw)).translate(_DASHES).removesuffix(".0")
    if not text:
        return None
    try:
        if text.isdigit() and len(text) <= len("99999"):
            return _of_serial(int(text))
        for form in (_COMPACT_DAY, _DAY):
            if found := form.fullmatch(text):
                return date(int(found[1]), int(found[2]), int(found[3]))
        for form in (_COMPACT_MONTH, _MONTH):
            if found := form.fullmatch(text):
                return date(int(found[1]), int(found[2]), 1)
        if isinstance(raw, float):
            return _of_serial(int(raw))  # a day with an hour
    except (ValueError, OverflowError):
        pass
    raise _UnreadableError(NOT_A_DAY)


def _of_serial(serial: int) -> date:
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise ValueError(serial)
    return _EPOCH + timedelta(days=serial)


def _month(raw: Raw, labels: Mapping[str, str], most: int) -> object:
    day = _day(raw, labels, most)
    return day.replace(day=1) if isinstance(day, date) else None


def _year(raw: Raw, labels: Mapping[str, str], most: int) -> object:
    text = _half_width(clean(raw)).removesuffix(".0")
    if not text:
        return None
    if found := _YEAR.fullmatch(text):
        return int(found[1])
    day = _day(raw, labels, most)
    return day.year if isinstance(day, date) else None


def _yes_no(raw: Raw, _labels: Mapping[str, str], _most: int) -> object:
    text = label_key(clean(raw))
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise _UnreadableError(NOT_YES_NO)


def _code(raw: Raw, labels: Mapping[str, str], _most: int) -> object:
    text = label_key(clean(raw))
    if not text:
        return None
    if text in labels:
        return labels[text]
    raise _UnreadableError(UNKNOWN_LABEL)


def _codes(raw: Raw, labels: Mapping[str, str], most: int) -> object:
    parts = re.split(r"[,，;；、/\s]+", unicodedata.normalize("NFKC", clean(raw)))
    found = {_code(part, labels, most) for part in parts if part}
    return tuple(sorted(str(one) for one in found if one is not None)) or None


def _half_width(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


_PARSERS: Mapping[Kind, Callable[[Raw, Mapping[str, str], int], object]] = {
    "text": _text,
    "name": _name,
    "number": _number,
    "whole": _whole,
    "decimal": _decimal,
    "yuan": _yuan,
    "day": _day,
    "month": _month,
    "year": _year,
    "yes_no": _yes_no,
    "code": _code,
    "codes": _codes,
}
