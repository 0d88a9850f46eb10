"""What the workers of the reader on trial go through while a server is disturbed."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.chaos.county import SETTLE_SECONDS, TrialCounty
from tests.chaos.stage import wait_a_moment
from tests.support.chain_county import wait_until

KILLS = 2


@dataclass(frozen=True)
class Behaviour:
    """*during* happens while the fault lasts, *after* when it is over; *early* readers run before it."""

    during: Callable[[TrialCounty], None]
    after: Callable[[TrialCounty], None] = lambda _county: None
    early: bool = True


def _up_and_down(county: TrialCounty) -> None:
    """All stop and start; then an officer pauses the reader and lets it go on."""
    county.stop_readers()
    wait_a_moment(0.5)
    county.start_readers()
    wait_a_moment()


def _pause_and_resume(county: TrialCounty) -> None:
    everybody = len(county.readers)
    wait_until(lambda: county.consumers() == everybody, SETTLE_SECONDS, "everybody at the queue")
    county.pause(on=True)
    wait_until(lambda: county.consumers() == 0, SETTLE_SECONDS, "leaving the queue")
    county.pause(on=False)


def _rolling_restart(county: TrialCounty) -> None:
    """One after the other stops and has a successor."""
    for reader in list(county.readers):
        county.stop_reader(reader)
        county.start_reader()


def _kills(county: TrialCounty) -> None:
    """Any of them dies, two times, and in the end all of them at the same moment."""
    chance = random.Random(1)
    for _ in range(KILLS):
        wait_a_moment(chance.uniform(0.2, 0.8))
        county.kill_reader(chance)
    wait_a_moment()
    county.kill_readers()
    county.start_readers()


BEHAVIOURS: dict[str, Behaviour] = {
    "late": Behaviour(TrialCounty.start_readers, early=False),
    "up_and_down": Behaviour(_up_and_down, after=_pause_and_resume),
    "graceful_stop": Behaviour(TrialCounty.stop_readers, after=TrialCounty.start_readers),
    "rolling_restart": Behaviour(_rolling_restart),
    "kill": Behaviour(_kills),
}
