"""How long a county's year takes on the embedded default, by households, and the memory it needs.

``python -m bench.year 100 600 6000`` plays each in a process of its own and prints a line for each.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Played:
    """One year: seconds of the whole command, its processor seconds, megabytes at the highest, events."""

    households: int
    seconds: float
    cpu_seconds: float
    peak_megabytes: float
    events: int

    @property
    def milliseconds_a_household(self) -> float:
        return 1000 * self.cpu_seconds / self.households


def play(households: int) -> Played:
    """Play a year with ``shouxian year`` and write its pack, in a directory that is thrown away."""
    command = Path(sys.executable).with_name("shouxian")
    with tempfile.TemporaryDirectory() as folder:
        arguments = [
            "year",
            "--households",
            str(households),
            "--data-dir",
            f"{folder}/c",
            "--pack",
            f"{folder}/p",
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        subprocess.run([command, *arguments], check=True, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with Path(folder, "p", "events.jsonl").open() as lines:
            events = sum(1 for _ in lines)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # The highest of all children so far: sizes are played from small to large.
    return Played(households, seconds, cpu, after.ru_maxrss / 1024, events)


def main() -> None:
    """Print the table and keep it beside the others."""
    sizes = sorted(int(argument) for argument in sys.argv[1:]) or [100, 600]
    played = []
    print(f"{'households':>10} {'seconds':>8} {'cpu s':>7} {'MB':>6} {'events':>8} {'cpu ms/household':>17}")
    for households in sizes:
        one = play(households)
        played.append(one)
        print(
            f"{one.households:>10} {one.seconds:>8.1f} {one.cpu_seconds:>7.1f} {one.peak_megabytes:>6.0f}"
            f" {one.events:>8} {one.milliseconds_a_household:>17.1f}",
            flush=True,
        )
    results = Path(__file__).with_name("results")
    results.mkdir(exist_ok=True)
    (results / "year.json").write_text(json.dumps([asdict(one) for one in played], indent=1) + "\n")


if __name__ == "__main__":
    main()
