"""What a message holds: the county's events in it, and beside them whatever is none.

The check is the official one (``event_rules``); on top of it the county needs a time,
an object as data, and data that can be kept for ever: no name twice in one
object, no number outside 64 bits, no character a database or another reader
would refuse.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal

import orjson

from shared.contracts.attribute_forms import is_media_type
from shared.contracts.careful_json import Element, NotJsonError, read_elements, read_text
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE, Envelope
from shared.contracts.event_rules import InvalidEventError, check, check_attributes
from shared.kernel.errors import InvalidInputError
from shared.kernel.ids import derived_id

__all__ = ["Garbage", "InvalidEventError", "UnusableMessageError", "check", "decode"]

_Layout = Literal["event", "batch", "other"]
_NUL = b"\\u0000"


@dataclass(frozen=True, slots=True)
class Garbage:
    """Something on the wire that is no event of the county.

    *id* depends on what was received alone, so that the same garbage delivered
    again is the same. *text* is what was received, made safe to keep. *index* is
    the place in the batch, or None when the message as a whole is at fault.
    """

    id: str
    text: str
    reason: str
    index: int | None = None


class UnusableMessageError(InvalidInputError):
    """Raised, and kept as the reason, when a message or an event in it cannot be used here."""

    code = "unusable_message"
    zh = "收到的消息无法使用：{why_zh}"
    en = "The message cannot be used: {why_en}"


def decode(body: bytes | str, content_type: str | None) -> list[Envelope | Garbage]:
    """Return what *body* holds, in its order: envelopes, and garbage for what is none.

    Nothing is raised: what cannot be read at all is one garbage.
    """
    raw = body.encode(errors="backslashreplace") if isinstance(body, str) else bytes(body)
    layout = _layout(content_type or "")
    if layout == "other":
        why = UnusableMessageError(
            why_zh="媒体类型不是 CloudEvents", why_en="its media type is not CloudEvents"
        )
        return [_garbage(raw, why)]
    try:
        parsed = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return _decode_carefully(raw, layout)
    # orjson keeps the last of two members of one name and rounds what exceeds 64 bits, and says
    # nothing. When writing gives the same bytes, nothing was dropped; else every part is looked at.
    if orjson.dumps(parsed) != raw or _NUL in raw:
        return _decode_carefully(raw, layout)
    if layout == "event":
        return [_envelope(parsed, raw, None)]
    if not isinstance(parsed, list):
        return [_garbage(raw, _not_a_batch())]
    return [_envelope(event, None, index) for index, event in enumerate(parsed)]


def _envelope(event: Any, raw: bytes | None, index: int | None) -> Envelope | Garbage:  # noqa: ANN401  (any JSON)
    try:
        check_attributes(event)
        return Envelope.from_attributes(event)
    except InvalidEventError as error:
        why: InvalidInputError = error
    except ValueError as error:
        why = UnusableMessageError(why_zh=f"缺少本县事件的必要内容（{error}）", why_en=str(error))
    return _garbage(orjson.dumps(event) if raw is None else raw, why, index)


def _decode_carefully(raw: bytes, layout: _Layout) -> list[Envelope | Garbage]:
    try:
        text = raw.decode()
        if layout == "event":
            return [_careful_envelope(read_text(text), None)]
        elements = read_elements(text)
    except (NotJsonError, UnicodeDecodeError):
        return [_garbage(raw, UnusableMessageError(why_zh="内容不是 JSON", why_en="it is not JSON in UTF-8"))]
    if elements is None:
        return [_garbage(raw, _not_a_batch())]
    return [_careful_envelope(element, index) for index, element in enumerate(elements)]


def _careful_envelope(element: Element, index: int | None) -> Envelope | Garbage:
    raw = element.text.encode(errors="backslashreplace")
    if element.repeated:
        return _garbage(raw, InvalidEventError("given_twice", element.repeated), index)
    if element.fault:
        # A fault of the format itself is the better thing to say when there are both.
        read = _envelope(element.value, raw, index)
        if isinstance(read, Garbage):
            return read
        why_zh, why_en = element.fault
        return _garbage(raw, UnusableMessageError(why_zh=why_zh, why_en=why_en), index)
    return _envelope(element.value, raw, index)


def _garbage(raw: bytes, why: InvalidInputError, index: int | None = None) -> Garbage:
    text = raw.decode(errors="backslashreplace").replace("\x00", "\\x00")
    return Garbage(
        id=derived_id("garbage", sha256(raw).hexdigest()),
        text=text,
        reason=f"{why.text('zh')} / {why.text('en')}",
        index=index,
    )


def _not_a_batch() -> UnusableMessageError:
    return UnusableMessageError(why_zh="批量消息必须是 JSON 数组", why_en="a batch must be a JSON array")


@lru_cache(maxsize=64)
def _layout(content_type: str) -> _Layout:
    if not is_media_type(content_type):
        return "other"
    kind, *parameters = (part.strip() for part in content_type.lower().split(";"))
    charsets = {p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")}
    if not charsets <= {"utf-8", "us-ascii"}:  # JSON between systems is UTF-8 (RFC 8259, 8.1)
        return "other"
    if kind == EVENT_MEDIA_TYPE:
        return "event"
    return "batch" if kind == BATCH_MEDIA_TYPE else "other"
