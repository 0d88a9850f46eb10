import json
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.cloudevents import Garbage, decode
from shared.contracts.envelope import BATCH_MEDIA_TYPE, EVENT_MEDIA_TYPE, Envelope

AT = datetime(2022, 5, 1, 8, tzinfo=UTC)


def envelope(number: int = 1, **data: object) -> Envelope:
    return Envelope(
        id=f"e-{number}",
        source="/county/610327/monitoring",
        type="monitoring.visit_recorded.v1",
        subject="h-7",
        time=AT,
        data={"occurred_on": "2022-05-01", **data},
        correlationid="c-1",
        causationid="b-1",
        businessdate="2022-05-01",
    )


def text(**members: object) -> str:
    """A county event as JSON, with *members* put in; None takes one out."""
    event = envelope().attributes() | members
    return json.dumps({name: value for name, value in event.items() if value is not None}, ensure_ascii=False)


def batch(*events: str) -> str:
    return f"[{','.join(events)}]"


def garbage_in(body: bytes | str, content_type: str | None = EVENT_MEDIA_TYPE) -> Garbage:
    """The one garbage *body* is."""
    (only,) = decode(body, content_type)
    assert isinstance(only, Garbage)
    return only


class TestDecodeEvent:
    @pytest.mark.parametrize("as_bytes", [True, False])
    @pytest.mark.parametrize(
        "written",
        [
            pytest.param(lambda e: e.to_json(), id="as we write it"),
            pytest.param(lambda e: json.dumps(e.attributes()), id="with spaces, ASCII only"),
            pytest.param(lambda e: json.dumps(e.attributes(), indent=2, ensure_ascii=False), id="indented"),
            pytest.param(lambda e: "\r\n\t " + e.to_json() + " \n", id="surrounded by space"),
            pytest.param(lambda e: e.to_json().replace("type", "\\u0074ype"), id="with escapes"),
        ],
    )
    def test_reads_what_was_sent(self, written, as_bytes):
        """An event comes out as it was sent, however its JSON is written."""
        sent = envelope(note="井水", depth=1.5, many=[1, {"a": None}])
        body = written(sent)
        assert [sent] == decode(body.encode() if as_bytes else body, EVENT_MEDIA_TYPE)

    @pytest.mark.parametrize(
        "content_type",
        [
            "application/cloudevents+json",
            "application/cloudevents+json; charset=utf-8",
            "application/cloudevents+json;charset=UTF-8",
            'application/cloudevents+json; charset="utf-8"',
            "Application/CloudEvents+JSON",
            "application/cloudevents+json; charset=us-ascii",
            "application/cloudevents+json; profile=county",
        ],
    )
    def test_media_type_may_have_parameters(self, content_type):
        """The media type is compared without regard to case and parameters."""
        assert [envelope()] == decode(envelope().to_json(), content_type)

    @pytest.mark.parametrize(
        "content_type",
        [
            None,
            "",
            "application/json",
            "cloudevents",
            "application/cloudevents",
            "application/cloudevents+xml",
            "application/cloudevents+json; charset=gbk",
            "application/cloudevents+json;",
            "application/cloudevents+json-seq",
        ],
    )
    def test_other_media_types_are_garbage(self, content_type):
        """A body of another media type, or in another encoding, is not read."""
        assert "media type" in garbage_in(envelope().to_json(), content_type).reason

    @pytest.mark.parametrize(
        ("time", "instant"),
        [
            ("2022-05-01T16:00:00+08:00", AT),
            ("2022-05-01t08:00:00z", AT),
            ("2022-05-01T08:00:00.000000999Z", AT),
            ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
            ("2017-01-01T07:59:60.9+08:00", datetime(2017, 1, 1, tzinfo=UTC)),
        ],
    )
    def test_time_is_an_instant_in_utc(self, time, instant):
        """However the time is written, the envelope has the instant in UTC."""
        (read,) = decode(text(time=time), EVENT_MEDIA_TYPE)
        assert isinstance(read, Envelope)
        assert (instant, UTC) == (read.time, read.time.tzinfo)

    def test_null_extensions_are_not_there(self):
        """An attribute that is null reads like one that is absent."""
        event = envelope().attributes() | {"subject": None, "causationid": None}
        (read,) = decode(orjson.dumps(event), EVENT_MEDIA_TYPE)
        assert isinstance(read, Envelope)
        assert (read.subject, read.causationid) == ("", "")


