import math
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.event_rules import InvalidEventError, check
from shared.kernel.errors import Refusal

LEAST = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "/county/610327/monitoring",
    "type": "village.well_dry.v1",
}
GONE = object()
"""Stands for: leave this member out."""


def event(**members: object) -> dict[str, object]:
    """The least event with *members* put in, or left out where GONE."""
    return {name: value for name, value in (LEAST | members).items() if value is not GONE}


VALID = {
    "the least": {},
    "every core attribute": {
        "subject": "h-7",
        "time": "2022-05-01T08:00:00Z",
        "datacontenttype": "application/json",
        "dataschema": "https://county.example/schemas/well.json",
        "data": {"depth": 12},
    },
    "optional attributes null": {"subject": None, "time": None, "datacontenttype": None, "dataschema": None},
    # --- texts
    "id of one space": {"id": " "},
    "id in Chinese": {"id": "事件-一"},
    "id with an astral character": {"id": "\U0001f33e"},
    "id with a private-use character": {"id": "\ue000"},
    "id after the control characters": {"id": "\xa0"},
    "id with the last character before surrogates": {"id": "\ud7ff"},
    "id beside the noncharacters": {"id": "\ufdcf\ufdf0\ufffd"},
    "id with quotation marks": {"id": '"\\"'},
    "id very long": {"id": "x" * 10_000},
    "type of one letter": {"type": "t"},
    "type with spaces": {"type": "a b"},
    "subject with a slash": {"subject": "villages/3/wells/9"},
    # --- source
    "source https": {"source": "https://county.example/monitoring"},
    "source with port, query, fragment": {"source": "http://u:p@h.example:8080/a/b?c=d&e#f"},
    "source with empty port": {"source": "http://h.example:/"},
    "source mailto": {"source": "mailto:office@county.example"},
    "source urn": {"source": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"},
    "source with an empty path": {"source": "tag:"},
    "source IPv6": {"source": "http://[2001:db8::7]:80/x"},
    "source IPv6 with IPv4": {"source": "http://[::ffff:192.0.2.1]/"},
    "source IP of the future": {"source": "http://[v1.a:b]/"},
    "source relative path": {"source": "a/b/../c"},
    "source word": {"source": "monitoring"},
    "source telephone-like": {"source": "1-555-0100"},
    "source dots": {"source": ".."},
    "source fragment only": {"source": "#part"},
    "source query only": {"source": "?x"},
    "source network path": {"source": "//host.example/path"},
    "source empty authority": {"source": "///etc"},
    "source slash": {"source": "/"},
    "source percent-encoded": {"source": "/%E9%99%87%E5%8E%BF"},
    "source all punctuation": {"source": "/-._~!$&'()*+,;=:@"},
    "source colon after a slash": {"source": "./a:b"},
    "source double slash inside": {"source": "/a//b"},
    "source scheme with signs": {"source": "a+b-c.9:x"},
    "source query with slash and question mark": {"source": "/a?b/c?d"},
    # --- dataschema
    "dataschema urn": {"dataschema": "urn:county:well"},
    "dataschema with query": {"dataschema": "https://county.example/s?v=1"},
    # --- time
    "time with fraction": {"time": "2022-05-01T08:00:00.5Z"},
    "time in nanoseconds": {"time": "2022-05-01T08:00:00.123456789Z"},
    "time finer than anybody needs": {"time": "2022-05-01T08:00:00.123456789012345Z"},
    "time with offset": {"time": "2022-05-01T16:00:00+08:00"},
    "time with negative offset": {"time": "2022-05-01T00:00:00-08:00"},
    "time with the widest offset": {"time": "2022-05-01T00:00:00+23:59"},
    "time with unknown offset": {"time": "2022-05-01T00:00:00-00:00"},
    "time in lower case": {"time": "2022-05-01t08:00:00z"},
    "time on a leap day": {"time": "2024-02-29T00:00:00Z"},
    "time on a leap day of a century": {"time": "2000-02-29T00:00:00Z"},
    "time in the year 0": {"time": "0000-02-29T00:00:00Z"},
    "time at the end of all": {"time": "9999-12-31T23:59:59Z"},
    "time of a leap second": {"time": "2016-12-31T23:59:60Z"},
    "time of a leap second in June": {"time": "2015-06-30T23:59:60.5Z"},
    "time of a leap second elsewhere": {"time": "2017-01-01T07:59:60+08:00"},
    "time of a leap second west of Greenwich": {"time": "2016-12-31T15:59:60-08:00"},
    # --- datacontenttype
    "media type plain": {"datacontenttype": "text/plain", "data": "dry"},
    "media type with charset": {"datacontenttype": "application/json; charset=utf-8"},
    "media type without space": {"datacontenttype": "text/plain;charset=utf-8"},
    "media type with quoted parameter": {"datacontenttype": 'multipart/mixed; boundary="a b;\\"c"'},
    "media type with two parameters": {"datacontenttype": "text/plain; charset=utf-8; format=flowed"},
    "media type with suffix": {"datacontenttype": "application/vnd.county.well+json", "data": [1]},
    "media type in capitals": {"datacontenttype": "APPLICATION/JSON", "data": {}},
    "media type of its own": {"datacontenttype": "x-county/x-well"},
    "media type with token signs": {"datacontenttype": "a!#$%&'*+-.^_`{|}~/b"},
    "media type with a remark": {"datacontenttype": "text/plain; charset=us-ascii (plain)"},
    # --- data
    "data null": {"data": None},
    "data text": {"data": "dry"},
    "data empty text": {"data": ""},
    "data number": {"data": 1.5},
    "data true": {"data": True},
    "data list": {"data": [1, [2, {"a": None}]]},
    "data of any keys": {"data": {"Any Key": 1, "": 2, "data": {}}},
    "data with control characters": {"data": "\x00\n"},
    "data null with JSON type": {"data": None, "datacontenttype": "application/json"},
    "data null beside no base64": {"data": None, "data_base64": None},
    "data beside no base64": {"data": {"a": 1}, "data_base64": None},
    "data text of an XML type": {"datacontenttype": "application/xml", "data": "<dry/>"},
    "base64": {"data_base64": "ZHJ5"},
    "base64 with one pad": {"data_base64": "ZHI="},
    "base64 with two pads": {"data_base64": "ZA=="},
    "base64 of nothing": {"data_base64": ""},
    "base64 of every sign": {"data_base64": "+/+/"},
    "base64 of an image": {"data_base64": "iVBORw0KGgo=", "datacontenttype": "image/png"},
    "content type without data": {"datacontenttype": "image/png"},
    # --- extensions
    "extension text": {"village": "上村"},
    "extension empty text": {"village": ""},
    "extension integer": {"depth": 12},
    "extension least integer": {"depth": -2_147_483_648},
    "extension greatest integer": {"depth": 2_147_483_647},
    "extension zero": {"depth": 0},
    "extension true": {"dry": True},
    "extension false": {"dry": False},
    "extension null": {"dry": None},
    "extension of digits": {"123": "x"},
    "extension name long": {"a" * 60: "x"},
    "extension name of one letter": {"z": "x"},
    "extensions of the county": {"correlationid": "c", "causationid": "b", "businessdate": "2022-05-01"},
}

INVALID = {
    **{f"no {name}": ({name: GONE}, name, "missing") for name in LEAST},
    **{f"{name} null": ({name: None}, name, "missing") for name in LEAST},
    **{f"{name} empty": ({name: ""}, name, "empty") for name in LEAST},
    **{f"{name} a number": ({name: 1}, name, "not_text") for name in LEAST},
    **{f"{name} true": ({name: True}, name, "not_text") for name in LEAST},
    **{f"{name} an object": ({name: {}}, name, "not_text") for name in LEAST},
    **{f"{name} a list": ({name: ["1.0"]}, name, "not_text") for name in LEAST},
    "version a float": ({"specversion": 1.0}, "specversion", "not_text"),
    **{
        f"version {version!r}": ({"specversion": version}, "specversion", "wrong_version")
        for version in ("0.3", "1", "1.0.2", "1.1", "2.0", "1.0 ", " 1.0", "v1.0", "1.00", "一")
    },
    # --- texts
    **{
        f"id with U+{ord(sign):04X}": ({"id": f"a{sign}b"}, "id", "forbidden_character")
        for sign in "\x00\x01\t\n\r\x1b\x1f\x7f\x80\x85\x9f\ud800\udbff\udc00\udfff\ufdd0\ufdef\ufffe\uffff"
        "\U0001fffe\U0001ffff\U000afffe\U0010ffff"
    },
    "type with a line break": ({"type": "a\n"}, "type", "forbidden_character"),
    "subject with a tab": ({"subject": "\t"}, "subject", "forbidden_character"),
    "subject empty": ({"subject": ""}, "subject", "empty"),
    "subject a number": ({"subject": 7}, "subject", "not_text"),
    # --- source
    **{
        f"source {source!r}": ({"source": source}, "source", "not_a_uri_reference")
        for source in (
            " ",
            "a b",
            "/a ",
            "/陇县",
            "%",
            "/%4",
            "/%zz",
            ":a",
            "1a:b",
            "a_b:c",
            "http://[::1",
            "http://::1]/",
            "http://[::1]x/",
            "http://[1::2::3]/",
            "http://[12345::]/",
            "http://[fe80::1%25eth0]/",
            "http://h:8o/",
            "http://u@v@h/",
            "http://[v1]/",
            "/a#b#c",
            "/a^b",
            "/{id}",
            "/a|b",
            "/a\\b",
            '"a"',
            "<a>",
            "/a`b",
            "/a[0]",
        )
    },
    # --- dataschema
    **{
        f"dataschema {schema!r}": ({"dataschema": schema}, "dataschema", "not_an_absolute_uri")
        for schema in (
            "/schemas/well.json",
            "well.json",
            "#a",
            "https://county.example/s#part",
            "//h/s",
            "http://a b/",
        )
    },
    "dataschema empty": ({"dataschema": ""}, "dataschema", "empty"),
    "dataschema an object": ({"dataschema": {}}, "dataschema", "not_text"),
    # --- time
    **{
        f"time {time!r}": ({"time": time}, "time", "not_a_timestamp")
        for time in (
            "noon",
            "2022-05-01",
            "2022-05-01T08:00:00",
            "2022-05-01T08:00Z",
            "2022-05-01 08:00:00Z",
            "2022-05-01T08:00:00 Z",
            "2022-05-01T08:00:00,5Z",
            "2022-05-01T08:00:00.Z",
            "2022-05-01T08:00:00+08",
            "2022-05-01T08:00:00+0800",
            "2022-05-01T08:00:00+08:0",
            "2022-05-01T08:00:00+24:00",
            "2022-05-01T08:00:00+08:60",
            "2022-05-01T08:00:00X",
            "2022-05-01T08:00:00+xx:00",
            "2022-05-01T24:00:00Z",
            "2022-05-01T08:60:00Z",
            "2022-05-01T08:00:61Z",
            "2022-13-01T08:00:00Z",
            "2022-00-01T08:00:00Z",
            "2022-04-31T08:00:00Z",
            "2022-05-00T08:00:00Z",
            "2022-05-32T08:00:00Z",
            "2022-02-29T08:00:00Z",
            "1900-02-29T08:00:00Z",
            "22-05-01T08:00:00Z",
            "12022-05-01T08:00:00Z",
            "+2022-05-01T08:00:00Z",
            "-001-05-01T08:00:00Z",
            "2022-5-1T08:00:00Z",
            "20220501T080000Z",
            "2022-W18-7T08:00:00Z",
            "2022-121T08:00:00Z",
            "２022-05-01T08:00:00Z",
            "2022-05-01T08:00:00ZZ",
            " 2022-05-01T08:00:00Z",
            "2022-05-01T08:00:00Z ",
            "2022-05-01T08:00:60Z",
            "2016-12-31T23:59:60+08:00",
            "2016-11-30T23:59:60Z",
            "2016-12-31T22:59:60Z",
            "1651392000",
            "2022-05-01T08:00:00\u221208:00",
        )
    },
    "time empty": ({"time": ""}, "time", "empty"),
    "time a number": ({"time": 1_651_392_000}, "time", "not_text"),
    # --- datacontenttype
    **{
        f"media type {kind!r}": ({"datacontenttype": kind}, "datacontenttype", "not_a_media_type")
        for kind in (
            "json",
            "application",
            "application/",
            "/json",
            "a/b/c",
            "text /plain",
            "text/ plain",
            " text/plain",
            "text/plain ",
            "text/plain;",
            "text/plain; charset",
            "text/plain; charset=",
            "text/plain; =utf-8",
            "text/plain; charset = utf-8",
            "text/plain charset=utf-8",
            'text/plain; a="b',
            "text/plain; a=b c",
            "text/plain, text/html",
            "te(x)t/plain",
            "text/pl@in",
            "text/普通",
            "text/plain; a=文",
            "*/*;",
            "text/[x]",
        )
    },
    "media type empty": ({"datacontenttype": ""}, "datacontenttype", "empty"),
    "media type a list": ({"datacontenttype": ["text/plain"]}, "datacontenttype", "not_text"),
    # --- payload
    "both payloads": ({"data": "a", "data_base64": "YQ=="}, "data_base64", "two_payloads"),
    "null payload and base64": ({"data": None, "data_base64": "YQ=="}, "data_base64", "two_payloads"),
    **{
        f"base64 {text!r}": ({"data_base64": text}, "data_base64", "not_base64")
        for text in (
            "Y",
            "YQ",
            "YQ=",
            "YQ===",
            "=",
            "====",
            "YWI",
            "YW=I",
            "Y Q==",
            "YQ==\n",
            "YWJj\r\nYWJj",
            "-_-_",
            "YR==",
            "YWJ=",
            "YQ==YQ==",
            "文",
            "... base64 ...",
        )
    },
    "base64 a number": ({"data_base64": 5}, "data_base64", "not_text"),
    "base64 an object": ({"data_base64": {}}, "data_base64", "not_text"),
    "object of a text type": ({"datacontenttype": "text/plain", "data": {}}, "data", "data_not_text"),
    "number of an XML type": ({"datacontenttype": "application/xml", "data": 1}, "data", "data_not_text"),
    "null of a text type": ({"datacontenttype": "text/plain", "data": None}, "data", "data_not_text"),
    "list of a type that only begins with json": (
        {"datacontenttype": "application/jsonlines", "data": []},
        "data",
        "data_not_text",
    ),
    "data NaN": ({"data": math.nan}, "data", "not_json"),
    "data infinite, deep inside": ({"data": {"a": [math.inf]}}, "data", "not_json"),
    "data with a key that is no text": ({"data": {1: 2}}, "data", "not_json"),
    "data of bytes": ({"data": b"dry"}, "data", "not_json"),
    # --- extensions
    **{
        f"name {name!r}": ({name: "x"}, name, "wrong_name")
        for name in (
            "",
            "Village",
            "myVillage",
            "village_id",
            "village-id",
            "village.id",
            "village id",
            " village",
            "village\n",
            "村",
            "é",
            "ａ",
            "²",
            "١",
            "data_base65",
            "ce:id",
            "$schema",
            "Data",
            "ID",
        )
    },
    "wrong name with null": ({"Village": None}, "Village", "wrong_name"),
    "wrong name with a number": ({"my.depth": 1.5}, "my.depth", "wrong_name"),
    "extension a fraction": ({"depth": 1.5}, "depth", "wrong_value_type"),
    "extension a whole float": ({"depth": 1.0}, "depth", "wrong_value_type"),
    "extension NaN": ({"depth": math.nan}, "depth", "wrong_value_type"),
    "extension an object": ({"village": {"a": 1}}, "village", "wrong_value_type"),
    "extension an empty object": ({"village": {}}, "village", "wrong_value_type"),
    "extension a list": ({"village": ["a"]}, "village", "wrong_value_type"),
    "extension too great": ({"depth": 2_147_483_648}, "depth", "out_of_range"),
    "extension too small": ({"depth": -2_147_483_649}, "depth", "out_of_range"),
    "extension with a line break": ({"village": "a\nb"}, "village", "forbidden_character"),
    "extension with half a character": ({"village": "\ud83c"}, "village", "forbidden_character"),
}


class TestCheck:
    @pytest.mark.parametrize("members", VALID.values(), ids=VALID)
    def test_accepts(self, members):
        """A valid event is accepted, and left as it was."""
        given_event = event(**members)
        before = dict(given_event)
        check(given_event)
        assert before == given_event

    @pytest.mark.parametrize(("members", "attribute", "rule"), INVALID.values(), ids=INVALID)
    def test_refuses(self, members, attribute, rule):
        """An invalid event is refused, naming the attribute and what it breaks."""
        with pytest.raises(InvalidEventError) as refused:
            check(event(**members))
        assert (attribute, rule) == (refused.value.attribute, refused.value.rule)

    @pytest.mark.parametrize("value", [None, 1, 1.5, "event", True, [], [LEAST], ()], ids=repr)
    def test_refuses_what_is_no_object(self, value):
        """Only a JSON object is an event."""
        with pytest.raises(InvalidEventError) as refused:
            check(value)
        assert refused.value.rule == "not_an_object"


class TestInvalidEventError:
    def test_speaks_both_languages(self):
        """The refusal names the attribute in Chinese and in English, and is a refusal."""
        refusal = InvalidEventError("not_a_timestamp", "time")
        assert isinstance(refusal, Refusal)
        assert "time 不是 RFC 3339 的时间" in refusal.text("zh")
        assert "time is not a timestamp of RFC 3339" in refusal.text("en")

    def test_shows_little_of_a_wrong_name(self):
        """A name that came from anywhere is shown in part only, and a value never."""
        refusal = InvalidEventError("wrong_name", "N" * 500)
        assert len(refusal.attribute) == 40


NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=25).filter(
    lambda name: name not in {*LEAST, "subject", "time", "datacontenttype", "dataschema", "data"}
)
NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters=NONCHARACTERS + "".join(map(chr, range(0xFDD0, 0xFDF0))),
    )
)
VALUES = st.one_of(TEXTS, st.integers(-(2**31), 2**31 - 1), st.booleans(), st.none())


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_any_extension_of_the_type_system(extensions):
    """Any extension with a right name and a value of the type system is accepted."""
    check(event(**extensions))


@given(NAMES, st.text(min_size=1))
def test_names_are_the_only_names(name, other):
    """A name with any other character in it is refused, wherever it stands."""
    if not set(other) <= set("abcdefghijklmnopqrstuvwxyz0123456789"):
        with pytest.raises(InvalidEventError):
            check({**LEAST, f"{name}{other}": "x"})


@given(st.datetimes(), st.integers(-23 * 60 - 59, 23 * 60 + 59))
def test_any_instant(moment, minutes_east):
    """Every moment of the calendar with an offset of whole minutes is a timestamp."""
    check(event(time=moment.replace(tzinfo=timezone(timedelta(minutes=minutes_east))).isoformat()))
