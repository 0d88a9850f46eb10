"""JSON read slowly and completely: members given twice, numbers and characters nobody could keep."""

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

Fault = tuple[str, str]
"""What is wrong, in Chinese and in English."""

_TWICE: Fault = ("数据中同一名称出现了两次", "a name is given twice in one object of the data")
_NUMBER: Fault = ("数据中有超出 64 位的数", "a number in the data does not fit into 64 bits")
_CHARACTER: Fault = ("数据中有无法保存的字符", "a character in the data cannot be kept")

_SPACE = re.compile(r"[ \t\n\r]*")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST_64_BIT = 20


class NotJsonError(ValueError):
    """Raised for a text that is not JSON (RFC 8259), or nested deeper than can be read."""


@dataclass(frozen=True, slots=True)
class Element:
    """A JSON value as it stood in the text.

    *repeated* is the name of a top-level member given twice. *fault* is what makes
    it unfit to be kept although it is JSON.
    """

    value: Any
    text: str
    repeated: str = ""
    fault: Fault | None = None


class _Repeating(dict[str, Any]):
    """An object in which *repeated* was given twice; the last value is kept."""

    repeated = ""


def read_text(text: str) -> Element:
    """Return the one value of *text*; raises ``NotJsonError``."""
    value, end = _read(text, _after_space(text, 0))
    if _after_space(text, end) != len(text):
        raise NotJsonError
    return _element(value, text)


def read_elements(text: str) -> list[Element] | None:
    """Return the elements of the array *text*, or None for another JSON value; raises ``NotJsonError``."""
    if not isinstance(read_text(text).value, list):
        return None
    elements: list[Element] = []
    place = _after_space(text, _after_space(text, 0) + 1)
    while text[place] != "]":
        value, end = _read(text, place)
        elements.append(_element(value, text[place:end]))
        place = _after_space(text, end)
        if text[place] == ",":
            place = _after_space(text, place + 1)
    return elements


def _read(text: str, place: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except (ValueError, RecursionError) as error:
        raise NotJsonError from error


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _element(value: Any, text: str) -> Element:  # noqa: ANN401  (any JSON)
    if isinstance(value, _Repeating):
        return Element(value, text, repeated=value.repeated)
    return Element(value, text, fault=_fault(value))


def _fault(value: object) -> Fault | None:
    open_values = [value]
    while open_values:
        part = open_values.pop()
        if isinstance(part, _Repeating):
            return _TWICE
        if isinstance(part, dict):
            open_values.extend(part)
            open_values.extend(part.values())
        elif isinstance(part, list):
            open_values.extend(part)
        elif isinstance(part, str):
            if _UNKEEPABLE.search(part):
                return _CHARACTER
        elif part in (math.inf, -math.inf) or (isinstance(part, int) and not _is_64_bit(part)):
            return _NUMBER
    return None


def _is_64_bit(number: int) -> bool:
    return -(2**63) <= number < 2**64


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(members)
    if len(plain) == len(members):
        return plain
    repeating = _Repeating(plain)
    seen: set[str] = set()
    for name, _ in members:
        if name in seen:
            repeating.repeated = name
        seen.add(name)
    return repeating


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_64_BIT else math.inf


def _no_constant(name: str) -> NoReturn:
    raise NotJsonError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_constant=_no_constant)
