import base64
import re
from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import attribute_forms as forms


@given(st.datetimes(min_value=datetime(2, 1, 1)), st.integers(-1439, 1439))  # noqa: DTZ001
def test_instant_of_any_offset(moment, minutes_east):
    """The instant is the same whatever offset it was written with."""
    written = moment.replace(tzinfo=timezone(timedelta(minutes=minutes_east)))
    if moment.year < 9999:
        assert written.astimezone(UTC) == forms.instant_of(written.isoformat())


@pytest.mark.parametrize(
    "timestamp", ["0000-12-31T23:59:59Z", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:60Z"]
)
def test_instant_outside_what_can_be_kept(timestamp):
    """A right timestamp that Python cannot hold is a ValueError, not an overflow."""
    assert forms.is_timestamp(timestamp)
    with pytest.raises(ValueError, match=re.escape(timestamp[:4]) + "|range"):
        forms.instant_of(timestamp)


@given(st.binary(max_size=200))
def test_base64_of_anything(content):
    """What an encoder writes is base64; cut short by one, or with a break in it, it is not."""
    written = base64.b64encode(content).decode()
    assert forms.is_base64(written)
    if written:
        assert not forms.is_base64(written[:-1])
        assert not forms.is_base64(f"{written[:2]}\n{written[2:]}")


@given(st.text(st.characters(max_codepoint=127), max_size=4))
def test_base64_has_one_way_to_write(written):
    """Base64 that is accepted is what an encoder would write for the same bytes."""
    if forms.is_base64(written):
        assert written == base64.b64encode(base64.b64decode(written)).decode()


@pytest.mark.parametrize(
    ("kind", "is_json"),
    [
        ("application/json", True),
        ("text/json; charset=utf-8", True),
        ("application/ld+json", True),
        ("APPLICATION/X+JSON", True),
        ("application/json5", False),
        ("application/xjson", False),
        ("application/json+xml", False),
        ("json/text", False),
        ("json", False),
    ],
)
def test_json_media_type(kind, is_json):
    """A media type declares JSON by its subtype alone."""
    assert is_json is forms.is_json_media_type(kind)


HOSTILE = {
    "long path": (forms.is_uri_reference, "/a" * 50_000 + " "),
    "many at signs": (forms.is_uri_reference, "//" + "a@" * 50_000),
    "many colons": (forms.is_uri_reference, "//" + "a:" * 50_000 + " "),
    "many escapes": (forms.is_absolute_uri, "a:" + "%41" * 50_000 + "%"),
    "many parameters": (forms.is_media_type, "a/b" + "; a=b" * 20_000 + "("),
    "many remarks": (forms.is_media_type, "a/b" + " (c)" * 20_000 + "x"),
    "long quotation": (forms.is_media_type, 'a/b; c="' + "\\a" * 50_000),
    "long base64": (forms.is_base64, "AAAA" * 100_000 + "***="),
    "long fraction": (forms.is_timestamp, "2022-01-01T00:00:00." + "1" * 100_000),
}


@pytest.mark.parametrize(("is_right", "value"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_values_are_answered_soon(is_right, value):
    """A long value that is wrong at its end is refused without trying every way to split it."""
    began = perf_counter()
    assert not is_right(value)
    assert perf_counter() - began < 5
