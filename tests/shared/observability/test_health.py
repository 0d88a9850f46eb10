import time
from threading import Event

from shared.observability.health import Heartbeats, Readiness


class Moments:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def broken() -> object:
    raise OSError("away")


class TestReadiness:
    def test_tells_each_part(self):
        """Each part is told by itself: it works unless it fails or says False."""
        ready = Readiness(
            {"database": lambda: None, "broker": broken, "clock": lambda: False, "disk": lambda: 0}
        )
        assert {"database": True, "broker": False, "clock": False, "disk": True} == ready()

    def test_nothing_to_check(self):
        """A process that needs nothing is ready."""
        assert Readiness({})() == {}

    def test_is_asked_again_after_a_while_only(self):
        """Many who ask within the time get the answer that is there."""
        moments, asked = Moments(), []
        ready = Readiness({"database": lambda: asked.append(1)}, keep_seconds=1.0, now=moments)
        ready()
        moments.now += 0.9
        ready()
        assert len(asked) == 1
        moments.now += 0.1
        ready()
        assert len(asked) == 2

    def test_recovers(self):
        """A part that works again is told so."""
        moments, up = Moments(), [False]
        ready = Readiness({"database": lambda: up[0]}, keep_seconds=1.0, now=moments)
        assert ready() == {"database": False}
        up[0] = True
        moments.now += 1
        assert ready() == {"database": True}

    def test_what_hangs_does_not_work(self):
        """A part that does not answer in time is told so at once, and is not asked twice meanwhile."""
        let_go, asked, started = Event(), [], time.monotonic()

        def hang():
            asked.append(1)
            let_go.wait(20)

        ready = Readiness(
            {"database": hang, "disk": lambda: 0},
            keep_seconds=0.0,
            limit_seconds=0.1,
        )
        assert [{"database": False, "disk": True}] * 2 == [ready(), ready()]
        assert (1, True) == (len(asked), time.monotonic() - started < 5)
        let_go.set()


class TestHeartbeats:
    def test_a_loop_that_beats(self):
        """A loop lives as long as it beats in time."""
        moments = Moments()
        hearts = Heartbeats(now=moments)
        beat = hearts.expect("relay", within_seconds=5)
        moments.now += 5
        beat()
        moments.now += 5
        assert hearts() == {"relay": True}

    def test_a_loop_that_hangs(self):
        """A loop that is silent for longer is told, the other not."""
        moments = Moments()
        hearts = Heartbeats(now=moments)
        hearts.expect("relay", within_seconds=5)
        hearts.expect("reader", within_seconds=60)
        moments.now += 5.1
        assert hearts() == {"relay": False, "reader": True}

    def test_a_loop_that_never_came_round(self):
        """A loop that hangs before its first beat is noticed."""
        moments = Moments()
        hearts = Heartbeats(now=moments)
        hearts.expect("relay", within_seconds=1)
        assert hearts() == {"relay": True}
        moments.now += 2
        assert hearts() == {"relay": False}
