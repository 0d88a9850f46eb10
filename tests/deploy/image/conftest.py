import subprocess
from pathlib import Path

import pytest

_BIN = Path(__file__).parents[3] / "deploy/bin"


@pytest.fixture
def run_script():
    """Run a script of deploy/bin; gives the finished process, whatever its status."""

    def run(name, *words):
        return subprocess.run([_BIN / name, *words], check=False, capture_output=True, text=True, timeout=60)

    return run
