import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.service_layer.canonical import canonical, digest_of, sha256
from tests.evaluation.samples import Year, sealed


def test_the_order_of_keys_is_irrelevant():
    """Two mappings with the same content have one digest."""
    assert digest_of({"a": 1, "b": "守线"}) == digest_of({"b": "守线", "a": 1})


def test_the_digest_is_of_the_canonical_bytes():
    """A digest can be worked out with any tool that knows RFC 8785."""
    assert sha256(b'{"a":"\xe5\xae\x88"}') == digest_of({"a": "守"})


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_events_are_written_canonically_by_the_quick_way_too(seed):
    """For what events hold, sorted JSON is byte for byte RFC 8785."""
    for event in sealed(Year(seed).events):
        quick = orjson.dumps(event.attributes(), option=orjson.OPT_SORT_KEYS)
        assert canonical(event.attributes()) == quick
