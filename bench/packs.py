"""How long the packs of a province's counties take, one process and then one a processor.

``python -m bench packs 107`` plays one small county's year and takes its database for every county: the
work is that of as many counties of that size, though they tell the same.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from services.evaluation.entrypoints.packs_cli import write_packs

HOUSEHOLDS = 600
_AS_OF = date(2022, 12, 31)


@dataclass(frozen=True, slots=True)
class Packed:
    """All packs with so many processes at once."""

    counties: int
    processes: int
    events: int
    seconds: float
    cpu_seconds: float
    digests: int
    """How many different ones: equal counties give equal bytes, so one."""


def played_county(folder: Path) -> Path:
    """Play the small county and return its evaluation database."""
    command = Path(sys.executable).with_name("shouxian")
    about = ["--households", str(HOUSEHOLDS), "--data-dir", f"{folder}/c", "--pack", f"{folder}/p"]
    subprocess.run([command, "year", *about], check=True, stdout=subprocess.DEVNULL)
    return folder / "c" / "evaluation.db"


def pack(database: Path, counties: int, processes: int) -> Packed:
    """Write the packs of *counties* equal counties."""
    named = {f"county-{number:03}": f"sqlite:///{database}" for number in range(counties)}
    with tempfile.TemporaryDirectory() as folder:
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        written = list(write_packs(named, Path(folder), _AS_OF, processes))
        seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    failed = [one.problem for one in written if one.problem]
    if failed:
        raise SystemExit(failed[0])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    digests = len({one.digest for one in written})
    return Packed(counties, processes, sum(one.events for one in written), seconds, cpu, digests)


def main(arguments: Sequence[str]) -> None:
    """Print both and keep them beside the others."""
    counties = int(arguments[0]) if arguments else 107
    with tempfile.TemporaryDirectory() as folder:
        database = played_county(Path(folder))
        found = [pack(database, counties, processes) for processes in (1, os.cpu_count() or 1)]
    for one in found:
        sys.stdout.write(f"{one}\n")
    results = Path(__file__).with_name("results")
    results.mkdir(exist_ok=True)
    (results / "packs.json").write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