NO_EVENT = {
    "nothing": b"",
    "space": b"  ",
    "not JSON": b"dry",
    "half": b'{"id": "e-1"',
    "two values": b"{} {}",
    "a comma too many": b'{"id": "e-1",}',
    "single quotes": b"{'id': 'e-1'}",
    "a remark": b"{} // dry",
    "byte order mark": b"\xef\xbb\xbf{}",
    "not UTF-8": b'{"id": "\xcf\xd8"}',
    "UTF-16": '{"id": "e-1"}'.encode("utf-16"),
    "too deep": b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a NUL byte": b'{"id": "\x00"}',
    "NaN": text(data={"a": 1}).replace('{"a": 1}', '{"a": NaN}').encode(),
    "infinite": text(data={"a": 1}).replace('{"a": 1}', '{"a": -Infinity}').encode(),
    "a leading zero": text(data={"a": 1}).replace('{"a": 1}', '{"a": 01}').encode(),
}

UNUSABLE = {
    "an array": ("[]", "object"),
    "a string": ('"e-1"', "object"),
    "null": ("null", "object"),
    "no id": (text(id=None), "id"),
    "wrong version": (text(specversion="0.3"), "specversion"),
    "no time": (text(time=None), "time"),
    "time out of range": (text(time="0000-01-01T00:00:00Z"), "0"),
    "time out of range at the end": (text(time="9999-12-31T23:59:59-08:00"), "9999"),
    "no data": (text(data=None), "data"),
    "data a list": (text(data=[]), "data"),
    "data a string": (text(data="dry"), "data"),
    "data in base64": (text(data=None, data_base64="e30="), "data"),
    "correlation a number": (text(correlationid=5), "correlationid"),
    "business date false": (text(businessdate=False), "businessdate"),
    "id twice": (text()[:-1] + ', "id": "e-2"}', "id"),
    "id twice, the same": (text()[:-1] + ', "id": "e-1"}', "id"),
    "id twice, escaped": (text()[:-1] + ', "\\u0069d": "e-1"}', "id"),
    "unknown member twice": (text()[:-1] + ', "a": 1, "a": 1}', "a"),
    "name twice in data": (text(data={"a": 1}).replace('"a": 1', '"a": 1, "a": 2'), "twice"),
    "name twice deep in data": (text(data={"x": [[1]]}).replace("[[1]]", '[[{"b": 1, "b": 1}]]'), "twice"),
    "greater than 64 bits": (text(data={"a": 2**64}), "64"),
    "smaller than 64 bits": (text(data={"a": -(2**63) - 1}), "64"),
    "of 5,000 digits": (text(data={"a": 1}).replace('"a": 1', f'"a": {"1" * 5000}'), "64"),
    "a fraction beyond all": (text(data={"a": 1}).replace('"a": 1', '"a": 1e999'), "64"),
    "NUL in data": (text(data={"a": "x\x00"}), "kept"),
    "NUL as a name in data": (text(data={"\x00": "x"}), "kept"),
    "NUL in the id": (text(id="\x00"), "id"),
    "half a character in data": (text(data={"a": 1}).replace('"a": 1', '"a": "\\ud83c"'), "kept"),
    "half a character in the subject": (text().replace("h-7", "\\udf3e"), "subject"),
    "a whole float": (text(depth=1).replace('"depth": 1', '"depth": 1.0'), "depth"),
    "an exponent": (text(depth=1).replace('"depth": 1', '"depth": 1e2'), "depth"),
    "a great extension": (text(depth=2**70), "depth"),
}


def members(body: str | bytes) -> str:
    """Everything *body* says, with every member of every object."""
    return repr(json.loads(body, object_pairs_hook=tuple))


class TestDecodeGarbage:
    @pytest.mark.parametrize("body", NO_EVENT.values(), ids=NO_EVENT)
    def test_what_is_no_json(self, body):
        """A body that is no JSON in UTF-8 is one garbage, as an event and as a batch."""
        for content_type in (EVENT_MEDIA_TYPE, BATCH_MEDIA_TYPE):
            assert "JSON" in garbage_in(body, content_type).reason

    @pytest.mark.parametrize(("body", "word"), UNUSABLE.values(), ids=UNUSABLE)
    def test_what_is_no_event_of_the_county(self, body, word):
        """JSON that is no valid event, or one the county cannot keep, says what is wrong."""
        assert word in garbage_in(body).reason

    @pytest.mark.parametrize(("body", "word"), UNUSABLE.values(), ids=UNUSABLE)
    def test_written_as_we_write_it(self, body, word):
        """The fast way, for JSON as we write it, refuses what the careful way refuses."""
        try:
            compact = orjson.dumps(orjson.loads(body))
        except ValueError:
            return  # only the careful way can read this
        if members(compact) == members(body):  # else orjson dropped or rounded something
            assert word in garbage_in(compact).reason

    def test_text_is_what_was_received(self):
        """The garbage holds the body, made safe to keep: no NUL, nothing lost."""
        assert garbage_in(b"dry").text == "dry"
        assert garbage_in(b"d\x00\xff").text == "d\\x00\\xff"
        assert garbage_in("\ud800").text == "\\ud800"

    def test_id_depends_on_the_body_alone(self):
        """The same garbage delivered again is the same; another is another."""
        assert garbage_in(b"dry").id == garbage_in("dry", BATCH_MEDIA_TYPE).id
        assert garbage_in(b"dry").id != garbage_in(b"dry ").id
        assert garbage_in(b"\xff").id != garbage_in(b"\\xff").id

    def test_reason_is_for_people(self):
        """The reason is given in Chinese and in English."""
        reason = garbage_in(text(time="noon")).reason
        assert "不是 RFC 3339 的时间" in reason
        assert "is not a timestamp of RFC 3339" in reason


