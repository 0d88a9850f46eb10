"""Reads what all processes of a whole run of the tests have logged; ``deploy/bin/test.sh`` ends with it."""

import os
from pathlib import Path

from tests.support.kept_logs import FOLDER, faults, lines_in

_LEAST = 500


def test_no_process_logged_anything_of_a_person():
    """Every line of every process the tests started is JSON with a static name and no person."""
    folder = Path(os.environ[FOLDER])
    found = faults(lines_in(folder))
    assert [] == found[:20], f"{len(found)} in all"


def test_there_was_something_to_read():
    """The run has left logs of sites and workers, with requests, outages and ends."""
    lines = [line for _, line in lines_in(Path(os.environ[FOLDER]))]
    assert len(lines) >= _LEAST
    for name in ("request", "workers_started", "workers_stopped", "call_failed", "batch_not_taken"):
        assert any(f'"event":"{name}"' in line for line in lines), f"no {name}"
