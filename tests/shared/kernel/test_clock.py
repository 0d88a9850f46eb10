"""Days and instants of the county."""

from datetime import UTC, date, datetime, timedelta

from shared.kernel.clock import BusinessClock, SetClock, at_hour, day_of, end_of

MACHINE = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)


def test_the_day_is_the_countys():
    """At 16:00 UTC it is already the next day in the county."""
    assert date(2022, 1, 2) == day_of(datetime(2022, 1, 1, 16, 0, tzinfo=UTC))
    assert date(2022, 1, 1) == day_of(datetime(2022, 1, 1, 15, 59, tzinfo=UTC))


def test_end_of_day_is_exclusive():
    """The last instant of a day is before its end; the next day's first is not."""
    assert end_of(date(2022, 1, 1)) == at_hour(date(2022, 1, 2), 0)


def test_a_set_clock_never_goes_back():
    """Setting an earlier instant changes nothing."""
    clock = SetClock(MACHINE)
    clock.set(MACHINE - timedelta(days=1))
    assert MACHINE == clock()


def test_business_clock_without_a_file_is_the_machines(tmp_path):
    """A county that was never moved lives today."""
    assert MACHINE == BusinessClock(tmp_path / "clock.json", lambda: MACHINE)()


def test_business_clock_is_shared_through_its_file(tmp_path):
    """What one process sets, another reads, and time runs on from there."""
    now = [MACHINE]
    one = BusinessClock(tmp_path / "clock.json", lambda: now[0])
    other = BusinessClock(tmp_path / "clock.json", lambda: now[0])
    other()
    one.move_to(at_hour(date(2022, 12, 31), 9))
    now[0] += timedelta(minutes=5)
    assert at_hour(date(2022, 12, 31), 9, 5) == other()
