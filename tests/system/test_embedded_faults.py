"""The embedded county in its real processes: killed at any moment, stopped, started twice."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import psutil
import pytest
from sqlalchemy import func, select, text

from deploy.embedded.county import accounts_url
from deploy.embedded.making import Made, made, make_county
from services.monitoring.adapters.personal import KEY_FILE
from shared.accounts import open_accounts
from shared.accounts.demo import demo_accounts
from tests.support.county_on import (
    PERSONAL_KEYS,
    TestCounty,
    differences,
    final_state_of,
    metadata_of,
    open_on,
    sqlite_in,
    state_of,
)
from tests.support.county_workers import ROOT, SHOUXIAN, wait_until
from tests.support.household_story import Story
from tests.support.playing import Playing, Undisturbed
from tests.support.server import free_port
from tests.system.conftest import TODAY

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

SMALL = ("--households", "6", "--until", "2022-01-12", "--seed", "3")


@contextmanager
def workers_of(directory: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the workers' process; killed ones are started again, as the supervisor does."""
    processes = [start_workers(directory)]
    try:
        yield processes
    finally:
        processes[-1].kill()
        processes[-1].wait()


def start_workers(directory: Path) -> subprocess.Popen[bytes]:
    with Path(os.environ.get("COUNTY_LOG", directory / "workers.log")).open("ab") as log:
        command = [sys.executable, "-m", "deploy.embedded.processes", "workers", str(directory)]
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_workers_killed_at_random_moments(
    seed: int, tmp_path: Path, stories: list[Story], undisturbed: Undisturbed
) -> None:
    """With its broker every queue of the process is lost; after the last start all has arrived once."""
    chance = random.Random(seed)
    # The key with which the undisturbed county was played: hashes of numbers are to be the same.
    (tmp_path / KEY_FILE).write_text(*PERSONAL_KEYS["personal_data_keys"])
    county = open_on(sqlite_in(tmp_path), "memory://unused", tmp_path / "clock.json")
    county.live_on(TODAY)
    with workers_of(tmp_path) as processes, Playing(county, stories, undisturbed) as playing:
        for share in (0.1, 0.25, 0.4, 0.55, 0.7):
            playing.reach(share, 40)
            time.sleep(chance.uniform(0, 0.8))
            processes[-1].kill()
            processes[-1].wait()
            processes.append(start_workers(tmp_path))
        playing.finish(60)
        wait_until(lambda: county.waiting() == 0 and county.missing() == 0, 60, "the arrival of everything")
        processes[-1].terminate()
        # One that is not up yet ends by the signal itself.
        assert processes[-1].wait(20) in (0, -signal.SIGTERM)
    assert [] == county.set_aside()
    assert {} == differences(undisturbed.state, final_state_of(county))
    county.close()


class Start:
    """One ``shouxian run`` in a terminal of its own, with everything it started."""

    def __init__(self, data_dir: Path, port: int, *options: str) -> None:
        self.port = port
        command = [SHOUXIAN, "run", "--data-dir", data_dir, "--port", str(port), *(options or SMALL)]
        self.process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.family: list[psutil.Process] = []

    def serves(self) -> bool:
        """Whether the first page is there; notes who else runs by then."""
        assert self.process.poll() is None, self.process.communicate()[0]
        self.family = psutil.Process(self.process.pid).children(recursive=True)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def child(self, role: str) -> psutil.Process:
        found = psutil.Process(self.process.pid).children(recursive=True)
        return next(child for child in found if role in child.cmdline())

    def alive(self) -> list[psutil.Process]:
        return [p for p in self.family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]

    def has_both_without(self, killed: psutil.Process) -> bool:
        """Whether both processes run and *killed* is neither of them."""
        return len(self.alive()) == 2 and killed not in self.alive()

    def close(self) -> None:
        for child in self.alive():
            child.kill()
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def starts() -> Iterator[list[Start]]:
    """Collects what a test starts, and ends whatever is left of it."""
    collected: list[Start] = []
    yield collected
    for start in collected:
        start.close()


