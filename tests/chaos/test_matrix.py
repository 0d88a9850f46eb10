"""Every behaviour of workers under every fault of a server: what was sent has its effects once.

One cell: a load runs through three services on a cluster of three brokers, a server
is disturbed, and at the same time the workers of the middle service start late, stop
or die. With one broker of three away, or a slow database, events must go on arriving.
Then the fault ends, and within a minute everything must have arrived.
"""

from collections.abc import Iterator

import pytest

from tests.chaos.behaviours import BEHAVIOURS
from tests.chaos.county import Counts, SteadyLoad, TrialCounty
from tests.chaos.faults import FAULTS
from tests.chaos.stage import Stage, wait_a_moment
from tests.support.chain_county import wait_until

pytestmark = [pytest.mark.connected, pytest.mark.chaos, pytest.mark.timeout(600)]

WORKERS = {"one": 1, "five": 5}
SHORT = {
    ("five", "kill", "broker_node"),
    ("one", "graceful_stop", "database"),
}
"""What ``make test`` runs of it; ``make chaos`` runs everything."""


def _cells() -> Iterator[object]:
    for fault in FAULTS:
        for behaviour in BEHAVIOURS:
            for workers in WORKERS:
                marks = () if (workers, behaviour, fault) in SHORT else (pytest.mark.long,)
                yield pytest.param(
                    workers, behaviour, fault, marks=marks, id=f"{workers}-{behaviour}-{fault}"
                )


@pytest.fixture(scope="session")
def undisturbed(stage: Stage) -> Counts:
    """What comes of the same commands when nothing happens."""
    with stage.county(1) as county:
        _start(county, early=True)
        with SteadyLoad(county):
            pass
        county.wait_for_everything()
        assert [0, 0] == county.stop_all()
        return county.counts()


def test_undisturbed(undisturbed: Counts) -> None:
    """The run that all others are compared with lost and repeated nothing."""
    told = undisturbed.told
    assert told > 1000
    assert Counts(told, told, told, 0, 0, 0, 0, undisturbed.digest) == undisturbed


@pytest.mark.parametrize(("workers", "behaviour", "fault"), list(_cells()))
def test_cell(stage: Stage, undisturbed: Counts, workers: str, behaviour: str, fault: str) -> None:
    """Every accepted change has its effects exactly once; the databases end as if nothing had happened."""
    kind, acting = FAULTS[fault], BEHAVIOURS[behaviour]
    if kind.on_small_disk and not stage.can_fill_disks:
        pytest.skip("a disk that can be filled needs root")
    with stage.county(WORKERS[workers], on_small_disk=kind.on_small_disk) as county:
        disturbing = kind(stage, hard=workers == "five")
        _start(county, early=acting.early)
        with SteadyLoad(county):
            wait_a_moment()
            disturbing.begin()
            acting.during(county)
            if kind.county_goes_on and county.readers:
                county.wait_for_what_was_told()
            disturbing.end()
            acting.after(county)
        county.wait_for_everything()
        assert {0} == set(county.stop_all())
        assert undisturbed == county.counts()


def _start(county: TrialCounty, *, early: bool) -> None:
    """Start everybody and let one event go the whole way; a late reader's queue is not there yet."""
    county.start_others()
    if early:
        county.start_readers()
        county.tell_numbers([0])
        wait_until(lambda: county.last.effects() != [], 60, "the first event")
    else:
        county.tell_numbers([0])
