import pytest

from shared.web import rate
from shared.web.rate import Buckets, TooManyRequestsError, network_of


class Ticks:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture(name="ticks")
def _ticks():
    return Ticks()


def take(buckets, key, times):
    """Return how many of *times* tokens there were."""
    taken = 0
    for _ in range(times):
        try:
            buckets.take(key)
        except TooManyRequestsError:
            break
        taken += 1
    return taken


def test_a_bucket_empties_and_fills(ticks):
    """A minute's tokens are there at once, then one every so often, and no more than a minute's."""
    buckets = Buckets(60, ticks)
    assert 60 == take(buckets, "a", 100)
    ticks.now += 3
    assert 3 == take(buckets, "a", 100)
    ticks.now += 3600
    assert 60 == take(buckets, "a", 100)


def test_it_says_when_to_come_again(ticks):
    """After the seconds it names there is a token, and not before."""
    buckets = Buckets(6, ticks)
    take(buckets, "a", 6)
    with pytest.raises(TooManyRequestsError) as refused:
        buckets.take("a")
    assert {"seconds": 10} == refused.value.details
    ticks.now += 9.9
    assert 0 == take(buckets, "a", 1)
    ticks.now += 0.2
    assert 1 == take(buckets, "a", 1)


def test_callers_have_buckets_of_their_own(ticks):
    """One who asks too often keeps no other out."""
    buckets = Buckets(2, ticks)
    assert [2, 2] == [take(buckets, "a", 5), take(buckets, "b", 5)]


def test_no_limit(ticks):
    """Zero is no limit."""
    assert 1000 == take(Buckets(0, ticks), "a", 1000)


def test_memory_is_bounded(ticks, monkeypatch):
    """Who asks from ever new addresses fills no memory; who asked last keeps their bucket."""
    monkeypatch.setattr(rate, "_MOST_KEYS", 100)
    buckets = Buckets(2, ticks)
    for number in range(1000):
        ticks.now += 0.001
        take(buckets, f"address {number}", 2)
        assert len(buckets._kept) <= 101
    assert 0 == take(buckets, "address 999", 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8::1", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("testclient", "other", False),
    ],
)
def test_who_shares_a_bucket(one, other, same):
    """An IPv4 address is one caller, and so is a whole network of IPv6, which one customer has."""
    assert same == (network_of((one, 1)) == network_of((other, 2)))
