from datetime import date

from services.evaluation.domain.fact import Fact, day, in_order, newest


def fact(event_id, on, version=1):
    return Fact(event_id, "x.y", "h1", "610327109", on, {"version": version})


def test_order_is_by_day_then_id():
    """Two facts of one day stand in the order of their ids, whichever came first."""
    late, first, second = (
        fact("a", date(2022, 2, 1)),
        fact("b", date(2022, 1, 1)),
        fact("c", date(2022, 1, 1)),
    )
    assert [first, second, late] == in_order([second, late, first])


def test_the_highest_version_is_the_newest_snapshot():
    """A later day with a lower version is still the older snapshot."""
    assert "b" == newest([fact("a", date(2022, 3, 1), 1), fact("b", date(2022, 1, 1), 2)]).event_id


def test_days_are_read_from_bodies():
    """A day in a body is an ISO date."""
    assert date(2022, 3, 1) == day("2022-03-01")
