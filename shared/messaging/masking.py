"""An event's body as an officer may see and correct it: a personal value is a number in its place."""

import json
import re
from collections.abc import Mapping
from typing import Any

from shared.kernel.errors import InvalidInputError
from shared.observability.personal_data import REMOVED, is_personal_field, looks_personal, masked

_TOKEN = re.compile(r"\[已隐去 ([0-9]{1,6})\]")


class MaskedValueError(InvalidInputError):
    """Raised when a correction uses a number of a hidden value that there is not, or uses one twice."""

    code = "masked_value"
    zh = "隐去的内容 [已隐去 {number}] 不存在或用了两次：不改的请原样保留，要改的请写上新内容"
    en = "The hidden value {number} does not exist or is used twice: leave it as it is, or write a new value"


def document_of(body: str) -> str:
    """Return *body* for people: indented, each personal value a token such as ``[已隐去 1]``.

    What is no JSON is returned as text, without what looks personal.
    """
    try:
        value = json.loads(body)
    except ValueError:
        return str(masked(body))
    return json.dumps(_Hiding().hidden(value), ensure_ascii=False, indent=2, sort_keys=True)


def body_of(document: str, original: str) -> str:
    """Return *document*, as an officer edited it, with the tokens of ``document_of(original)`` put back.

    A token may be moved, never doubled. Text that is no JSON is returned as it is: whoever
    takes it refuses it. Raises MaskedValueError.
    """
    try:
        edited, whole = json.loads(document), json.loads(original)
    except ValueError:
        return document
    hiding = _Hiding()
    hiding.hidden(whole)
    return json.dumps(_Showing(hiding.values).shown(edited), ensure_ascii=False)


class _Hiding:
    """Gives each personal value a number, in the order in which people read them."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def hidden(self, value: Any) -> Any:  # noqa: ANN401  (JSON)
        if isinstance(value, Mapping):
            return {name: self._field(name, value[name]) for name in sorted(value)}
        if isinstance(value, list):
            return [self.hidden(part) for part in value]
        return self._token(value) if _is_personal(value) else value

    def _field(self, name: str, value: Any) -> Any:  # noqa: ANN401  (JSON)
        if is_personal_field(name) and value not in (None, "", [], {}):
            return self._token(value)
        return self.hidden(value)

    def _token(self, value: Any) -> str:  # noqa: ANN401  (JSON)
        self.values.append(value)
        return f"[已隐去 {len(self.values)}]"


class _Showing:
    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._used: set[int] = set()

    def shown(self, value: Any) -> Any:  # noqa: ANN401  (JSON)
        if isinstance(value, Mapping):
            return {name: self.shown(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.shown(part) for part in value]
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> Any:  # noqa: ANN401  (whatever was hidden)
        found = _TOKEN.fullmatch(text)
        if found is None:
            if stray := _TOKEN.search(text):
                raise MaskedValueError(number=stray[1])
            if REMOVED in text:
                raise MaskedValueError(number=REMOVED)
            return text
        number = int(found[1])
        if number in self._used or not 1 <= number <= len(self._values):
            raise MaskedValueError(number=number)
        self._used.add(number)
        return self._values[number - 1]


def _is_personal(value: object) -> bool:
    return looks_personal(value) or (isinstance(value, str) and _TOKEN.search(value) is not None)