def test_a_county_is_made_served_stopped_and_found_again(starts: list[Start], tmp_path: Path) -> None:
    """Ctrl-C ends everything within 20 s; the second start serves what the first one made."""
    port = free_port()
    first = Start(tmp_path, port)
    starts.append(first)
    wait_until(first.serves, 60, "the first page")
    mark = (tmp_path / "county.json").stat().st_mtime_ns
    assert Made(6, "3", "2022-01-12") == made(tmp_path)
    assert 2 == len(first.family)
    started = time.monotonic()
    os.killpg(first.process.pid, signal.SIGINT)
    said = first.process.communicate(timeout=20)[0]
    assert time.monotonic() - started < 20
    assert 0 == first.process.returncode
    assert [] == first.alive()
    assert f"http://localhost:{port}/" in said
    assert "Traceback" not in said

    second = Start(tmp_path, port)
    starts.append(second)
    wait_until(second.serves, 30, "the first page again")
    assert mark == (tmp_path / "county.json").stat().st_mtime_ns
    second.process.terminate()
    again = second.process.communicate(timeout=20)[0]
    assert 0 == second.process.returncode
    assert [line for line in said.splitlines() if "village" in line] == [
        line for line in again.splitlines() if "village" in line
    ]


def test_a_process_that_dies_is_started_again(starts: list[Start], tmp_path: Path) -> None:
    """Either of the two processes killed with SIGKILL is back soon; the owner killed takes both along."""
    start = Start(tmp_path, free_port())
    starts.append(start)
    wait_until(start.serves, 60, "the first page")
    for role in ("web", "workers"):
        killed = start.child(role)
        killed.kill()
        wait_until(lambda: start.serves() and start.has_both_without(killed), 30, f"another {role}")  # noqa: B023
    start.process.kill()
    wait_until(lambda: start.alive() == [], 10, "the end of both processes")
    again = Start(tmp_path, start.port)
    starts.append(again)
    wait_until(again.serves, 30, "the first page after the owner was killed")


def test_killed_while_the_county_is_made(starts: list[Start], tmp_path: Path) -> None:
    """A start killed in the middle of making leaves nothing that the next one takes for a county."""
    killed = Start(tmp_path, free_port(), "--households", "400", "--seed", "3")
    starts.append(killed)
    wait_until((tmp_path / "making" / "evaluation.db").exists, 60, "the making")
    time.sleep(1)
    killed.process.kill()
    killed.process.wait()
    assert made(tmp_path) is None
    again = Start(tmp_path, killed.port)
    starts.append(again)
    wait_until(again.serves, 60, "the first page")
    assert Made(6, "3", "2022-01-12") == made(tmp_path)
    assert not (tmp_path / "making").exists()
    county = open_on(
        sqlite_in(tmp_path), "memory://unused", tmp_path / "clock.json", upgrade=False, own_keys=True
    )
    assert 6 == len(state_of(county)["monitoring.households"])
    county.close()


