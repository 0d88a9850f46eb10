from datetime import UTC, datetime, timedelta

from shared.broker.lag import QUIET_SECONDS, Lag
from shared.kernel.clock import SetClock

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


class Moments:
    """A monotonic clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_nothing_taken_yet():
    """Before the first batch there is no lag to tell."""
    assert Lag(SetClock(NOON))() is None


def test_it_grows_while_a_batch_is_not_taken():
    """A batch that fails again and again is as late as its oldest event, more each time."""
    clock = SetClock(NOON)
    lag = Lag(clock)
    lag.begin([NOON - timedelta(seconds=5), NOON - timedelta(seconds=40)])
    assert lag() == 40
    clock.set(NOON + timedelta(seconds=60))
    assert lag() == 100
    lag.begin([NOON - timedelta(seconds=40)])
    assert lag() == 100


def test_it_is_told_for_a_while_and_then_over():
    """What a batch was late is told until the reader has been without one for a minute."""
    clock, moments = SetClock(NOON), Moments()
    lag = Lag(clock, now=moments)
    lag.begin([NOON - timedelta(seconds=30)])
    lag.end()
    clock.set(NOON + timedelta(days=1))
    assert lag() == 30
    moments.now += QUIET_SECONDS
    assert lag() == 0


def test_a_clock_that_is_behind():
    """An event of a publisher whose clock is ahead is not early."""
    lag = Lag(SetClock(NOON))
    lag.begin([NOON + timedelta(seconds=3)])
    assert lag() == 0
