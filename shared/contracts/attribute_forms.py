"""The forms CloudEvents 1.0 gives to attribute values: text, URI, timestamp, media type, base64.

Each follows the document the specification names, to the letter: RFC 3986, RFC
3339, RFC 2045/2046, RFC 4648. The ones whose values repeat from event to event
remember their answers.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache, wraps
from ipaddress import AddressValueError, IPv6Address

_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")

_UNRESERVED = r"A-Za-z0-9\-._~"
_SUB = r"!$&'()*+,;="
_PERCENT = "%[0-9A-Fa-f]{2}"


def _run(characters: str, least: str = "*") -> str:
    return f"(?:[{characters}]|{_PERCENT}){least}"


_SEGMENT = _run(f"{_UNRESERVED}{_SUB}:@")
_SEGMENT_NZ = _run(f"{_UNRESERVED}{_SUB}:@", "+")
_SEGMENT_NZ_NC = _run(f"{_UNRESERVED}{_SUB}@", "+")
_MORE_SEGMENTS = f"(?:/{_SEGMENT})*"
_IP_FUTURE = rf"[vV][0-9A-Fa-f]+\.[{_UNRESERVED}{_SUB}:]+"
_HOST = rf"(?:\[(?:(?P<ipv6>[0-9A-Fa-f:.]+)|{_IP_FUTURE})\]|{_run(_UNRESERVED + _SUB)})"
_AUTHORITY = f"(?:{_run(_UNRESERVED + _SUB + ':')}@)?{_HOST}(?::[0-9]*)?"
_ABSOLUTE_PATH = f"/(?:{_SEGMENT_NZ}{_MORE_SEGMENTS})?"
_QUERY = _run(f"{_UNRESERVED}{_SUB}:@/?")
_SCHEME = r"[A-Za-z][A-Za-z0-9+\-.]*"


def _reference(first_segment: str) -> str:
    return f"(?://{_AUTHORITY}{_MORE_SEGMENTS}|{_ABSOLUTE_PATH}|{first_segment}{_MORE_SEGMENTS}|)"


_ABSOLUTE_URI = re.compile(rf"{_SCHEME}:{_reference(_SEGMENT_NZ)}(?:\?{_QUERY})?")
_URI = re.compile(rf"{_ABSOLUTE_URI.pattern}(?:#{_QUERY})?")
_RELATIVE = re.compile(rf"{_reference(_SEGMENT_NZ_NC)}(?:\?{_QUERY})?(?:#{_QUERY})?")

_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]"
    r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(\.[0-9]+)?"
    r"(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)

_JANUARY, _DECEMBER = 1, 12

_WORD = r"[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+"
_QUOTED = r'"(?:[\x20!\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"'
_COMMENT = r"\((?:[\x20-\x27\x2a-\x5b\x5d-\x7e]|\\[\x20-\x7e])*\)"
_GAP = rf"(?: |{_COMMENT})*"
_MEDIA_TYPE = re.compile(
    rf"({_WORD})/({_WORD})((?:{_GAP};{_GAP}{_WORD}=(?:{_WORD}|{_QUOTED}))*)(?: *{_COMMENT})*"
)

_BASE64 = re.compile("[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?")
_BASE64_GROUP = 4
_REMEMBERED = 128


def remembered(is_right: Callable[[str], bool]) -> Callable[[str], bool]:
    """Let *is_right* remember its answers for short values; long ones would fill the memory."""
    answers = lru_cache(maxsize=1024)(is_right)

    @wraps(is_right)
    def ask(value: str) -> bool:
        return answers(value) if len(value) <= _REMEMBERED else is_right(value)

    return ask


def is_text(value: str) -> bool:
    """Return whether *value* is a CloudEvents String: no control, surrogate or noncharacter in it."""
    return (value.isascii() and value.isprintable()) or _FORBIDDEN.search(value) is None


@remembered
def is_uri_reference(value: str) -> bool:
    """Return whether *value* is a URI-reference (RFC 3986, 4.1); the empty one is, too."""
    return _is_uri(_URI, value) or _is_uri(_RELATIVE, value)


@remembered
def is_absolute_uri(value: str) -> bool:
    """Return whether *value* is an absolute URI (RFC 3986, 4.3): with a scheme, without a fragment."""
    return _is_uri(_ABSOLUTE_URI, value)


def _is_uri(form: re.Pattern[str], value: str) -> bool:
    match = form.fullmatch(value)
    if match is None:
        return False
    address = match["ipv6"]
    if address is None:
        return True
    try:
        IPv6Address(address)
    except AddressValueError:
        return False
    return True


def is_timestamp(value: str) -> bool:
    """Return whether *value* is a date-time of RFC 3339.

    Lower-case ``t`` and ``z`` are right, a space is not. The second 60 is right only at
    the last second, in UTC, of a June or a December, where leap seconds are put.
    """
    match = _TIMESTAMP.fullmatch(value)
    if match is None:
        return False
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    # The calendar repeats after 400 years; Python's begins with the year 1, that of RFC 3339 with 0.
    if not _JANUARY <= month <= _DECEMBER or not 1 <= day <= monthrange(year + 400, month)[1]:
        return False
    return match[6] != "60" or _is_leap_second(match)


def _is_leap_second(match: re.Match[str]) -> bool:
    if match[1] in ("0000", "9999"):
        return match[0][4:19] in ("-06-30T23:59:60", "-12-31T23:59:60") and match[8] is None
    before = datetime.fromisoformat(f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:59") - _offset(
        match
    )
    return (before.month, before.day, before.hour, before.minute) in ((6, 30, 23, 59), (12, 31, 23, 59))


def _offset(match: re.Match[str]) -> timedelta:
    if match[8] is None:
        return timedelta()
    offset = timedelta(hours=int(match[9]), minutes=int(match[10]))
    return offset if match[8] == "+" else -offset


def instant_of(timestamp: str) -> datetime:
    """Return the instant, in UTC, of a *timestamp* that ``is_timestamp``.

    What is finer than a microsecond is cut off; a leap second is the first moment
    after it. Raises ``ValueError`` for instants Python cannot hold (the year 0).
    """
    text = timestamp.upper()
    leap = text[17:19] == "60"
    if leap:
        text = f"{text[:17]}59{text[19:]}"
    try:
        instant = datetime.fromisoformat(text).astimezone(UTC)
        return instant.replace(microsecond=0) + timedelta(seconds=1) if leap else instant
    except OverflowError as error:
        msg = f"{timestamp} is outside the years that can be kept"
        raise ValueError(msg) from error


@remembered
def is_media_type(value: str) -> bool:
    """Return whether *value* is a media type of RFC 2045 with its parameters."""
    return _MEDIA_TYPE.fullmatch(value) is not None


@remembered
def is_json_media_type(value: str) -> bool:
    """Return whether the media type *value* declares JSON: subtype ``json`` or ending in ``+json``."""
    match = _MEDIA_TYPE.fullmatch(value)
    return match is not None and f"+{match[2].lower()}".endswith("+json")


def is_base64(value: str) -> bool:
    """Return whether *value* is base64 as RFC 4648 section 4 writes it: padded with zeros, no line breaks."""
    return len(value) % _BASE64_GROUP == 0 and _BASE64.fullmatch(value) is not None
