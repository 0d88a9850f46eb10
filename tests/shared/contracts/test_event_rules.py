from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.event_rules import InvalidEventError, check
from shared.kernel.errors import Refusal
from tests.shared.contracts.event_cases import INVALID, LEAST, VALID, event


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
