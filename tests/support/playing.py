"""Plays stories: undisturbed in one thread, or against a county to which anything may happen meanwhile."""

import threading
import time
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from deploy.embedded.courier import Courier
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.errors import Refusal, StaleVersionError
from shared.messaging.idempotency import RequestRunningError
from tests.support.county_on import TestCounty, final_state_of, open_on, sqlite_in
from tests.support.household_story import Story

_OUTAGES = (DBAPIError, PoolTimeoutError, OSError)


@dataclass(frozen=True)
class Undisturbed:
    """How the same commands end when nothing happens to anybody."""

    state: dict[str, list[str]]
    results: dict[str, dict[str, Any]]


def play_undisturbed(stories: Sequence[Story], directory: Path, today: date) -> Undisturbed:
    """Play *stories* on SQLite in one thread, every event delivered at once; they stay as they were."""
    own = deepcopy(list(stories))
    county = open_on(
        sqlite_in(directory),
        f"memory://{directory}",
        directory / "clock.json",
        clock=SetClock(at_hour(today, 9)),
    )
    with Courier(county.services) as courier:
        for number in range(max(len(story.steps) for story in own)):
            for story in own:
                if number < len(story.steps):
                    story.take(story.steps[number], county)
            courier.deliver()
    ended = Undisturbed(final_state_of(county), {story.number: story.results for story in own})
    assert [] == county.set_aside()
    county.close()
    return ended


class Playing:
    """Gives the commands of *stories* while the block runs, whatever is killed, frozen or restarted.

    A command that is refused because an event has not arrived yet is given again
    later. Where an outage leaves open whether a command was accepted, its key is
    looked up, as the pages do it.
    """

    def __init__(
        self, county: TestCounty, stories: Sequence[Story], undisturbed: Undisturbed, *, pause: float = 0.0
    ) -> None:
        self._county = county
        self._stories = stories
        self._expected = undisturbed.results
        self._pause = pause
        self._next = [0] * len(stories)
        self._said: dict[str, str] = {}
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.outages = 0
        self.failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join(60)

    @property
    def done(self) -> float:
        """The share of the commands that were accepted so far."""
        return sum(self._next) / sum(len(story.steps) for story in self._stories)

    def finish(self, seconds: float) -> None:
        """Wait until every command of every story was accepted."""
        self.reach(1, seconds)

    def reach(self, share: float, seconds: float) -> None:
        """Wait until *share* of the commands were accepted."""
        give_up = time.monotonic() + seconds
        while self.done < share and self.failure is None:
            assert time.monotonic() < give_up, f"{self.done:.0%} accepted; {list(self._said.items())[:5]}"
            time.sleep(0.05)
        if self.failure is not None:
            raise self.failure

    def _run(self) -> None:
        try:
            while not self._ending.is_set() and self.done < 1:
                took = [self._go_on(number) for number in range(len(self._stories))]
                time.sleep(self._pause if any(took) else 0.05)
        except BaseException as error:  # noqa: BLE001  (told by finish, in the thread of the test)
            self.failure = error

    def _go_on(self, number: int) -> bool:
        story = self._stories[number]
        if self._next[number] == len(story.steps) or self._ending.is_set():
            return False
        step = story.steps[self._next[number]]
        try:
            story.take(step, self._county)
        except RequestRunningError:  # it had been accepted, and nobody could tell us
            _fill(story, self._expected[story.number], step.name)
        except (Refusal, StaleVersionError) as refusal:
            self._said[f"{story.number}/{step.name}"] = repr(refusal)
            return False
        except _OUTAGES as outage:
            self.outages += 1
            self._said[f"{story.number}/{step.name}"] = repr(outage)
            if not self._accepted_after_all():
                return False
            _fill(story, self._expected[story.number], step.name)
        self._said.pop(f"{story.number}/{step.name}", None)
        self._next[number] += 1
        return True

    def _accepted_after_all(self) -> bool:
        while not self._ending.wait(0.2):
            try:
                return self._county.accepted()
            except _OUTAGES:
                continue
        return False


def _fill(story: Story, expected: Mapping[str, Any], name: str) -> None:
    """Give *story* the result that was lost with the connection: it is known from the undisturbed run."""
    for key in (name, "people") if name == "register" else (name,):
        story.results[key] = expected[key]
