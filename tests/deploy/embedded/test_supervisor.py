import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from deploy.embedded import supervisor
from deploy.embedded.supervisor import Child, Supervisor

COUNTS = "import sys; open(sys.argv[1], 'a').write('started\\n')"
DEAF = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); {}; time.sleep(60)"


@pytest.fixture(autouse=True)
def _signals():
    """Give back the handlers that a supervisor takes."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def stop_when(path: Path, lines: int) -> None:
    """Send ourselves SIGTERM, as an operator would, once *path* has so many lines."""

    def watch() -> None:
        while not path.exists() or len(path.read_text().splitlines()) < lines:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def test_what_ends_is_started_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    """A process that ends by itself is started again after a pause, and its end is told."""
    said = tmp_path / "said"
    stop_when(said, 2)
    started = time.monotonic()
    Supervisor([Child("counts", [sys.executable, "-c", COUNTS, str(said)])]).run()
    assert time.monotonic() - started >= 1
    assert "counts ended with code 0; starting it again" in capfd.readouterr().err


def test_what_does_not_stop_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A process deaf to SIGTERM is killed when its time is over."""
    monkeypatch.setattr(supervisor, "STOP_WITHIN", 1.0)
    said = tmp_path / "said"
    stop_when(said, 1)
    child = Child("deaf", [sys.executable, "-c", DEAF.format(COUNTS.removeprefix("import sys; ")), str(said)])
    started = time.monotonic()
    Supervisor([child]).run()
    assert child.process is not None
    assert -signal.SIGKILL == child.process.returncode
    assert time.monotonic() - started < 15
