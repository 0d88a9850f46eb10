"""What looks like personal data, by the name of its field and by its value."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

REMOVED = "[removed]"

_WORDS = frozenset(
    {
        "name",
        "surname",
        "nickname",
        "phone",
        "mobile",
        "telephone",
        "tel",
        "address",
        "email",
        "wechat",
        "idcard",
        "idno",
        "password",
        "passwd",
        "secret",
        "token",
        "cookie",
        "cookies",
        "authorization",
        "credential",
        "credentials",
        "photo",
        "signature",
        "bank",
    }
)
_NAMES = frozenset(
    {"id_number", "id_card", "id_no", "document_number", "certificate_number", "account_number"}
)
_NOT_LOGGED = frozenset(
    {"body", "form", "data", "payload", "note", "detail", "details", "text", "query", "parameters", "params"}
)

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ID_NUMBER = r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])"
_MOBILE = r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9A-Za-z])"
_LANDLINE = r"(?<![0-9A-Za-z])0[0-9]{2,3}-[0-9]{7,8}(?![0-9A-Za-z])"
_UNSAFE = re.compile(f"{_UUID}|(?P<person>{_ID_NUMBER}|{_MOBILE}|{_LANDLINE})")
_LEAST_MOBILE, _MOST_MOBILE = 13_000_000_000, 19_999_999_999
_LEAST_ID, _MOST_ID = 10**17, 10**18 - 1


def is_personal_field(name: str) -> bool:
    """Return whether a field called *name* would hold a name, a number or a secret of a person."""
    spelled = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_")
    return spelled in _NAMES or not _WORDS.isdisjoint(spelled.split("_"))


def is_kept_out_of_logs(name: str) -> bool:
    """Return whether a field called *name* may not be logged: personal, or text somebody has typed."""
    return name.lower() in _NOT_LOGGED or is_personal_field(name)


def looks_personal(value: object) -> bool:
    """Return whether *value* is, or has in it, an 18-digit ID number or a telephone number.

    Identifiers of ours (UUIDs) never do, whatever their digits are.
    """
    if isinstance(value, str):
        return any(match["person"] for match in _UNSAFE.finditer(value))
    if isinstance(value, int):
        return _LEAST_MOBILE <= value <= _MOST_MOBILE or _LEAST_ID <= value <= _MOST_ID
    return False


def masked(text: str) -> str:
    """Return *text* without what looks personal in it."""
    return _UNSAFE.sub(lambda match: REMOVED if match["person"] else match[0], text)


def without_personal_data(value: Any) -> Any:  # noqa: ANN401  (whatever is logged)
    """Return *value*, whatever is nested in it, without personal fields and values."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {
            str(name): REMOVED if is_kept_out_of_logs(str(name)) else without_personal_data(part)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [without_personal_data(part) for part in value]
    return REMOVED if looks_personal(value) else value


def personal_parts(value: object, path: str = "") -> Iterator[str]:
    """Yield where in the JSON *value* a personal field or value is, as dotted paths."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            here = f"{path}.{name}" if path else str(name)
            if is_personal_field(str(name)):
                yield here
            yield from personal_parts(part, here)
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from personal_parts(part, f"{path}[{index}]")
    elif looks_personal(value):
        yield path
