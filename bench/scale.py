"""What a city, a province and the nation would need, out of what was measured on single counties.

``python -m bench scale`` computes the tables of docs/scale.md again; ``scale province [SEED]`` prints the
year's end of a province for another seed; ``scale packs DATA_DIR=PACK …`` measures verifying packs of played
counties; ``scale partitions 200000`` measures a journal by months. The last two keep what they found in
bench/results/.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import partitions, scale_figures
from bench.province import counties, year_end

_ROOT = Path(__file__).parents[1]


def measured_pack(data_dir: Path, pack: Path) -> dict[str, Any]:
    """Return what verifying *pack* costs, both ways, and how large it and its county's databases are."""
    shouxian: list[str | Path] = [Path(sys.executable).with_name("shouxian"), "pack", "verify", pack]
    independent: list[str | Path] = [sys.executable, _ROOT / "deploy/verifier/verify_pack.py", pack]
    sizes = {one.stem: one.stat().st_size for one in data_dir.glob("*.db")}
    verify, alone = _run(shouxian), _run(independent)
    with (pack / "events.jsonl").open() as lines:
        events = sum(1 for _ in lines)
    return {
        "households": json.loads((data_dir / "county.json").read_text())["households"],
        "events": events,
        "pack_bytes": sum(one.stat().st_size for one in pack.rglob("*") if one.is_file()),
        "evaluation_bytes": sizes.pop("evaluation"),
        "other_bytes": sum(sizes.values()),
        "verify_cpu": verify[0],
        "verify_megabytes": verify[1],
        "independent_cpu": alone[0],
        "independent_megabytes": alone[1],
    }


def _run(command: Sequence[str | Path]) -> tuple[float, float]:
    """Return processor seconds and peak megabytes of *command*, which must succeed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return round(used.ru_utime + used.ru_stime, 2), round(used.ru_maxrss / 1024, 1)


def _keep(name: str, found: dict[str, Any] | list[dict[str, Any]]) -> None:
    text = json.dumps(found, indent=1)
    (scale_figures.RESULTS / name).write_text(text + "\n")
    sys.stdout.write(text + "\n")


def print_province(seed: str) -> None:
    """Print the year's end of a province drawn with *seed*, as JSON lines."""
    cost = scale_figures.costs()
    for window in scale_figures.WINDOWS.values():
        sent = counties(scale_figures.COUNTIES["province"], seed, cost.events_a_household, window)
        for processes in scale_figures.PROCESSES:
            found = year_end(sent, processes, cost.verify_us / 1e6, window)
            sys.stdout.write(json.dumps(asdict(found)) + "\n")


def main(arguments: Sequence[str]) -> None:
    """Do what is asked for; without arguments the tables."""
    what, *given = arguments or ("figures",)
    if what == "figures":
        scale_figures.write()
    elif what == "province":
        print_province(given[0] if given else scale_figures.SEED)
    elif what == "packs":
        pairs = [one.split("=") for one in given]
        _keep("scale_packs.json", [measured_pack(Path(data), Path(pack)) for data, pack in pairs])
    elif what == "partitions":
        _keep("scale_partitions.json", asdict(partitions.measure(int(given[0]) if given else 200_000)))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
