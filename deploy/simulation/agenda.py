"""What is to be done on which day, in an order that depends on nothing but how it was put down."""

import heapq
from collections.abc import Callable
from datetime import date, timedelta

Act = Callable[[date], object]


class Agenda:
    """A calendar of acts. An act may put down further ones, today included."""

    def __init__(self, last_day: date) -> None:
        self._last_day = last_day
        self._acts: list[tuple[date, int, Act]] = []
        self._count = 0

    def on(self, day: date, act: Act) -> None:
        """Do *act* on *day*; what lies after the last day is never done."""
        if day > self._last_day:
            return
        self._count += 1
        heapq.heappush(self._acts, (day, self._count, act))

    def after(self, day: date, days: int, act: Act) -> None:
        """Do *act* on the *days*-th day after *day*."""
        self.on(day + timedelta(days=days), act)

    def run(self, today: date) -> int:
        """Do everything due by *today*; return how many acts that were."""
        done = 0
        while self._acts and self._acts[0][0] <= today:
            _, _, act = heapq.heappop(self._acts)
            act(today)
            done += 1
        return done
