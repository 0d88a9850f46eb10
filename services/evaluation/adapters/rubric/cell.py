"""What stands in a cell or a parameter, read exactly: numbers, percent, days, yes and no, words."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction

Content = Fraction | date | bool | str | None

YES = frozenset({"是", "yes", "true", "有", "达标", "完成", "√"})
NO = frozenset({"否", "no", "false", "无", "未达标", "未完成", "×"})
NOT_APPLICABLE = frozenset({"n/a", "na", "不适用", "缺项"})

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_PERCENT = re.compile(rf"({_NUMBER.pattern})\s*%")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")


def number_of(text: str) -> Fraction | None:
    """Return the number *text* writes, or None: ``1,234.5`` is 1234.5 and ``95%`` is 0.95, exactly."""
    plain = _plain(text)
    percent = _PERCENT.fullmatch(plain)
    if percent:
        return Fraction(Decimal(percent[1].replace(",", ""))) / 100
    if _NUMBER.fullmatch(plain):
        return Fraction(Decimal(plain.replace(",", "")))
    return None


def day_of(text: str) -> date | None:
    """Return the day *text* writes, or None; ``ValueError`` where it looks like a day and is none."""
    found = _DAY.fullmatch(_plain(text))
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    return date(year, month, day)


def is_not_applicable(text: str) -> bool:
    return _plain(text).casefold() in NOT_APPLICABLE


def content_of(text: str) -> Content:
    """Return what the cell holds: a number, a day, yes or no, else the words as they are; None if empty.

    Whether a cell says that nothing applies is asked before (``is_not_applicable``).
    """
    words = _plain(text)
    if not words:
        return None
    number = number_of(words)
    if number is not None:
        return number
    day = day_of(words)
    if day is not None:
        return day
    if words.casefold() in YES:
        return True
    if words.casefold() in NO:
        return False
    return words


def _plain(text: str) -> str:
    """Full-width digits and signs, as Chinese input methods type them, become plain ones."""
    return unicodedata.normalize("NFKC", text).strip()
