"""Makes a county: databases, invented people, a year played. All or nothing."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from deploy.embedded.county import clock_file, open_county
from deploy.embedded.courier import Courier
from deploy.embedded.settle import Settling
from deploy.simulation.people import DAY_ONE
from deploy.simulation.year import play
from shared.kernel.clock import BusinessClock, SetClock, at_hour
from shared.kernel.errors import ConflictError

LAST_DAY = date(2022, 12, 31)
MAKING = "making"
"""Where a county lies below its directory until it is whole."""
_MARK = "county.json"


class CountyExistsError(ConflictError):
    """Raised when a year is to be played into a directory that holds a county."""

    code = "county_exists"
    zh = "目录 {data_dir} 中已有一个县，请换一个空目录"
    en = "There is already a county in {data_dir}; choose an empty directory"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: enough to make it again."""

    households: int
    seed: str
    played_to: str


def made(data_dir: Path) -> Made | None:
    """Return what *data_dir* holds, or None when no county was finished there."""
    mark = data_dir / _MARK
    return Made(**json.loads(mark.read_text())) if mark.exists() else None


def make_county(data_dir: Path, *, households: int, seed: str, until: date = LAST_DAY) -> Made:
    """Make a county in *data_dir* and play it from 1 January 2022 through *until*.

    It is made beside its place and moved there when it is whole: a start that
    was killed leaves nothing that the next one could mistake for a county.
    """
    if made(data_dir):
        raise CountyExistsError(data_dir=str(data_dir))
    data_dir.mkdir(parents=True, exist_ok=True)
    making = data_dir / MAKING
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    result = Made(households, seed, until.isoformat())
    _play(making, result, until)
    BusinessClock(clock_file(making)).move_to(at_hour(until, 18))
    (making / _MARK).write_text(json.dumps(asdict(result)))
    _to_disk(making)
    _move(making, data_dir)
    return result


def _play(directory: Path, plan: Made, until: date) -> None:
    clock = SetClock(at_hour(DAY_ONE, 8))
    county = open_county(directory, clock=clock, seed=plan.seed, unfinished=True)
    county.upgrade_databases()
    days = (until - DAY_ONE).days + 1
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[day]}"),
        TimeRemainingColumn(),
    )
    with Courier(county.services) as courier, Progress(*columns) as progress:
        bar = progress.add_task("2022", total=days, day=str(DAY_ONE))
        play(
            county,
            courier,
            clock=clock,
            seed=plan.seed,
            households=plan.households,
            until=until,
            on_day=lambda day: progress.update(bar, advance=1, day=str(day)),
        )
    Settling(county.services).settle_all()
    county.close()


def _move(making: Path, data_dir: Path) -> None:
    # The mark goes last: until it is there, the next start begins again.
    for path in sorted(making.iterdir(), key=lambda path: path.name == _MARK):
        path.replace(data_dir / path.name)
    making.rmdir()


def _to_disk(directory: Path) -> None:
    """Force what was written to the disk, once, before anything counts on it."""
    for path in directory.iterdir():
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
