"""The official JSON format of CloudEvents 1.0.2, strictly: which JSON value is a valid event.

Sources: the CloudEvents specification 1.0.2 (attributes, types), its JSON event
format and JSON batch format, its JSON Schema for what may be null. Where they
leave a question, the answers are:

- ``null`` is "not there" for an attribute and for ``data_base64``; for ``data`` it is a value.
- A ``null`` under a name that no attribute can have is still a wrong name.
- ``data`` of a type that is not JSON must be text.
- ``dataschema`` is an absolute URI of RFC 3986 4.3, so without a fragment.
- A name longer than 20 characters is advised against and valid.
"""

import math
from collections.abc import Callable
from typing import Any

from shared.contracts import attribute_forms as forms
from shared.kernel.errors import InvalidInputError

_REQUIRED = ("specversion", "id", "source", "type")
_INT32_LEAST, _INT32_MOST = -(2**31), 2**31 - 1
_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_JSON_SCALARS = (str, int, bool, type(None))
_SHOWN = 40
"""A name nobody can have may be anything; only so much of it is shown."""

_RULES = {
    "not_an_object": ("事件必须是 JSON 对象", "an event must be a JSON object"),
    "missing": ("缺少必填属性", "a required attribute is missing"),
    "not_text": ("必须是字符串", "must be a string"),
    "empty": ("不能为空字符串", "must not be the empty string"),
    "wrong_version": ("版本必须是 1.0", "the version must be 1.0"),
    "forbidden_character": ("含有不允许的字符", "holds a character that is not allowed"),
    "not_a_uri_reference": ("不是 RFC 3986 的 URI 引用", "is not a URI-reference of RFC 3986"),
    "not_an_absolute_uri": ("不是 RFC 3986 的绝对 URI", "is not an absolute URI of RFC 3986"),
    "not_a_timestamp": ("不是 RFC 3339 的时间", "is not a timestamp of RFC 3339"),
    "not_a_media_type": ("不是 RFC 2045 的媒体类型", "is not a media type of RFC 2045"),
    "wrong_name": ("属性名只能用小写字母和数字", "a name may hold lower-case letters and digits only"),
    "wrong_value_type": ("只能是字符串、整数或布尔值", "must be a string, an integer or a boolean"),
    "out_of_range": ("超出 32 位整数范围", "is outside the 32-bit integers"),
    "two_payloads": ("data 与 data_base64 不能同时出现", "data and data_base64 exclude each other"),
    "not_base64": ("不是 RFC 4648 的 base64", "is not base64 of RFC 4648"),
    "data_not_text": ("非 JSON 类型的 data 必须是字符串", "data of a type that is not JSON must be a string"),
    "not_json": ("不是 JSON 值", "is not a JSON value"),
    "given_twice": ("属性出现了两次", "an attribute is given twice"),
}


class InvalidEventError(InvalidInputError):
    """Raised when something is not an event of the CloudEvents JSON format.

    *attribute* names the member at fault, *rule* what it breaks: one of the keys
    of this module's table. Neither repeats the value.
    """

    code = "invalid_event"
    zh = "不是有效的 CloudEvents 1.0 事件：{attribute} {why_zh}"
    en = "Not a valid CloudEvents 1.0 event: {attribute} {why_en}"

    def __init__(self, rule: str, attribute: str = "") -> None:
        self.rule = rule
        self.attribute = attribute[:_SHOWN]
        why_zh, why_en = _RULES[rule]
        super().__init__(attribute=self.attribute, rule=rule, why_zh=why_zh, why_en=why_en)


def check(event: object) -> None:
    """Raise ``InvalidEventError`` unless *event*, as JSON was parsed, is a valid event; see the module."""
    check_attributes(event)
    if isinstance(event, dict) and not is_json(event.get("data")):
        raise InvalidEventError("not_json", "data")


def check_attributes(event: object) -> None:
    """Do what ``check`` does for an *event* whose ``data`` is known to come out of JSON."""
    if not isinstance(event, dict):
        raise InvalidEventError("not_an_object")
    for name in _REQUIRED:
        if event.get(name) is None:
            raise InvalidEventError("missing", name)
    for name, value in event.items():
        rule = _CHECKS.get(name, _check_extension)
        rule(name, value)
    _check_payload(event)


def _check_text(name: str, value: object) -> str:
    if type(value) is not str:
        raise InvalidEventError("not_text", name)
    if not value:
        raise InvalidEventError("empty", name)
    if not forms.is_text(value):
        raise InvalidEventError("forbidden_character", name)
    return value


def _check_optional_text(name: str, value: object) -> None:
    if value is not None:
        _check_text(name, value)


def _check_version(name: str, value: object) -> None:
    if _check_text(name, value) != "1.0":
        raise InvalidEventError("wrong_version", name)


def _formed(is_right: Callable[[str], bool], rule: str) -> Callable[[str, object], None]:
    def check_form(name: str, value: object) -> None:
        if value is not None and not is_right(_check_text(name, value)):
            raise InvalidEventError(rule, name)

    return check_form


def _check_extension(name: object, value: object) -> None:
    if not isinstance(name, str) or not _is_name(name):
        raise InvalidEventError("wrong_name", str(name))
    if isinstance(value, str):
        if not forms.is_text(value):
            raise InvalidEventError("forbidden_character", name)
    elif isinstance(value, int):  # true and false are, too, and always in range
        if not _INT32_LEAST <= value <= _INT32_MOST:
            raise InvalidEventError("out_of_range", name)
    elif value is not None:
        raise InvalidEventError("wrong_value_type", name)


@forms.remembered
def _is_name(name: str) -> bool:
    return bool(name) and _NAME_CHARACTERS.issuperset(name)


def _no_check(_name: str, _value: object) -> None:
    """Leave payload members to ``_check_payload``: their rules need each other."""


_CHECKS: dict[str, Callable[[str, object], object]] = {
    "specversion": _check_version,
    "id": _check_text,
    "source": _formed(forms.is_uri_reference, "not_a_uri_reference"),
    "type": _check_text,
    "subject": _check_optional_text,
    "time": _formed(forms.is_timestamp, "not_a_timestamp"),
    "datacontenttype": _formed(forms.is_media_type, "not_a_media_type"),
    "dataschema": _formed(forms.is_absolute_uri, "not_an_absolute_uri"),
    "data": _no_check,
    "data_base64": _no_check,
}


def _check_payload(event: dict[str, Any]) -> None:
    encoded = event.get("data_base64")
    if encoded is not None:
        if "data" in event:
            raise InvalidEventError("two_payloads", "data_base64")
        if type(encoded) is not str:
            raise InvalidEventError("not_text", "data_base64")
        if not forms.is_base64(encoded):
            raise InvalidEventError("not_base64", "data_base64")
    elif "data" in event and type(event["data"]) is not str:
        kind = event.get("datacontenttype")
        if kind is not None and not forms.is_json_media_type(kind):
            raise InvalidEventError("data_not_text", "data")


def is_json(value: object) -> bool:
    """Return whether *value* is made of what a JSON document can hold; NaN and infinity are not."""
    open_values = [value]
    while open_values:
        part = open_values.pop()
        kind = type(part)
        if isinstance(part, dict):
            if not all(type(key) is str for key in part):
                return False
            open_values.extend(part.values())
        elif isinstance(part, list):
            open_values.extend(part)
        elif isinstance(part, float):
            if not math.isfinite(part):
                return False
        elif kind not in _JSON_SCALARS:
            return False
    return True