class TestDecodeBatch:
    def test_empty(self):
        """An empty batch is valid and holds nothing."""
        assert decode(b"[]", BATCH_MEDIA_TYPE) == []
        assert decode(b" [ ] ", BATCH_MEDIA_TYPE) == []

    def test_many(self):
        """The events of a batch come out in their order."""
        sent = [envelope(n) for n in range(5)]
        assert sent == decode(batch(*(e.to_json() for e in sent)), BATCH_MEDIA_TYPE)

    def test_is_not_an_event(self):
        """An event under the media type of a batch is garbage, and the other way round."""
        assert "array" in garbage_in(envelope().to_json(), BATCH_MEDIA_TYPE).reason
        assert "array" in garbage_in(f" {envelope().to_json()}", BATCH_MEDIA_TYPE).reason
        assert "object" in garbage_in(batch(envelope().to_json())).reason

    @pytest.mark.parametrize("space", ["", "\n "], ids=["compact", "with space"])
    @pytest.mark.parametrize(
        "bad", [*(body for body, _ in UNUSABLE.values()), "1", "null", '"x, ]"', "[[], {}]", "{}"]
    )
    def test_one_bad_event(self, bad, space):
        """A bad event inside a batch is one garbage at its place; the others are read."""
        body = batch(envelope(1).to_json(), space + bad + space, envelope(3).to_json())
        first, middle, last = decode(body, BATCH_MEDIA_TYPE)
        assert [envelope(1), envelope(3)] == [first, last]
        assert isinstance(middle, Garbage)
        assert middle.index == 1
        assert middle.reason

    def test_text_is_the_bad_event_alone(self):
        """What is kept of a bad event is its own text, as it was received."""
        bad = '{"id": 1,  "id": 2}'
        found = decode(f"[ {envelope().to_json()} , {bad} ]", BATCH_MEDIA_TYPE)
        assert [bad] == [one.text for one in found if isinstance(one, Garbage)]

    def test_same_garbage_twice_has_one_id(self):
        """Equal bad events are the same garbage, wherever they stand."""
        one, other = decode(b"[{},{}]", BATCH_MEDIA_TYPE)
        assert isinstance(one, Garbage)
        assert isinstance(other, Garbage)
        assert one.id == other.id
        assert [0, 1] == [one.index, other.index]


JSON_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | JSON_TEXT
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JSON_TEXT, inner, max_size=3),
    max_leaves=12,
)
WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)
ENVELOPES = st.builds(
    Envelope,
    id=WORD,
    source=WORD.map(lambda word: f"/county/{word}"),
    type=WORD,
    subject=st.text("abc 陇县", max_size=9),
    time=st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    data=st.dictionaries(JSON_TEXT, JSON_VALUES, max_size=4),
    correlationid=st.just("") | WORD,
    causationid=st.just("") | WORD,
    businessdate=st.dates().map(lambda day: day.isoformat()),
)


@given(ENVELOPES)
def test_any_envelope_comes_back(sent):
    """Whatever an envelope holds comes back from its JSON, written by us or by others."""
    assert [sent] == decode(sent.to_json(), EVENT_MEDIA_TYPE)
    assert [sent] == decode(json.dumps(sent.attributes(), indent=1), EVENT_MEDIA_TYPE)


@given(st.lists(ENVELOPES, max_size=4))
def test_any_batch_comes_back(sent):
    """Whatever a batch holds comes back in its order."""
    assert sent == decode(batch(*(one.to_json() for one in sent)), BATCH_MEDIA_TYPE)
    assert sent == decode(json.dumps([one.attributes() for one in sent]), BATCH_MEDIA_TYPE)


@given(st.binary() | st.text() | JSON_VALUES.map(json.dumps))
def test_nothing_is_raised(body):
    """Whatever arrives, decoding answers with envelopes and garbage, and raises nothing."""
    for content_type in (EVENT_MEDIA_TYPE, BATCH_MEDIA_TYPE, "text/plain"):
        for found in decode(body, content_type):
            assert isinstance(found, Garbage)
            assert "\x00" not in found.text
