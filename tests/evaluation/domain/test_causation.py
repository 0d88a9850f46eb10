from datetime import UTC, datetime, timedelta

import pytest

from services.evaluation.domain.causation import CLOSED, Chain, ChainEvent, folded, walked

START = datetime(2022, 5, 1, 8, tzinfo=UTC)


def event(name, cause="", *, kind="k", after=0.0):
    return ChainEvent(name, kind, START + timedelta(seconds=after), cause)


def shape(branches):
    return [(one.kind, one.count, shape(one.below)) for one in branches]


def test_each_under_its_cause():
    """Whatever the order in which events are given, each lies under what led to it, first told first."""
    told = [event("c", "a", kind="C", after=2), event("b", "a", kind="B", after=1), event("a", kind="A")]
    assert [("A", 1, [("B", 1, []), ("C", 1, [])])] == shape(folded(Chain(told)))


def test_a_cause_that_is_not_there_begins_a_chain():
    """What was told before anything is known here is shown, not lost."""
    assert ["b"] == Chain([event("b", "somewhere else")]).roots


@pytest.mark.parametrize("told", [[event("a", "a")], [event("a", "b"), event("b", "a", after=1)]])
def test_a_circle_is_shown_once(told):
    """Events that cause each other (only a defect makes them) are each shown once."""
    found = [one.events[0] for _, one in walked(folded(Chain(told)))]
    assert [one.id for one in told] == found


def test_time_between_cause_and_event():
    """A branch of several knows the shortest and the longest wait; a beginning has none."""
    many = [event("a"), *(event(f"b{n}", "a", kind="B", after=n) for n in range(1, 100))]
    (root,) = folded(Chain(many))
    assert (None, (1.0, 99.0)) == (root.waited, root.below[0].waited)


def test_few_are_not_folded():
    """Sixty events are shown one by one."""
    many = [event("a"), *(event(f"b{n}", "a", after=n) for n in range(59))]
    assert 60 == sum(1 for _ in walked(folded(Chain(many))))


def test_many_of_one_kind_are_one_branch():
    """A thousand alike are one branch with their number, what followed from them in one under it."""
    many = [event("a", kind="A")]
    for n in range(1000):
        many += [event(f"b{n}", "a", kind="B", after=n), event(f"c{n}", f"b{n}", kind="C", after=n + 1)]
    assert [("A", 1, [("B", 1000, [("C", 1000, [])])])] == shape(folded(Chain(many)))


@pytest.mark.parametrize("kinds", [1, 2, 3])
def test_a_deep_chain_stays_readable(kinds):
    """Of a chain a thousand deep twelve levels are shown; the rest is counted by kind, and none is lost."""
    deep = [event(str(n), str(n - 1) if n else "", kind=f"K{n % kinds}", after=float(n)) for n in range(1000)]
    branches = [one for _, one in walked(folded(Chain(deep)))]
    assert (12 + kinds, 1000) == (len(branches), sum(one.count for one in branches))
    assert kinds == sum(one.deeper for one in branches)


def test_what_was_asked_for_is_marked_inside_a_fold():
    """The branch that holds the event asked for says so, however many it holds."""
    many = [event("a", kind="A"), *(event(f"b{n}", "a", kind="B", after=n) for n in range(100))]
    (root,) = folded(Chain(many), {"b77"})
    assert (False, True) == (root.marked, root.below[0].marked)


def test_closed_branches_tell_nothing():
    """Of what may not be opened there is a number: no id, no time, no wait."""
    (root,) = folded(Chain([event("a"), event("b", "a", kind=CLOSED)]), {"b"})
    (closed,) = root.below
    assert (1, (), None, None, None, False) == (
        closed.count,
        closed.events,
        closed.first,
        closed.last,
        closed.waited,
        closed.marked,
    )
