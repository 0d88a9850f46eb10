from dataclasses import replace
from itertools import pairwise

import pytest

from bench.province import LARGEST, SMALLEST, Sent, counties, percentile, verified, year_end

DAY = 24 * 3600.0


def sent(*moments, events=10):
    return tuple(Sent(f"{n:04}", 1, events, float(at)) for n, at in enumerate(moments))


def test_one_process_worked_by_hand():
    """Three packs of ten seconds at 0, 4 and 30: the second waits six, the third not at all."""
    done = verified(sent(0, 4, 30), 1, 1.0)
    assert [(0.0, 10.0), (10.0, 20.0), (30.0, 40.0)] == [(one.begun, one.done) for one in done]
    found = year_end(sent(0, 4, 30), 1, 1.0, 40.0)
    assert (10.0, 16.0, 1, 0.0) == (found.p50, found.p99, found.longest_queue, found.after_deadline)
    assert 0.75 == found.busy


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_no_more_at_once_than_there_are_processes(processes):
    """At no moment more packs are under way, and none is kept waiting while a process is free."""
    done = verified(counties(107, "a", 22.0, DAY), processes, 0.01)
    for one in done:
        at_once = sum(other.begun <= one.begun < other.done for other in done)
        assert at_once <= processes
        assert one.waited == 0 or at_once == processes


def test_the_same_seed_the_same_province():
    """Seed and nothing else decides; another seed is another province."""
    first, again, other = (counties(107, seed, 22.0, DAY) for seed in ("a", "a", "b"))
    assert first == again
    assert first != other
    assert (107, 107) == (len(first), len({one.county for one in first}))
    assert all(SMALLEST <= one.households <= LARGEST and 0 <= one.at <= DAY for one in first)
    assert sorted(first, key=lambda one: one.at) == list(first)


def test_more_processes_never_take_longer():
    """A further process makes neither the last nor the p99 later."""
    packs = counties(107, "a", 22.0, 3600.0)
    ends = [year_end(packs, processes, 0.0002, 3600.0) for processes in range(1, 9)]
    for fewer, more in pairwise(ends):
        assert more.p99 <= fewer.p99
        assert more.after_deadline <= fewer.after_deadline


def test_larger_packs_take_longer():
    """Twice the events are twice the work."""
    packs = counties(12, "a", 22.0, DAY)
    double = tuple(replace(one, events=2 * one.events) for one in packs)
    one, two = (year_end(some, 1, 0.0002, DAY) for some in (packs, double))
    assert pytest.approx(2 * one.busy) == two.busy


def test_percentiles_are_values_that_were_there():
    """Of a hundred, the fiftieth and the ninety-ninth; of one, that one."""
    hundred = [float(n) for n in range(1, 101)]
    assert (50.0, 99.0, 3.0) == (percentile(hundred, 0.5), percentile(hundred, 0.99), percentile([3.0], 0.9))