def test_one_directory_has_one_owner(starts: list[Start], tmp_path: Path) -> None:
    """Of two starts on one directory the second is refused with a sentence, also while the county is made."""
    first = Start(tmp_path, free_port(), "--households", "400", "--seed", "3")
    starts.append(first)
    wait_until((tmp_path / "making").exists, 60, "the making")
    second = Start(tmp_path, free_port())
    starts.append(second)
    said = second.process.communicate(timeout=30)[0]
    assert 2 == second.process.returncode
    assert "in use by another process" in said
    assert "Traceback" not in said
    played = subprocess.run(
        [SHOUXIAN, "year", "--data-dir", tmp_path, "--pack", tmp_path / "pack"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (2, True) == (played.returncode, "in use by another process" in played.stderr)
    assert first.process.poll() is None


def test_a_port_that_is_taken(starts: list[Start], tmp_path: Path) -> None:
    """A start on a taken port says so and what to do, before it makes anything."""
    with socket.socket() as somebody:
        somebody.bind(("0.0.0.0", 0))
        somebody.listen()
        port = somebody.getsockname()[1]
        start = Start(tmp_path, port)
        starts.append(start)
        said = start.process.communicate(timeout=30)[0]
    assert 2 == start.process.returncode
    assert f"Port {port} is taken; use make run PORT=another" in said
    assert "Traceback" not in said
    assert made(tmp_path) is None
    assert not (tmp_path / "making").exists()


def test_ctrl_c_while_the_county_is_made(starts: list[Start], tmp_path: Path) -> None:
    """Ctrl-C in the middle of making ends it within 20 s without a traceback, and leaves nothing."""
    start = Start(tmp_path, free_port(), "--households", "400", "--seed", "3")
    starts.append(start)
    wait_until((tmp_path / "making" / "evaluation.db").exists, 60, "the making")
    time.sleep(0.5)
    os.killpg(start.process.pid, signal.SIGINT)
    said = start.process.communicate(timeout=20)[0]
    assert 130 == start.process.returncode
    assert "nothing was kept" in said
    assert "Traceback" not in said
    assert made(tmp_path) is None
    assert not (tmp_path / "making").exists()


class Web:
    """The web process of a county, and a program that asks it, again and again until it is answered."""

    def __init__(self, directory: Path, login: str) -> None:
        self.port = free_port()
        self._directory = directory
        self._login = (login, json.loads((directory / "sign-in.json").read_text())[login])
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "deploy.embedded.processes",
            "web",
            str(self._directory),
            str(self.port),
        ]
        with (self._directory / "web.log").open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def ask(
        self, path: str, body: dict[str, object], key: str, ending: threading.Event
    ) -> httpx.Response | None:
        """Send one request with its key until somebody answers."""
        while not ending.is_set():
            try:
                return httpx.post(
                    f"http://127.0.0.1:{self.port}{path}",
                    json=body,
                    headers={"Idempotency-Key": key},
                    auth=self._login,
                    timeout=10,
                )
            except httpx.TransportError:
                time.sleep(0.05)
        return None


def found_in(directory: Path) -> TestCounty:
    """Open the county that is kept in *directory*, beside the processes that serve it."""
    return open_on(
        sqlite_in(directory), "memory://unused", directory / "clock.json", upgrade=False, own_keys=True
    )


def test_the_web_process_killed_under_load(tmp_path: Path) -> None:
    """Requests repeated under their keys while the process is killed are each done exactly once."""
    make_county(tmp_path, households=6, seed="3", until=date(2022, 1, 12))
    demo_accounts(open_accounts(accounts_url(tmp_path)), tmp_path / "sign-in.json")
    county = found_in(tmp_path)
    visits = metadata_of("monitoring").tables["visits"]
    with county.monitoring.engine.connect() as connection:
        households = list(connection.execute(text("SELECT id FROM households ORDER BY id")).scalars())
        before = set(connection.execute(select(visits.c.id)).scalars())
    web, ending, answers = Web(tmp_path, "county"), threading.Event(), {}

    def committed() -> int:
        with county.monitoring.engine.connect() as connection:
            query = select(func.count()).select_from(visits)
            return connection.execute(query).scalar_one() - len(before)

    def visit(worker: int) -> None:
        for number in range(60):
            path = f"/monitoring/api/households/{households[number % len(households)]}/visits"
            answer = web.ask(path, {"kind": "grid"}, f"visit-{worker}-{number}", ending)
            if answer is not None:
                answers[worker, number] = (answer.status_code, answer.json().get("id"))

    with workers_of(tmp_path):
        officers = [threading.Thread(target=visit, args=(worker,)) for worker in range(3)]
        for officer in officers:
            officer.start()
        try:
            for share in (10, 50, 90, 130):
                wait_until(lambda share=share: len(answers) >= share, 90, f"{share} answers")  # type: ignore[misc]
                # The worst moment: something is committed, and whoever asked for it does not know yet.
                wait_until(lambda: committed() > len(answers), 20, "a commit without its answer", pause=0)
                web.kill()
                web.process = web.start()
            wait_until(lambda: len(answers) == 180, 90, "every answer")
        finally:
            ending.set()
            for officer in officers:
                officer.join(15)
            web.kill()
        wait_until(lambda: county.waiting() == 0 and county.missing() == 0, 40, "the arrival of everything")
    with county.monitoring.engine.connect() as connection:
        done = [i for i in connection.execute(select(visits.c.id)).scalars() if i not in before]
    # Committed, its answer lost with the process: 409 for half a minute (it may be at work still), then 200.
    assert {200, 201, 409} >= {status for status, _ in answers.values()}
    assert 180 == len(done)
    assert {i for status, i in answers.values() if status == 201} <= set(done)
    assert sorted(done) == sorted(i for i in visits_in_journal(county) if i not in before)
    county.close()


def visits_in_journal(county: TestCounty) -> list[str]:
    """Return the id of each visit that evaluation has heard of."""
    journal = metadata_of("evaluation").tables["journal"]
    query = select(journal.c.envelope).where(journal.c.fact == "monitoring.visit_recorded")
    with county.evaluation.engine.connect() as connection:
        envelopes = connection.execute(query).scalars().all()
    return [json.loads(envelope)["data"]["visit_id"] for envelope in envelopes]
