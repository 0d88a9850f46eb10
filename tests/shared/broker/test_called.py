"""Loops over nameko run in a process of their own."""

import subprocess
import sys

from tests.support.chain_county import ROOT

_PROGRAM = """
import shared.broker.patched
import time
import eventlet
from nameko.containers import ServiceContainer
from shared.broker.called import repeat

calls = []

class Worker:
    name = "worker"

    @repeat(every=0.05)
    def tick(self):
        calls.append(time.monotonic())
        {body}

container = ServiceContainer(Worker, {{}})
container.start()
{script}
container.stop()
print(len(calls))
"""


def run(body: str, script: str) -> int:
    """Return how often the method was called."""
    program = _PROGRAM.format(body=body, script=script)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    return int(done.stdout.splitlines()[-1])


def test_again_and_again() -> None:
    """The method is called at its interval until the container stops."""
    assert 8 <= run("pass", "eventlet.sleep(1)") <= 21


def test_failures_make_it_rarer() -> None:
    """A method that fails is called less and less often, and goes on being called."""
    assert 3 <= run("raise OSError", "eventlet.sleep(2)") <= 9


def test_no_storm_after_a_long_call() -> None:
    """Calls missed while one took long are not made up for."""
    assert run("time.sleep(1) if len(calls) == 1 else None", "eventlet.sleep(1.3)") <= 8


def test_waking() -> None:
    """A wish is granted at once."""
    script = "[e.wake() or eventlet.sleep(0.001) for e in container.entrypoints for _ in range(30)]"
    assert run("pass", script) >= 20
