"""The logs of the processes that tests start: kept in one folder, read for what may not be there."""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from shared.observability.logs import _STATIC_NAME
from shared.observability.personal_data import is_kept_out_of_logs, looks_personal

FOLDER = "KEPT_LOGS"
"""Environment variable: where the logs of a run are kept. Without it they go with the tests' directories."""

_PROCESSES = ("workers.log", "web.log")
_TYPED = re.compile(r"[\u3400-\u9fff]")
_REQUIRED = {"event", "level", "at", "service"}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what the processes of this session have logged; a hook, taken over by ``tests/conftest.py``."""
    folder = os.environ.get(FOLDER)
    # Test processes have their directories below those of the one that hands out the work, which ends last.
    if not folder or hasattr(session.config, "workerinput"):
        return
    base: Path = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    for number, log in enumerate(sorted(one for name in _PROCESSES for one in base.rglob(name))):
        shutil.copyfile(log, Path(folder) / f"{os.getpid()}-{number}.{log.name}")


def lines_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each line that was logged, with where it stands."""
    for log in sorted(folder.glob("*.log")):
        with log.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, start=1):
                # The last line of a process that was killed may be cut off.
                if line.endswith("\n"):
                    yield f"{log.name}:{number}", line


def faults(lines: Iterable[tuple[str, str]]) -> list[str]:
    """Return where a line is no log line of ours or may tell of a person, and why; never what it says."""
    return [f"{place}: {why}" for place, line in lines for why in _faults_of(line)]


def _faults_of(line: str) -> Iterator[str]:
    try:
        entry = json.loads(line)
    except ValueError:
        yield "no JSON"
        return
    if not isinstance(entry, dict) or not entry.keys() >= _REQUIRED:
        yield "not the fields of a log line"
        return
    if not _STATIC_NAME.fullmatch(str(entry["event"])) or entry["event"] == "unnamed_event":
        yield "its event has no static name"
    # Codes, ids and counts are all a log needs; what people type and what they are called is Chinese.
    if _TYPED.search(json.dumps(entry, ensure_ascii=False)):
        yield "Chinese text"
    for path, value in _leaves(entry):
        if any(is_kept_out_of_logs(name) for name in path) and value != "[removed]":
            yield f"the field {'.'.join(path)}"
        if looks_personal(value):
            yield f"a number of a person in {'.'.join(path)}"


def _leaves(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(part, (*path, str(name)))
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, path)
    else:
        yield path, value
