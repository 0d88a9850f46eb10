import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.embedded.ownership import CountyInUseError, owning

ROOT = Path(__file__).parents[3]


def test_one_owner_at_a_time(tmp_path: Path):
    """A second owner is refused while there is one, in the same process as in another, and not afterwards."""
    data_dir = tmp_path / "county"
    with owning(data_dir):
        with pytest.raises(CountyInUseError), owning(data_dir):
            pass
        assert data_dir.is_dir()
    with owning(data_dir):
        pass


def test_a_killed_owner_owns_nothing(tmp_path: Path):
    """However an owner ends, the next one is not kept out."""
    script = f"""
import time
from pathlib import Path
from deploy.embedded.ownership import owning
with owning(Path({str(tmp_path)!r})):
    print("mine", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert b"mine\n" == owner.stdout.readline()
        with pytest.raises(CountyInUseError), owning(tmp_path):
            pass
        owner.kill()
    with owning(tmp_path):
        pass


def test_a_process_ends_with_its_owner():
    """A process whose owner is gone ends by itself, also when that happened before it looked."""
    script = (
        "import time; from deploy.embedded.ownership import end_with_owner; end_with_owner(); time.sleep(60)"
    )
    gone = {**os.environ, "COUNTY_OWNER": "999999"}
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=gone) as orphan:
        assert 1 == orphan.wait(20)
    mine = {**os.environ, "COUNTY_OWNER": str(os.getpid())}
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=mine) as child:
        time.sleep(1.5)
        assert child.poll() is None
        child.kill()
