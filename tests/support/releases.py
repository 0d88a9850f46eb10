"""Processes of one release or another: the tree of a commit beside this one, on the same databases."""

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
import yaml

from tests.support.county_on import PERSONAL_KEYS
from tests.support.county_workers import ROOT, wait_until
from tests.support.server import free_port

SECRET = "s" * 64


def last_release() -> Mapping[str, Any]:
    """Return what ``deploy/release.yaml`` says."""
    found: Mapping[str, Any] = yaml.safe_load((ROOT / "deploy" / "release.yaml").read_text(encoding="utf-8"))
    return found


def tree_of(commit: str, directory: Path) -> Path:
    """Return *directory* with the files of *commit*; skips where the clone does not have it."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode != 0:
        pytest.skip(f"the release's commit {commit[:7]} is not in this clone (shallow, or an archive)")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(directory)  # our own commit
    return directory


class Processes:
    """Webs and workers of any release; each is known by a name and replaced one at a time."""

    def __init__(
        self, addresses: Mapping[str, str], accounts: str, broker: str, clock: Path, log: Path
    ) -> None:
        self._addresses = addresses
        self._accounts = accounts
        self._broker = broker
        self._clock = clock
        self._log = log
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.ports: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    def run(self, tree: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command of the release in *tree* to its end."""
        return subprocess.run(
            self._command(*words),
            env=self._environment(tree, "command"),
            cwd=tree,
            capture_output=True,
            check=False,
        )

    def worker(self, tree: Path, name: str, service: str) -> None:
        """Start a worker of *service*, in the place of the one called *name* if there is one."""
        self._replace(tree, name, "worker", service)

    def web(self, tree: Path, name: str, service: str) -> None:
        """The same with a site; returns when it is ready."""
        port = self.ports.setdefault(name, free_port())
        self._replace(tree, name, "web", service, "--port", str(port))
        wait_until(lambda: _answers(port), 240, f"{name} of {tree.name}")

    def stop(self) -> list[int]:
        """End all as an operator would; return their exit codes."""
        for process in self._running.values():
            process.terminate()
        codes = [process.wait(25) for process in self._running.values()]
        self._running.clear()
        return codes

    def _replace(self, tree: Path, name: str, *words: str) -> None:
        before = self._running.pop(name, None)
        if before is not None:
            before.terminate()
            # A site ends by the signal itself, once it has answered what it was asked.
            assert before.wait(25) in (0, -signal.SIGTERM), f"{name} did not end well"
        with self._log.open("ab") as log:
            self._running[name] = subprocess.Popen(
                self._command(*words), env=self._environment(tree, name), cwd=tree, stdout=log, stderr=log
            )

    def _command(self, *words: str) -> list[str]:
        # Not the program beside python: its first line leads to the tree it was installed from.
        return [sys.executable, "-c", "from deploy.cli import main; main()", *words]

    def _environment(self, tree: Path, name: str) -> dict[str, str]:
        made = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tree), "PGAPPNAME": name}
        made["SHOUXIAN_ACCOUNTS_URL"] = self._accounts
        for service, address in self._addresses.items():
            given = {"DATABASE_URL": address, "ACCOUNTS_URL": self._accounts, "BROKER_URL": self._broker}
            given |= {"CLOCK_FILE": str(self._clock), "SESSION_SECRET": SECRET, "BATCH_SIZE": "20"}
            made |= {f"{service.upper()}_{field}": value for field, value in given.items()}
        made["MONITORING_PERSONAL_DATA_KEYS"] = json.dumps(PERSONAL_KEYS["personal_data_keys"])
        return made


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200
    except httpx.TransportError:
        time.sleep(0.1)
        return False
